"""Hide the macros, statements and comments of a page while its blocks are written."""

from __future__ import annotations

import re

_OPENING = re.compile(r"\{\{|\{%|\{#|<!--")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}", "<!--": "-->"}
_LONGEST = 2_000
_LONGEST_COMMENT = 20_000
"""Limits, so that a text with many openings takes no longer."""
_PLACE = re.compile("\ue000(\\d+)[\ue001\ue002]")
_STATEMENT = re.compile("\ue000\\d+\ue002")
_CALL_END, _STATEMENT_END = "\ue001", "\ue002"
_MARKS = re.compile("[\ue000-\ue002]")


def hidden(text: str) -> tuple[str, list[str]] | None:
    """Return a text with a place on one line for each macro, statement and comment, and those in order.

    Without a result, the text has the characters of the places itself.
    """
    if _MARKS.search(text):
        return None
    taken: list[str] = []
    parts: list[str] = []
    at = done = 0
    while opened := _OPENING.search(text, at):
        start, at = opened.span()
        closing = _CLOSING[opened[0]]
        is_comment = opened[0] in {"{#", "<!--"}
        end = text.find(closing, at, at + (_LONGEST_COMMENT if is_comment else _LONGEST)) + len(closing)
        if end < at or (not is_comment and ("\n\n" in text[at:end] or "```" in text[at:end])):
            continue  # it is shown as text
        place = f"\ue000{len(taken)}{_STATEMENT_END if opened[0] in {'{%', '{#'} else _CALL_END}"
        if opened[0] == "<!--":
            # What it stands on stays visible: a comment is a block of its own.
            place = f"<!--{place}-->"
            taken.append(text[at : end - len(closing)])
        else:
            taken.append(text[start:end])
        parts += [text[done:start], place]
        at = done = end
    return "".join([*parts, text[done:]]), taken


def restored(text: str, taken: list[str]) -> str:
    """Return a text with what was hidden in it."""
    return _PLACE.sub(lambda place: taken[int(place[1])], text)


def is_statement(line: str) -> bool:
    """Return whether a line has only a statement or a comment of a template, which leave no text."""
    return "\ue002" in line and _STATEMENT.fullmatch(line.strip()) is not None
