"""Content: the marks of a merge that was left unfinished."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.rules.examples import TOOL, with_tool
from handbook.read.context import Context
from handbook.read.files import CONFIG
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.schemas.kinds import SCHEMAS

_START, _END = "<" * 7, ">" * 7
_MARK = regex(rf"^[ \t]*(?P<mark>{_START}|{_END})(?: [^\n]*)?\r?$|^[ \t>]*(?P<fence>```+|~~~+)", re.MULTILINE)

_MERGED = f"""    notes: |
      «{_START}» HEAD
      Ask your lead.
      =======
      Ask product ops.
      {_END} new-channel
"""


@rule(
    "HB340",
    "unfinished-merge",
    reason=(
        "When two changes of the same lines are merged, git writes both of them into the file, between lines "
        "with marks. Readers would see both, and the marks. Only this is reported for the file, because the "
        "rest of it can't be judged."
    ),
    bad=with_tool(_MERGED),
    good={"tools_inventory.yaml": f"{TOOL}    notes: Ask product ops.\n"},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for path, text in _files(context):
        if _START not in text and _END not in text:
            continue
        for span in _unfinished(text):
            yield Problem(
                path,
                span,
                "A merge was left unfinished here",
                f"Keep the right one of the versions between `{_START}` and `{_END}`, and remove the lines "
                "with the marks",
            )


def _files(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the texts of a handbook with their paths: sources, pages, settings, schemas, views and tables."""
    for source in context.sources:
        yield source.path, source.document.text
    for page in context.pages:
        yield page.shown_path, page.text
    site, tree = context.site, context.tree
    others = [
        site.root / CONFIG,
        *tree.below(site.root / SCHEMAS, (".json",)),
        *context.views.own.values(),  # The others are the engine's.
        *tree.below(site.docs, (".csv",)),
    ]
    for file in others:
        try:
            data = read_plain_file(file)
        except UnusableError:
            continue  # reported as such
        if _START.encode() in data or _END.encode() in data:
            yield site.shown(file), data.decode("utf-8", "replace")


def _unfinished(text: str) -> Iterator[Span]:
    """Yield the first mark of each unfinished merge. Examples in blocks of code are not meant."""
    fence = None
    is_open = False
    line, counted = 1, 0
    for found in _MARK.finditer(text):
        if found["fence"]:
            if fence is None or found["fence"].startswith(fence):
                fence = found["fence"] if fence is None else None
        elif fence is None:
            if not is_open:
                start = found.start("mark")
                line += text.count("\n", counted, start)
                counted = start
                column = start - text.rfind("\n", 0, start)
                yield Span(line, column, line, column + len(_START))
            is_open = found["mark"] == _START
