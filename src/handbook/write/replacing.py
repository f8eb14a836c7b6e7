"""Replace a value in a YAML text: as it was written before, if that is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from handbook.read.yaml.changes import Change
from handbook.write.block_edits import Candidate, layout_of
from handbook.write.lines import Writer, Written, on_one_line
from handbook.write.parts import Part, Parts

_PRINTABLE = re.compile("[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")


def replacements(  # noqa: PLR0913, PLR0917 - what a replacement depends on
    parts: Parts, chain: Sequence[Part], step: str | int | None, before: Any, value: Any, lines: Sequence[str]
) -> Iterator[Candidate]:
    """Yield edits that might replace a value, the smallest first.

    Args:
        parts: The text.
        chain: The parts from the outermost one to the replaced one.
        step: The last step to it; `None` for the outermost one.
        before: Its old value.
        value: Its new value.
        lines: The only item of a new list, as lines of YAML with its dash.
    """
    part, around = chain[-1], chain[:-1]
    if isinstance(before, str) and isinstance(value, str):
        yield from _as_before(parts, part, before, value)
    in_brackets = any(each.style == "{" for each in around)
    if in_brackets or (part.style == "{" and _fits(value)):
        space = "" if part.start < part.end else " "
        for start in dict.fromkeys((parts.content(part), part.start)):
            yield [Change(start, part.end, f"{space}{on_one_line(value)}")]
    elif around and step is not None:
        yield from _on_lines(parts, around[-1], part, step, value, lines)


def _as_before(parts: Parts, part: Part, before: str, value: str) -> Iterator[Candidate]:
    """Yield edits that keep the line breaks or the quotes of a text."""
    yield from _reworded(parts, part, before, value)
    quoted = _quoted(value, part.style) if part.style in {"'", '"'} else None
    if quoted is not None:
        yield [Change(parts.content(part), part.end, quoted)]


def _on_lines(  # noqa: PLR0913, PLR0917 - as above
    parts: Parts, parent: Part, part: Part, step: str | int, value: Any, lines: Sequence[str]
) -> Iterator[Candidate]:
    """Yield the edits for a value outside of brackets, which can have lines of its own."""
    lead = _lead(parts, parent, part, step)
    if lead is None:
        return
    if parent.is_mapping:
        column = parts.column(parent.keys[parent.index(step)].start)
        new = _as_field(parts, value, lines)
    else:
        column = parts.column(lead - 1)
        new = _as_item(parts, value)
    # Comments that follow can be further in, and would become a part of a text of several lines.
    others = [Written(on_one_line(value))] if isinstance(value, str) and new.lines else []
    for each in (new, *others):
        for start in dict.fromkeys((parts.content(part), part.start)):
            yield _put(parts, part, lead, start, each, column)


def _put(  # noqa: PLR0913, PLR0917 - as above
    parts: Parts, part: Part, lead: int, start: int, new: Written, column: int
) -> Candidate:
    """Return the edits that put a value behind a colon or a dash.

    Args:
        parts: The text.
        part: The old value.
        lead: The offset behind the colon or the dash.
        start: Where the old value starts, with or without its anchor.
        new: The new value.
        column: The column of the field or the dash.
    """
    text, line_end = parts.text, parts.line_end()
    is_below = part.is_block and bool(part.children) and parts.bol(_first(part)) > parts.bol(lead)
    if part.is_block_text:
        inline, body = (start, parts.header_end(part)), (parts.eol(start), parts.eol(part.end))
        if body[0] > part.end:
            body = (parts.eol(start), parts.eol(start))
    elif is_below:
        begin = lead if start == part.start else start
        inline, body = (
            (lead, begin if parts.bol(begin) == parts.bol(lead) else lead),
            (
                parts.eol(lead),
                parts.eol(part.end),
            ),
        )
    else:
        inline, body = (start, part.end), (parts.eol(part.end), parts.eol(part.end))
    below = "".join(f"{line_end}{' ' * column}{line}" if line else line_end for line in new.lines)
    head = new.head
    if head and inline[0] == lead:
        head = f" {head}"
    elif not head:
        # No space stays behind the colon.
        inline = (lead if not text[lead : inline[0]].strip() else inline[0], inline[1])
    if below and body[1] == len(text) and not text.endswith(("\n", "\r")):
        below += line_end
    return [Change(*inline, head), Change(*body, below)]


def _first(part: Part) -> int:
    """Return where the first field or item of a list or mapping is, behind an anchor."""
    return (part.keys or part.children)[0].start


def _lead(parts: Parts, parent: Part, part: Part, step: str | int) -> int | None:
    """Return the offset behind the colon or the dash of a value."""
    index = parent.index(step)
    if not parent.is_mapping:
        return parts.dash(parent, index) + 1
    colon = parts.find(":", parent.keys[index].end, max(part.start, parent.keys[index].end + 1))
    return None if colon is None else colon + 1


def _as_field(parts: Parts, value: Any, lines: Sequence[str]) -> Written:
    layout = layout_of(parts)
    if lines:
        return Written("", [f"{' ' * layout.items}{line}" if line else "" for line in lines])
    return Writer(layout).value(value)


def _as_item(parts: Parts, value: Any) -> Written:
    first, *rest = Writer(layout_of(parts)).item(value)
    return Written(first[2:], rest)


def _fits(value: Any) -> bool:
    """Return whether a value is no longer in brackets than on lines of its own."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return not any(isinstance(part, (Mapping, list)) or "\n" in str(part) for part in parts)


def _quoted(text: str, quote: str) -> str | None:
    """Return a text in the quotes that the old one had."""
    if not _PRINTABLE.fullmatch(text):
        return None
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reworded(parts: Parts, part: Part, before: str, value: str) -> Iterator[Candidate]:
    """Yield the edits of the words that differ in a text of several lines."""
    start = parts.eol(part.start) if part.is_block_text else parts.content(part)
    raw = parts.text[start : part.end]
    if "\n" not in raw.strip() and not part.is_block_text:
        return
    quote = part.style if part.style in {"'", '"'} else ""
    words = list(re.finditer(r"\S+", raw))
    found = [word[0] for word in words]
    if quote:
        found[0], found[-1] = found[0].removeprefix(quote), found[-1].removesuffix(quote)
    old, new = before.split(), value.split()
    if found != old or not old or not new or (quote and (quote in value or "\\" in value)):
        return
    differences = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes = []
    for _, first, last, new_first, new_last in (each for each in differences if each[0] != "equal"):
        inserted = " ".join(new[new_first:new_last])
        if first < last and inserted:
            changes.append(Change(*_place(words, first, last, start, quote), inserted))
        elif last < len(words):
            # Up to the next word, which has the line break before it.
            at, _ = _place(words, first, last + 1, start, quote)
            following, _ = _place(words, last, last + 1, start, quote)
            changes.append(Change(at, following, f"{inserted} " if inserted else ""))
        else:
            _, at = _place(words, first - 1, first, start, quote)
            _, end = _place(words, last - 1, last, start, quote)
            changes.append(Change(at, end, f" {inserted}" if inserted else ""))
    yield changes


def _place(words: Sequence[re.Match[str]], first: int, last: int, start: int, quote: str) -> tuple[int, int]:
    """Return where some words are, without the quotes around all of them."""
    begin = words[first].start() + (len(quote) if first == 0 else 0)
    end = words[last - 1].end() - (len(quote) if last == len(words) else 0)
    return start + begin, start + end
