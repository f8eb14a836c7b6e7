"""Content: a code owners file that differs from the owners in the handbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from handbook.base.findings import Finding
from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import count
from handbook.check.code_owners import (
    BEGIN,
    END,
    CodeOwners,
    code_owner_lines,
    lines_with_owners,
    read_code_owners,
)
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
_OF_FILES = frozenset({"HB108", "HB202", "HB205", "HB206", "HB605", "HB606", "HB616"})
"""The rules about entries that are lost or have no clear ID, front matter that isn't read, and a first page
that is missing or there twice."""

_WAYS = (
    "or run `handbook codeowners` to update the whole part. Without a command line, edit this file in your "
    "browser, in the same change"
)

_PATH = regex(r"(?:\\.|\S)+")
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
    if file.made is None or context.uncertain_kinds or context.schema_problems:
        return
    named = lines_with_owners(file.made)
    # As long as it names no one, `handbook status` says when the list can be written.
    if not named:
        return
    lines = code_owner_lines(context)
    made = [line for _, line in named]
    wanted = [line for _, line in lines_with_owners(lines)]
    for at, right in zip_longest(named, wanted):
        index, line = at or (len(file.made), None)
        if line != right:
            number = file.begin + 1 + index
            hint = _hint(line, right, made, wanted, at_end=number > _count(file.text))
            yield Problem(
                file.path,
                Span(number, 1, number, 1 + (len(line or "") or 1)),
                "Code owners differ from the owners in the handbook",
                f"{hint}{_more(made, wanted)}, {_WAYS}",
                correction=_rewritten(file, lines),
            )
            return


def _hint(
    line: str | None, right: str | None, made: Sequence[str], wanted: Sequence[str], *, at_end: bool
) -> str:
    """Return what to do with the first wrong line: no one must lose a line that is wanted further down."""
    if right is None:
        return "Remove it"
    if line is None:
        return f"Add `{right}`{'' if at_end else ' above this line'}"
    same = _path(line) == _path(right)
    if not same and _path(line) in map(_path, wanted):
        return f"Add `{right}` above this line"
    if not same and _path(right) in map(_path, made):
        return "Remove it"
    return f"Replace it with `{right}`"


def _more(made: Sequence[str], wanted: Sequence[str]) -> str:
    """Return how many lines are wrong besides the first."""
    others = len(set(map(_path, set(made) ^ set(wanted)))) - 1
    return f" ({count(others, 'more line')} to correct)" if others > 0 else ""


def _path(line: str) -> str:
    """Return the path of a line."""
    found = _PATH.match(line)
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
