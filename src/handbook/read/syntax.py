"""What libyaml complains about, in words for somebody who has never read the YAML specification."""

from __future__ import annotations

import re

import yaml
from yaml.error import MarkedYAMLError
from yaml.tokens import ScalarToken

from handbook.read.faults import Fault, FaultKind

_SYNTAX = (
    # (part of libyaml's problem, character at the place or "", message, hint)
    (
        "cannot start any token",
        "\t",
        "a tab stands where only spaces may",
        "replace the tab by spaces; two spaces a level",
    ),
    (
        "found a tab character",
        "",
        "a tab stands where only spaces may",
        "replace the tab by spaces; two spaces a level",
    ),
    (
        "cannot start any token",
        "",
        "text may not begin with this character",
        "put the whole text in quotes",
    ),
    (
        "expected alphabetic or numeric character",
        "",
        "text may not begin with this character",
        "put the whole text in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "",
        "a dash followed by a space begins a list, which cannot stand on this line",
        "begin the list on the next line, or put the text in quotes",
    ),
    (
        "mapping keys are not allowed",
        "",
        "text may not begin with a question mark followed by a space",
        "put the whole text in quotes",
    ),
    (
        "mapping values are not allowed",
        "",
        "a colon followed by a space stands inside the text",
        "put the text in quotes",
    ),
    (
        "did not find expected ',' or '",
        "",
        "a comma or the closing bracket is missing",
        "set a comma between two items, close the bracket, or put the text in quotes",
    ),
    (
        "did not find expected node content",
        "",
        "a value is missing here",
        "write one, delete what is too much, or put the text in quotes",
    ),
    (
        "unexpected end of stream",
        "",
        "a quote is opened and never closed",
        "close the quote at the end of the text",
    ),
    (
        "unexpected document indicator",
        "",
        "a quote is opened and never closed",
        "close the quote at the end of the text",
    ),
    (
        "did not find expected key",
        "",
        "the line does not fit the lines above it",
        "indent it like its neighbours",
    ),
    (
        "did not find expected <document start>",
        "",
        "the line does not fit the lines above it",
        "indent it like its neighbours",
    ),
    (
        "did not find expected '-' indicator",
        "",
        "the line does not fit the list above it",
        "begin it with `- `, or indent it like the other items",
    ),
    (
        "could not find expected ':'",
        "",
        "a field's name without a colon, or text that runs over its line",
        "write `name: value`, or indent the text's next line",
    ),
    (
        "unknown escape character",
        "",
        "a backslash in double quotes begins a code that YAML does not know",
        "write two backslashes, or use single quotes",
    ),
    (
        "character escape code",
        "",
        "the code after the backslash stands for no character",
        "write the character itself, or use single quotes",
    ),
    (
        "did not find expected hexdecimal number",
        "",
        "the code after the backslash is too short",
        "write two backslashes, or use single quotes",
    ),
    (
        "expected comment or line break",
        "",
        "nothing but the text below may follow `|` or `>`",
        "begin the text on the next line, or put it in quotes",
    ),
    (
        "undefined alias",
        "",
        "the alias repeats something that is not there",
        "write the text out, or in quotes",
    ),
    ("second occurrence", "", "the same anchor name stands twice", "give each anchor its own name"),
    ("tag", "", "a word that begins with `!` is read as a tag", "put the text in quotes"),
    ("directive", "", "a line that begins with `%` is read as a directive", "delete the line"),
    ("incompatible YAML document", "", "this is not YAML 1.2", "delete the line that begins with `%`"),
)

_AT_THE_OPENING = (
    "unexpected end of stream",
    "unexpected document indicator",
    "alphabetic or numeric",
    "could not find expected ':'",
    "tag",
)
"""Problems that libyaml notices behind the character that has to be mended."""

_BRACKETS = ("did not find expected ',' or '", "did not find expected node content")
_OWN_LINE = re.compile(r"\s*(?:- +)*[^\s:]+ *")
"""What stands before the colon of a field that begins its line."""


def syntax_fault(text: str, error: MarkedYAMLError) -> Fault:
    """The fault behind an error of libyaml: its place, what is wrong there and how to mend it."""
    problem = error.problem or error.context or "cannot be read"
    noticed = error.problem_mark.index if error.problem_mark else 0
    opening = error.context_mark.index if error.context_mark else noticed
    # What is missing at the end of the file is shown at its last visible character.
    last = max(len(text.rstrip()) - 1, 0)
    offset = opening if any(part in problem for part in _AT_THE_OPENING) else noticed
    offset = last if offset >= len(text) else offset
    if "another document" in problem or ("document start" in problem and _is_separated(text, offset)):
        return Fault(
            FaultKind.DOCUMENTS,
            "a second document begins here; a file holds one",
            "move it to a file of its own, or delete the line with `---` or `...`",
            offset,
            offset + 3,
        )
    in_brackets = any(part in problem for part in _BRACKETS)
    is_open = text[opening : opening + 1] in {"[", "{"}
    # A list that begins and goes on with the line ends there too; one that is spread out lacks a comma.
    first_line = re.match(r".([^\n\r]*)[\n\r]", text[opening:noticed])
    is_one_line = is_open and first_line and first_line[1].strip()
    if in_brackets and (noticed >= len(text) or is_one_line):
        message = "this bracket is not closed, or a comma is missing after it"
        hint = "close it at the end of its list, or put the text in quotes"
        offset = opening if is_open else last
        return Fault(FaultKind.SYNTAX, message, hint, offset, offset + 1)
    runaway = _runaway_quote(text, offset) if "did not find expected" in problem else None
    if runaway is not None:
        line = text.count("\n", 0, offset) + 1
        message = f"the quote that begins here is closed only in line {line}"
        hint = "close it at the end of its text; a quote further down has closed it instead"
        return Fault(FaultKind.SYNTAX, message, hint, runaway, runaway + 1)
    message, hint = _in_plain_words(f"{error.context or ''} {problem}", text, offset)
    return Fault(FaultKind.SYNTAX, message, hint, offset, offset + 1)


def _is_separated(text: str, offset: int) -> bool:
    """Whether a line that ends or begins a document stands at an offset, or right before it."""
    above = text[:offset].split()
    return text.startswith(("---", "..."), offset) or above[-1:] == ["..."]


def _runaway_quote(text: str, offset: int) -> int | None:
    """Where the quote begins that was closed just before an offset, but opened in a line further up."""
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
    """What is wrong at a place and how to mend it."""
    before = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 : offset]
    if "did not find expected" in problem and before.rstrip().endswith(("'", '"')):
        return (
            "text goes on after a closing quote",
            "put the whole text in the other kind of quotes; if a quote above is not closed, close it",
        )
    if "mapping values are not allowed" in problem and _OWN_LINE.fullmatch(before):
        return (
            "this field does not fit the line above it",
            "indent it like the field above; if the line above has no colon, add it",
        )
    found = text[offset : offset + 1]
    for part, character, message, hint in _SYNTAX:
        if part in problem and character in {"", found}:
            return message, hint
    return f"the YAML cannot be read: {problem.strip()}", "put the text in quotes"
