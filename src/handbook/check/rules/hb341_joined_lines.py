"""Content: a list item that YAML joins with the text above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from handbook.base.findings import Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.rules.examples import TOOL
from handbook.check.texts import strings
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.yaml.document import Pointer

_ITEM_LINE = regex(r"\n(?P<indent>[ \t]++)[-*•][ \t]")
_FOLDED = regex(
    r">[-+\d]*[ \t]*(?:#[^\n]*)?\r?\n(?P<indent>[ \t]+)\S[^\n]*\n"
    r"(?:(?P=indent)[^\n]*\n)*?(?P=indent)[-*•][ \t]"
)
_JOINED = regex(r" [-*•] ")
_ITEM = regex(r"(?<=\n)(?P<indent>[ \t]*)(?P<mark>[-*•])[ \t]+(?=\S)")
_LINE = regex(r"(?P<indent>[ \t]*)(?P<mark>[-*•][ \t])?")
_NOT_PLAIN = ('"', "'", "|", ">", "&", "*", "!")

_ITEMS = "    use_when:\n      - You plan a sprint.\n"


@rule(
    "HB341",
    "joined-lines",
    Severity.WARNING,
    reason=(
        "YAML joins a line that is indented further with the text above it, and all lines of a text after "
        "`>`. So an item of a list becomes a hyphen in the middle of another one."
    ),
    bad={"tools_inventory.yaml": f"{TOOL}{_ITEMS}        «-» You write the launch review.\n"},
    good={"tools_inventory.yaml": f"{TOOL}{_ITEMS}      - You write the launch review.\n"},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    files = {
        source.path
        for source in context.sources
        if not source.document.faults and _may_be_joined(source.document.text)
    }
    for entry in context.entries if files else ():
        if entry.source.path not in files:
            continue
        for pointer, text in strings(entry.value, ()):
            if _JOINED.search(text):
                yield from _problems(entry, pointer)


def _may_be_joined(text: str) -> bool:
    """Return whether an item is indented further than the line above it, which is no field, or folded."""
    for item in _ITEM_LINE.finditer(text):
        above = text[text.rfind("\n", 0, item.start()) + 1 : item.start()].rstrip()
        indent = len(above) - len(above.lstrip())
        if above and indent < len(item["indent"]) and above[-1] not in ":|>+-":
            return True
    return ">" in text and _FOLDED.search(text) is not None


def _problems(entry: RawEntry, pointer: Pointer) -> Iterator[Problem]:
    start, written = entry.source.document.written((*entry.at, *pointer))
    if written.startswith(">"):
        yield from _in_folded(entry, pointer, start, written)
    elif not written.startswith(_NOT_PLAIN) and (items := _items(written)):
        document = entry.source.document
        span = document.span(start + items[0].start("mark"), start + items[0].end("mark"))
        is_item = isinstance(pointer[-1], int)
        hint = (
            "Indent it as far as the item above it"
            if is_item
            else "Write `|` after the name of the field, and the whole text below it"
        )
        message = f"This line is a part of the text above it, with the `{items[0]['mark']}`"
        problem = entry.problem(pointer, message, hint)._replace(place=span)
        places = [start + item.start("indent") for item in items]
        yield problem._replace(correction=partial(_as_items, entry, start, places)) if is_item else problem


def _items(written: str) -> list[re.Match[str]]:
    """Return the items in a text, unless it is a sentence with a dash at the start of a line."""
    items = list(_ITEM.finditer(written))
    is_dash = len(items) == 1 and _is_dash(written[: items[0].start()], written[items[0].end() :])
    return [] if is_dash else items


def _is_dash(before: str, after: str) -> bool:
    """Return whether a hyphen between two parts of a text is a dash in a sentence."""
    text = before.rstrip()
    return after[:1].islower() and not text.lstrip()[:1].islower() and not text.endswith((".", "!", "?", ":"))


def _as_items(entry: RawEntry, start: int, places: Sequence[int]) -> Fix | None:
    """Return the fix that gives lines the indentation of the item at an offset."""
    document, path = entry.source.document, entry.source.path
    first = document.line(document.span(start, start + 1).line)
    indent = first[: len(first) - len(first.lstrip())]
    if not first.lstrip().startswith("- "):
        return None
    edits = []
    for place in places:
        number = document.span(place, place + 1).line
        line = _LINE.match(document.line(number))
        if line is None:
            return None
        edits.append(Edit(path, Span(number, 1, number, line.end() + 1), f"{indent}- "))
    return Fix(tuple(edits), is_safe=False)


def _in_folded(entry: RawEntry, pointer: Pointer, start: int, written: str) -> Iterator[Problem]:
    """Yield the first item that is joined with the line above it in a text after `>`."""
    if not _items(written[written.find("\n") :]):
        return
    above = None
    offset = start
    for line in written.split("\n"):
        found = _LINE.match(line)
        indent = len(found["indent"]) if found and line.strip() else None
        if found and found["mark"] and offset > start and indent == above:
            mark = offset + found.start("mark")
            document = entry.source.document
            message = "This item is joined with the line above it, because the text starts with `>`"
            problem = entry.problem(pointer, message, "Use `|` instead of `>`")
            edit = Edit(entry.source.path, document.span(start, start + 1), "|")
            yield problem._replace(
                place=document.span(mark, mark + 1), correction=Fix((edit,), is_safe=False)
            )
            return
        above = indent if offset > start else None
        offset += len(line) + 1
