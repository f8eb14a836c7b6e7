"""Find the anchors that a view can give its page, without rendering it.

A name in quotes is an anchor as it is, if the entry has one of the fields that the conditions around it name.
Other anchors are a name and the key of an item. What cannot be known counts as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.view_fields import Load

_STATEMENT = regex(r"\{%-?[ ]*(?P<word>\w+)(?P<rest>[^%]*(?:%(?!\})[^%]*)*)%\}")
_ANCHOR = regex(r"\banchor\((?P<arguments>(?:[^()]|\([^()]*\))*)\)")
_SHARED = regex(
    r"(?<!macro )\b(?P<macro>section|heading|more)\((?P<arguments>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
)
"""A call of a macro that gives the anchor named by its third argument."""
_IS_SHARED = regex(r"\{%-? macro (?:section|heading|more)\(")
_ARGUMENT = regex(r"(?:[^,()\[\]\"]|\"[^\"]*\"|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\])+")
_TITLE = regex(
    r"^#+ +(?:\{\{ ?(?:_|gettext)\(\"(?P<text>[^\"]+)\"\) ?\}\}|(?P<plain>[^{}\n]+))$", re.MULTILINE
)
_LITERAL = regex(r"\"([^\"]*)\"")
_FIRST_LITERALS = regex(r"(?:\s*\"[^\"]*\"\s*(?:,|$))*")
_FIELD = regex(r"\bentry\.(\w+)")
_OTHER = regex(r"\b(?!(?:and|or|is|defined)\b)[A-Za-z_]\w*")
_PART = regex(r"\b(?:import|from|include|extends)\s+\"([^\"]+)\"")
_MACRO = regex(r"\{%-?[ ]*macro (?P<name>\w+)\(.*?\{%-?[ ]*endmacro[ ]*-?%\}", re.DOTALL)
_ID = regex(r"\bid=\"([^\"{}]+)\"|\{ ?#([\w-]+)[^{}]*\}")
_COMPUTED = regex(r"\bid=\"[^\"]*\{\{(?! ?anchor\()|\{ ?#\{\{(?! ?anchor\()")
_COMPUTED_TITLE = regex(r"^#+ (?!\{\{ ?(?:_|gettext)\()(?![^\n]*\{ ?#)[^\n]*\{\{", re.MULTILINE)
_WORD = regex(r"\w+")


class ViewAnchor(NamedTuple):
    """An anchor that a view can give its page.

    Attributes:
        start: The anchor, the part of it before the key of an item, or the title that it is made of.
        form: Which of them it is.
        conditions: The fields of which an entry needs one, once for each condition around it.
    """

    start: str
    form: Literal["whole", "start", "title"]
    conditions: tuple[frozenset[str], ...] = ()


class ViewAnchors(NamedTuple):
    """What a view says about the anchors of its page.

    Attributes:
        anchors: The anchors.
        are_open: Whether there can be others, which it calculates in another way.
    """

    anchors: frozenset[ViewAnchor]
    are_open: bool


def view_anchors(name: str, load: Load) -> ViewAnchors:
    """Return the anchors of a view.

    Args:
        name: The name of the view.
        load: Returns the text of a view by its name.
    """
    anchors: set[ViewAnchor] = set()
    are_open = False
    for text in _reached(name, load):
        if _IS_SHARED.match(text):  # What calls it says the anchor.
            continue
        anchors |= _anchors_in(text)
        are_open |= bool(_COMPUTED.search(text) or _COMPUTED_TITLE.search(text))
    return ViewAnchors(frozenset(anchors), are_open)


def _reached(name: str, load: Load) -> Iterator[str]:
    """Yield the text of a view, and of those macros of other views that it can call."""
    text = load(name) or ""
    macros: dict[str, str] = {}
    waiting, visited = [name], {name}
    while waiting:
        for part in _PART.findall(load(waiting.pop()) or ""):
            if part not in visited:
                visited.add(part)
                waiting.append(part)
                other = load(part) or ""
                macros.update((found["name"], found[0]) for found in _MACRO.finditer(other))
                if not other.lstrip().startswith("{") or "macro" not in other:
                    yield other
    yield text
    pending, called = [text], set[str]()
    while pending:
        for word in set(_WORD.findall(pending.pop())) & macros.keys() - called:
            called.add(word)
            pending.append(macros[word])
            yield macros[word]


@lru_cache(maxsize=128)
def _anchors_in(text: str) -> frozenset[ViewAnchor]:
    found: set[ViewAnchor] = set()
    conditions: list[frozenset[str]] = []
    places = sorted(
        [(match.start(), "statement", match) for match in _STATEMENT.finditer(text)]
        + [(match.start(), "anchor", match) for match in _ANCHOR.finditer(text)]
        + [(match.start(), "shared", match) for match in _SHARED.finditer(text)]
        + [(match.start(), "title", match) for match in _TITLE.finditer(text)],
        key=lambda place: place[:2],
    )
    for _, what, match in places:
        around = tuple(each for each in conditions if each)
        if what == "statement":
            _enter(conditions, match["word"], match["rest"])
        elif what == "anchor":
            literals = _FIRST_LITERALS.match(match["arguments"])
            parts = _LITERAL.findall(literals[0] if literals else "")
            is_whole = literals is not None and literals.end() == len(match["arguments"])
            found.add(ViewAnchor("-".join(filter(None, parts)), "whole" if is_whole else "start", around))
        elif what == "title":
            found.add(ViewAnchor(match["text"] or match["plain"], "title", around))
        else:
            found.update(_of_shared(match["macro"], match["arguments"], around))
    ids = (first or second for first, second in _ID.findall(text))
    return frozenset(found).union(ViewAnchor(name, "whole") for name in ids)


def _of_shared(macro: str, written: str, around: tuple[frozenset[str], ...]) -> Iterator[ViewAnchor]:
    """Yield the anchor that a call of a shared macro gives: its name, or its title if it has no name."""
    arguments = [each.strip() for each in _ARGUMENT.findall(written)]
    names = [each.partition("=")[2] for each in arguments if each.startswith("name=")] or arguments[2:3]
    literal = [text for each in (*names, *arguments[:1]) for text in _LITERAL.findall(each)][:1]
    if macro == "section":
        fields = frozenset(_FIELD.findall(written))
        around = (*around, fields) if fields else around
    if names:
        is_whole = bool(_LITERAL.fullmatch(names[0]))
        start = literal[0] if literal else ""
        yield ViewAnchor(
            start if is_whole else start.removesuffix("-"), "whole" if is_whole else "start", around
        )
    elif macro != "more" and literal:
        yield ViewAnchor(literal[0], "title", around)


def _enter(conditions: list[frozenset[str]], word: str, rest: str) -> None:
    if word == "if":
        # What depends on anything else can be there without these fields.
        is_known = not _OTHER.search(_FIELD.sub("", rest))
        conditions.append(frozenset(_FIELD.findall(rest) if is_known else ()))
    elif word in {"elif", "else"} and conditions:
        # The loops of Jinja have an `else`, too: then no condition is known, either.
        conditions[-1] = frozenset()
    elif word == "endif" and conditions:
        conditions.pop()
