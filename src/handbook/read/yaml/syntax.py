"""Explain errors of libyaml in plain words."""

from __future__ import annotations

import re

import yaml
from yaml.error import MarkedYAMLError
from yaml.tokens import ScalarToken

from handbook.read.yaml.faults import Fault, FaultKind

_SYNTAX = (
    # (part of libyaml's problem, character at the place or "", message, hint)
    (
        "cannot start any token",
        "\t",
        "Tab used instead of spaces",
        "Replace the tab with spaces: two for each level",
    ),
    (
        "found a tab character",
        "",
        "Tab used instead of spaces",
        "Replace the tab with spaces: two for each level",
    ),
    (
        "cannot start any token",
        "",
        "Text cannot start with this character",
        "Put the whole text in quotes",
    ),
    (
        "expected alphabetic or numeric character",
        "",
        "Text cannot start with this character",
        "Put the whole text in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "",
        "A list (a dash and a space) cannot start on this line",
        "Start the list on the next line, or put the text in quotes",
    ),
    (
        "mapping keys are not allowed",
        "",
        "Text cannot start with a question mark and a space",
        "Put the whole text in quotes",
    ),
    (
        "mapping values are not allowed",
        "",
        "Text contains a colon and a space",
        "Put the text in quotes",
    ),
    (
        "did not find expected ',' or '",
        "",
        "Missing comma or closing bracket",
        "Add a comma between the items, close the bracket, or put the text in quotes",
    ),
    (
        "did not find expected node content",
        "",
        "Missing value",
        "Add a value, remove the extra character, or put the text in quotes",
    ),
    (
        "unexpected end of stream",
        "",
        "Quote is never closed",
        "Add the closing quote at the end of the text",
    ),
    (
        "unexpected document indicator",
        "",
        "Quote is never closed",
        "Add the closing quote at the end of the text",
    ),
    (
        "did not find expected key",
        "",
        "Line does not fit the lines above it",
        "Indent it like the lines next to it",
    ),
    (
        "did not find expected <document start>",
        "",
        "Line does not fit the lines above it",
        "Indent it like the lines next to it",
    ),
    (
        "did not find expected '-' indicator",
        "",
        "Line does not fit the list above it",
        "Start it with `- `, indent it like the lines above, or add the field above that it belongs to",
    ),
    (
        "could not find expected ':'",
        "",
        "Missing colon after a field name, or text that continues on another line",
        "Use `name: value`, or indent the next line of the text",
    ),
    (
        "unknown escape character",
        "",
        "Unknown code after a backslash in double quotes",
        "Use two backslashes, or single quotes",
    ),
    (
        "character escape code",
        "",
        "Code after the backslash is not a character",
        "Use the character itself, or single quotes",
    ),
    (
        "did not find expected hexdecimal number",
        "",
        "Code after the backslash is too short",
        "Use two backslashes, or single quotes",
    ),
    (
        "expected comment or line break",
        "",
        "Text on the line of `|` or `>`",
        "Start the text on the next line, or put it in quotes",
    ),
    (
        "undefined alias",
        "",
        "Unknown alias",
        "Write the text out, or put it in quotes",
    ),
    ("second occurrence", "", "Duplicate anchor name", "Rename one of the anchors"),
    ("tag", "", "Word that starts with `!` is read as a tag", "Put the text in quotes"),
    ("directive", "", "Line that starts with `%` is read as a directive", "Remove the line"),
    (
        "incompatible YAML document",
        "",
        "Invalid YAML version: only 1.2 is supported",
        "Remove the line that starts with `%`",
    ),
)

_AT_THE_OPENING = (
    "unexpected end of stream",
    "unexpected document indicator",
    "alphabetic or numeric",
    "could not find expected ':'",
    "tag",
)
"""Problems that libyaml reports after the character to fix."""

_BRACKETS = ("did not find expected ',' or '", "did not find expected node content")
_OWN_LINE = re.compile(r"\s*(?:- +)*[^\s:]+ *")
"""The text before the colon of a field at the start of a line."""


