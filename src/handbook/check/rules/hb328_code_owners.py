"""Content: a code owners file that differs from the owners in the handbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from handbook.base.findings import Finding
from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.code_owners import BEGIN, END, CodeOwners, code_owner_lines, read_code_owners
from handbook.read.context import Context

_TEAM = """teams:
  - id: data
    name: Data
    summary: Maintains the metrics.
    reviewers: ["@example/data"]
"""
_METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves.
    status: agreed
    owner: data
    definition: Accounts that have left.
    formula: Accounts that left in a month.
"""

_FIELDS = frozenset({"owner", "reviewers", "team", "id"})
"""The fields that the list is made of."""
_OF_FILES = frozenset({"HB108", "HB202", "HB205", "HB206", "HB605", "HB606"})
"""The rules about entries that are lost or have no clear ID, and about front matter that isn't read."""

_PATH = re.compile(r"(?:\\.|\S)+")
"""A path, in which a space has a backslash before it."""


def _follows(causes: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Return a test for the list, which is different when one of the causes is fixed."""
    changes = any(
        cause.code.startswith("HB0")
        or cause.code in _OF_FILES
        or not _FIELDS.isdisjoint((*cause.pointer.split("/"), *cause.new_texts))
        for cause in causes
    )
    return lambda _: changes


@rule(
    "HB328",
    "code-owners",
    reason=(
        "Reviewers should be the people accountable for the changed content. An outdated list asks the "
        "previous owner, and the new owner only hears about the change from readers."
    ),
    bad={
        "sources/teams.yaml": _TEAM,
        "sources/metrics.yaml": _METRIC,
        "CODEOWNERS": f"{BEGIN}\n«/sources/metrics.yaml @example/product-ops»\n{END}\n",
    },
    good={
        "sources/teams.yaml": _TEAM,
        "sources/metrics.yaml": _METRIC,
        "CODEOWNERS": f"{BEGIN}\n/sources/metrics.yaml @example/data\n{END}\n",
    },
    follows=_follows,
)
def _check(context: Context) -> Iterator[Problem]:
    file = read_code_owners(context.site)
    # If an entry might be missing, the comparison is unreliable.
    if file.made is None or context.broken_kinds or context.schema_problems:
        return
    wanted = code_owner_lines(context)
    for number, (line, right) in enumerate(zip_longest(file.made, wanted), file.begin + 1):
        if line != right:
            hint = _hint(line, right, file, wanted)
            width = len(line or "") or 1
            yield Problem(
                file.path,
                Span(number, 1, number, 1 + width),
                "Code owners differ from the owners in the handbook",
                f"{hint}, or run `handbook codeowners` to update the whole part",
                correction=_rewritten(file, wanted),
            )
            return


def _hint(line: str | None, right: str | None, file: CodeOwners, wanted: Sequence[str]) -> str:
    """Return what to do with the first wrong line: nobody must lose a line that is wanted further down."""
    made = file.made or ()
    if right is None:
        return "Remove it"
    if line is None:
        return f"Add `{right}`{' above this line' if file.begin + len(made) < _count(file.text) else ''}"
    same = _path(line) == _path(right)
    if not same and _path(line) in map(_path, wanted):
        return f"Add `{right}` above this line"
    if not same and _path(right) in map(_path, made):
        return "Remove it"
    return f"Replace it with `{right}`"


def _path(line: str) -> str:
    """Return the path of a line, or all of a comment."""
    found = None if line.startswith("#") else _PATH.match(line)
    return found[0] if found else line


def _count(text: str) -> int:
    return text.count("\n") + 1


def _rewritten(file: CodeOwners, lines: Sequence[str]) -> Fix | None:
    """Return the edit that gives the part new lines; `None` if it has no end, and could be the company's."""
    made = file.made or ()
    after = file.begin + len(made) + 1
    if after > _count(file.text):
        return None
    text = "".join(f"{line}\n" for line in lines)
    return Fix((Edit(file.path, Span(file.begin + 1, 1, after, 1), text),))
