"""Slips of the keyboard that break the structure of YAML, line by line, each with its correction.

A slip is found by what a line looks like. `repairs` accepts it only if the correction makes the text readable
up to a later line, so a pattern here can also match lines that are right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.read.yaml.changes import Change
from handbook.read.yaml.faults import short
from handbook.read.yaml.lines import START, Find, Lines, Slip, quotes, without_comment
from handbook.read.yaml.odd_spaces import frame_changes, name_of
from handbook.read.yaml.outdents import indented_field, outdented_field, outdented_in_item

_FEWEST_TABS = 2
"""The fewest tabs of a row of a spreadsheet."""

_MARKS = "–—‐‑−•·◦●▪‣∙○■□➢✓✔"  # noqa: RUF001 - that they look like a hyphen is the point
_MARKER = re.compile(rf"(?P<indent>[ ]*)(?P<mark>[{_MARKS}]|\*(?=[ \t]))(?P<space>[ \t\xa0]*)(?=\S)")
_BARE_HYPHEN = re.compile(r"[ ]*-(?=[^\s-])")
_NO_SPACE = re.compile(r"[ ]*(?:- +)*(?P<key>[a-z][a-z0-9_]*):(?=[^\s:/])")
_SMART = re.compile(r"(?P<open>[“”„«‟])(?P<text>[^“”„«»‟\"\\]*)(?P<close>[”“»„])")
_FIELD = re.compile(r"(?m)^ *(?:- +)*([a-z][a-z0-9_]*):(?:\s|$)")
_INNER_FIELD = re.compile(r"\s+([a-z][a-z0-9_]*):(?=\s|$)")
_ITEM = re.compile(r"(?P<indent> *)(?P<key>\w[^:#\"'\[\]{}]*):(?= |$)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NO_START = {"@": "`@`", "`": "a backtick", "%": "`%`", "*": "`*`", "&": "`&`"}
_STARTS_OTHERWISE = tuple("\"'[{|>#")


def odd_space(lines: Lines, number: int) -> Slip | None:
    """Find a space of another sort in an indent, after a dash or after the colon of a field."""
    line, start = lines[number], lines.start(number)
    changes = frame_changes(line, start)
    if not changes:
        return None
    at = changes[0].start
    before = line[: at - start].split()
    message = f"{name_of(lines.text[at])} {f'after `{short(before[-1])}`' if before else 'in the indent'}"
    return Slip(message, "Use the space of the keyboard", at, at + 1, tuple(changes))


def spreadsheet_row(lines: Lines, number: int) -> Slip | None:
    """Find a row that was pasted from a spreadsheet."""
    line, start = lines[number], lines.start(number)
    cells = line.strip().split("\t")
    if len(cells) <= _FEWEST_TABS or any(":" in cell for cell in cells[:1]) or line.startswith("\t"):
        return None
    message = "Row of a spreadsheet: its values are separated by tabs"
    return Slip(
        message, "Write each value as a field on its own line: `name: value`", start, start + len(line)
    )


def list_marker(lines: Lines, number: int) -> Slip | None:
    """Find an item of a list that starts with another sign than a hyphen and a space."""
    line, start = lines[number], lines.start(number)
    marker = _MARKER.match(line)
    if marker:
        at = start + marker.start("mark")
        change = Change(at, start + marker.end(), "- ")
        message = f"List item starts with `{marker['mark']}`"
        return Slip(message, "Start each item with a hyphen and a space", at, at + 1, (change,))
    hyphen = _BARE_HYPHEN.match(line)
    if hyphen:
        at = start + hyphen.end()
        message = "Missing space after the hyphen of a list item"
        return Slip(message, "Start each item with a hyphen and a space", at - 1, at, (Change(at, at, " "),))
    return None


def colon_without_space(lines: Lines, number: int) -> Slip | None:
    """Find a field without the space between its colon and its value."""
    found = _NO_SPACE.match(lines[number])
    if not found:
        return None
    at, key = lines.start(number) + found.end(), found["key"]
    hint = f"Use `{key}: …`, with a space"
    return Slip(f"Missing space after the colon of `{key}`", hint, at - 1, at, (Change(at, at, " "),))


def smart_quotes(lines: Lines, number: int) -> Slip | None:
    """Find a text in quotes of a word processor that YAML reads as letters."""
    parts = START.match(lines[number])
    quoted = _SMART.match(parts["value"]) if parts else None
    if parts is None or quoted is None or without_comment(parts["value"][quoted.end() :]):
        return None
    start = lines.start(number) + parts.start("value")
    end = start + quoted.end()
    message = f"Quotes {quoted['open']} and {quoted['close']} do not mark a text in YAML"
    changes = Change(start, start + 1, '"'), Change(end - 1, end, '"')
    return Slip(message, 'Use the quotes of the keyboard: "', start, end, changes)


def two_fields(lines: Lines, number: int) -> Slip | None:
    """Find a second field on the line of another. The names of fields are those of other lines."""
    parts = START.match(lines[number])
    if parts is None or not parts["key"] or parts["value"].startswith(_STARTS_OTHERWISE):
        return None
    names = frozenset(_FIELD.findall(lines.text))
    found = next((each for each in _INNER_FIELD.finditer(parts["value"]) if each[1] in names), None)
    if found is None:
        return None
    start = lines.start(number) + parts.start("value")
    indent = " " * (len(parts["indent"]) + len(parts["dashes"]))
    change = Change(start + found.start(), start + found.start(1), f"\n{indent}")
    message = f"Field `{found[1]}` on the line of `{parts['key']}`"
    hint = f"Put each field on its own line. If `{found[1]}:` is part of the text, put the text in quotes"
    return Slip(message, hint, start + found.start(1), start + found.end(1), (change,), is_safe=False)


def long_text(lines: Lines, number: int) -> Slip | None:
    """Find the lines of a text below a field without `|`."""
    indent = lines.indent(number)
    above = lines.above(number)
    while above is not None and (lines.indent(above) >= indent or lines.is_comment(above)):
        above = lines.above(above)
    parts = START.match(lines[above]) if above is not None else None
    if above is None or parts is None or not parts["key"] or without_comment(f" {parts['value']}").strip():
        return None
    inside = (each for each in range(above + 1, len(lines)) if not lines.is_comment(each))
    below = next(filter(None, (lines[each].strip() for each in inside)), "")
    first = START.match(below)
    # The names of fields have no capital letters.
    if first is None or first["dashes"] or (first["key"] or "A").islower() or " " not in below:
        return None
    at = lines.start(above) + parts.end("key") + 1
    key = parts["key"]
    message = f"Text of several lines below `{key}` without `|`"
    return Slip(message, f"Write `{key}: |`", at - 1 - len(key), at, (Change(at, at, " |"),), is_safe=False)


def colon_in_text(lines: Lines, number: int) -> Slip | None:
    """Find a text without quotes that contains a colon and a space, or starts with a sign of YAML."""
    first = _first_line(lines, number)
    parts = START.match(lines[first])
    value = parts["value"] if parts else ""
    if (
        parts is None
        or not value
        or value.startswith(_STARTS_OTHERWISE)
        or not (parts["key"] or parts["dashes"])
    ):
        return None
    last = _last_line(lines, first, len(parts["indent"]))
    start = lines.start(first) + parts.start("value")
    end = lines.start(last) + len(without_comment(lines[last]))
    text = lines.text[start:end]
    if " #" in text:
        return None
    # The lines below can be another text, whose field is missing.
    is_one_line = first == last
    if value[0] in _NO_START:
        message, hint = f"Text cannot start with {_NO_START[value[0]]}", "Put the whole text in quotes"
        # An alias or a tag can be meant.
        is_safe = is_one_line and (value[0] in "@`%" or value.startswith("**"))
        return Slip(message, hint, start, start + 1, quotes(text, start, end), is_safe=is_safe)
    colon = re.search(r":(?=\s|$)", text)
    if not colon:
        return None
    at = start + colon.start()
    message, changes = "Text contains a colon and a space", quotes(text, start, end)
    return Slip(message, "Put the text in quotes", at, at + 1, changes, is_safe=is_one_line)


def missing_colon(lines: Lines, number: int) -> Slip | None:
    """Find the name of a field without its colon."""
    found = re.match(r"( *(?:- +)*)([a-z][a-z0-9_]*)( +)(?=\S)", lines[number])
    if not found or found[2] not in _FIELD.findall(lines.text):
        return None
    at, key = lines.start(number) + found.end(2), found[2]
    changes = (Change(at, at, ":"),)
    return Slip(f"Missing colon after `{key}`", f"Use `{key}: …`", at - len(key), at, changes, is_safe=False)


def missing_hyphen(lines: Lines, number: int) -> Slip | None:
    """Find an item of a list that starts with its field, below the hyphen of the item above."""
    above = lines.above(number)
    parts = START.match(lines[above]) if above is not None else None
    found = _ITEM.match(lines[number])
    if parts is None or found is None or not parts["dashes"] or not parts["key"]:
        return None
    at, key = lines.start(number) + found.start("key"), found["key"]
    # Another field can be one of the item above.
    is_item = key == parts["key"] or not _NAME.fullmatch(key)
    if not is_item or len(found["indent"]) != len(parts["indent"]):
        return None
    message = f"Missing hyphen: `{short(key)}` starts another item of the list"
    changes = (Change(at, at, "- "),)
    return Slip(message, f"Use `- {short(key)}: …`", at, at + len(key), changes, is_safe=False)


def outdented_text(lines: Lines, number: int) -> Slip | None:
    """Find a line of text that is not indented further than the field whose text it continues."""
    above = lines.above(number)
    parts = START.match(lines[above]) if above is not None else None
    line = lines[number].strip()
    if above is None or parts is None or not parts["key"] or not parts["value"] or " " not in line:
        return None
    if (
        parts["value"].startswith(_STARTS_OTHERWISE)
        or line.startswith(("- ", "#"))
        or _INNER_FIELD.search(f" {line}")
    ):
        return None
    indent = len(parts["indent"]) + len(parts["dashes"])
    if lines.indent(number) > indent:
        return None
    start = lines.start(number)
    change = Change(start, start + lines.indent(number), f"{' ' * indent}  ")
    at = start + lines.indent(number)
    message = f"Text of `{parts['key']}` continues on a line that is not indented"
    hint = f"Indent it further than `{parts['key']}`"
    return Slip(message, hint, at, at + len(line), (change,), is_safe=False)


def _first_line(lines: Lines, number: int) -> int:
    """Return the line on which the text of a line starts: one with a dash or the name of a field."""
    while True:
        parts = START.match(lines[number])
        above = lines.above(number)
        if above is None or (parts and (parts["dashes"] or parts["key"])):
            return number
        number = above


def _last_line(lines: Lines, number: int, indent: int) -> int:
    """Return the last line of a text: those below are indented further than its first line."""
    last = number
    for each in range(number + 1, len(lines)):
        if not lines[each].strip():
            continue
        if lines.indent(each) <= indent or lines[each].lstrip(" ").startswith(("- ", "#")):
            break
        if START.match(lines[each])["key"]:  # type: ignore[index]  # the pattern matches any line
            break
        last = each
    return last


REPEATED: Sequence[Find] = (odd_space, list_marker)
"""The slips that people repeat on the next lines: one mistake."""

SLIPS: Sequence[Find] = (
    odd_space,
    spreadsheet_row,
    list_marker,
    colon_without_space,
    smart_quotes,
    two_fields,
    long_text,
    missing_colon,
    colon_in_text,
    missing_hyphen,
    outdented_text,
    outdented_in_item,
    outdented_field,
    indented_field,
)
"""Every slip; the more specific ones first."""