def syntax_fault(text: str, error: MarkedYAMLError) -> Fault:
    """Return the fault behind an error of libyaml, with its place and its fix."""
    problem = error.problem or error.context or "cannot be read"
    noticed = error.problem_mark.index if error.problem_mark else 0
    opening = error.context_mark.index if error.context_mark else noticed
    # Report text that is missing at the end of the file at its last visible character.
    last = max(len(text.rstrip()) - 1, 0)
    offset = opening if any(part in problem for part in _AT_THE_OPENING) else noticed
    offset = last if offset >= len(text) else offset
    if "another document" in problem or ("document start" in problem and _is_separated(text, offset)):
        return Fault(
            FaultKind.DOCUMENTS,
            "Second document in the file",
            "Move it to a file of its own, or remove the line with `---` or `...`",
            offset,
            offset + 3,
        )
    from handbook.read.yaml.repairs import find_slip  # noqa: PLC0415 - only a mistake needs it

    slip = find_slip(text)
    if slip is not None:
        return Fault(FaultKind.SYNTAX, *slip)
    in_brackets = any(part in problem for part in _BRACKETS)
    is_open = text[opening : opening + 1] in {"[", "{"}
    # A list that starts and continues on the line ends there too; in a multi-line list, a comma is missing.
    first_line = re.match(r".([^\n\r]*)[\n\r]", text[opening:noticed])
    is_one_line = is_open and first_line and first_line[1].strip()
    if in_brackets and (noticed >= len(text) or is_one_line):
        message = "Bracket is not closed, or a comma is missing after it"
        hint = "Close it at the end of its list, or put the text in quotes"
        offset = opening if is_open else last
        return Fault(FaultKind.SYNTAX, message, hint, offset, offset + 1)
    runaway = _runaway_quote(text, offset) if "did not find expected" in problem else None
    if runaway is not None:
        line = text.count("\n", 0, offset) + 1
        message = f"Quote is closed only on line {line}"
        hint = "Close it at the end of its text, before the quote further down"
        return Fault(FaultKind.SYNTAX, message, hint, runaway, runaway + 1)
    message, hint = _in_plain_words(f"{error.context or ''} {problem}", text, offset)
    return Fault(FaultKind.SYNTAX, message, hint, offset, offset + 1)


def _is_separated(text: str, offset: int) -> bool:
    """Return whether a line at an offset, or right before it, ends or starts a document."""
    above = text[:offset].split()
    return text.startswith(("---", "..."), offset) or above[-1:] == ["..."]


def _runaway_quote(text: str, offset: int) -> int | None:
    """Return the start of a quote that was closed just before an offset, but opened on an earlier line."""
    if text[offset - 1 : offset] not in {"'", '"'} and not text[:offset].rstrip(" \t").endswith(("'", '"')):
        return None
    last = None
    try:
        for token in yaml.scan(text[:offset], Loader=yaml.CSafeLoader):
            if isinstance(token, ScalarToken) and token.style in {"'", '"'}:
                last = token
    except MarkedYAMLError:
        return None
    if last is None or last.start_mark.line == last.end_mark.line:
        return None
    return int(last.start_mark.index)


def _in_plain_words(problem: str, text: str, offset: int) -> tuple[str, str]:
    """Return the problem at a place and its fix."""
    before = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 : offset]
    if "did not find expected" in problem and before.rstrip().endswith(("'", '"')):
        return (
            "Text after a closing quote",
            "Put the whole text in the other type of quotes. If a quote above is not closed, close it",
        )
    if "mapping values are not allowed" in problem and _OWN_LINE.fullmatch(before):
        return (
            "Field does not fit the line above it",
            "Indent it like the field above. If the line above has no colon, add one",
        )
    found = text[offset : offset + 1]
    for part, character, message, hint in _SYNTAX:
        if part in problem and character in {"", found}:
            return message, hint
    return f"Invalid YAML: {problem.strip()}", "Put the text in quotes"
