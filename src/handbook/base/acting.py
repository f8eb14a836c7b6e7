"""Find active content in HTML: anything that would run in a reader's browser instead of being read.

Tags and attributes are read as browsers read them (HTML Standard, 13.2.5, Tokenization). Where a browser
might see a tag, as in the text of an element such as `textarea`, it counts as one: harmless text can
be rewritten, but a script that was mistaken for text can't be undone.

It is long because all that a browser would run is in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from handbook.base.acting_page import SIGNS, WHOLE_PAGE, Markup, reach
from handbook.base.acting_styles import DROPPED, loads
from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BLANK = r"[\t\n\f\r ]"
_VALUE = r"""(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\t\n\f\r >"'][^\t\n\f\r >]*)"""
_NAMED = r"[^\t\n\f\r />][^\t\n\f\r />=]*"
_ATTRIBUTE = regex(rf"(?:{_BLANK}|/)*(?P<name>{_NAMED})(?:{_BLANK}*={_BLANK}*(?P<value>{_VALUE})?)?")
_NAME = regex(r"<(?P<name>[A-Za-z][^\t\n\f\r />]*)")
_TAG = (
    r"</?[A-Za-z][^\t\n\f\r />]*"
    rf"(?:(?:{_BLANK}|/)*{_NAMED}(?:{_BLANK}*={_BLANK}*(?:{_VALUE})?)?)*(?:{_BLANK}|/)*>?"
)
_PIECE = regex(rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|{_TAG}|<[!?/][^>]*>?", re.DOTALL)
_PIECE_OF_TEXT = regex(_TAG)
_TEXT_ELEMENTS = "iframe|noembed|noframes|noscript|plaintext|script|style|textarea|title|xmp"
_TEXT_ELEMENT = regex(rf"<(?:{_TEXT_ELEMENTS})(?![a-z])|<!\[CDATA\[", re.IGNORECASE)
"""Elements whose content is not markup: an apparent comment inside one might end outside of it."""

# A larger number isn't plausible in a text and would take long to check.
_MOST_ATTRIBUTES = 200
_MOST_INSIDE = 50
"""Tags in the attributes of another."""

ACTING_ELEMENTS = frozenset(
    {"applet", "base", "embed", "fencedframe", "frame", "frameset", "iframe", "link", "meta", "object"}
    | {"portal", "script"}
)
"""Elements that run code, load content or move the reader away from the page."""
_JUDGED = ACTING_ELEMENTS | WHOLE_PAGE
_CLASSIFYING = (
    r"(?:download|fill|lang|role|scope|title|aria-[-a-z]+|data-(?!md-|clipboard-)[-a-z]+"
    r"|c[xy]|d|height|points|r[xy]?|viewBox|width|[xy][12]?)"
)
_UNUSUAL = regex(
    rf"<(?!/[a-z]+[0-9]?>|(?!(?:{'|'.join(sorted(_JUDGED))}|{_TEXT_ELEMENTS})[^a-z])[a-z]+[0-9]?"
    r"""(?: (?:class="(?![^"<]*(?:&|md-(?!button)))[^"<]*"|"""
    rf"""{_CLASSIFYING}="[^"<]*"|data-(?!md-|clipboard-)[-a-z]+|download|hidden|open|style="--p:[.0-9]*"|"""
    r"""(?:href|id)="(?!__config)[^":<&\\\x00-\x1f]*"|href="https://[^"<&]*"))* ?/?>)"""
)
"""The start of anything but a tag that surely isn't active. Nearly all tags of our pages are such tags."""
_START = regex("<")
_FORMULA = regex(r"math/\w+(?:; *mode=display)?\Z")
"""The script type that Markdown extensions use for formulas. No browser runs it."""

_ADDRESSES = frozenset({"action", "formaction", "href", "ping", "poster", "src", "xlink:href"})
_SENDING = frozenset({"action", "formaction", "ping"})
"""Attributes with the address of a host that receives data."""
_ANIMATED = frozenset({"by", "from", "to", "values"})
"""SVG attributes that set an address in another attribute."""
_LONGEST = 60
"""The maximum length of a quoted value, in characters."""
_SHOWN = frozenset({"audio", "image", "img", "input", "source", "track", "video"})
"""Elements whose source is shown and never followed, so that it can be inline data."""

_HANDLER = regex(r"on[a-z]")
_SET_BY_ANIMATION = regex(r"href|\Aon", re.IGNORECASE)
_RUNNING = regex(r"(?:blob|data|filesystem|javascript|livescript|mocha|vbscript):", re.IGNORECASE)
_ABROAD = regex(r"(?:https?:|[\\/]{2})", re.IGNORECASE)
_STYLE_TAG = regex(r"</?style(?![^\t\n\f\r />])", re.IGNORECASE)
"""The end of a style, or the start of another one, which is checked separately."""

_REMOVE = "Remove it, use a link or a macro, or ask the owners to add the page to `trusted_files`"

_THEME_SETTINGS = "__config"
"""The ID of the element that holds the theme's settings. The first one on the page counts."""


_SIGNS = (
    *(f"<{element}" for element in sorted(ACTING_ELEMENTS)),
    *("&", "<style", "action=", "attributename", "blob:", "data:", "filesystem:", "ping=", "mocha:"),
    *("script:", "srcdoc", "style=", _THEME_SETTINGS, *SIGNS),
)
"""Every text with active content has one of these, ignoring blanks and case. Handlers are separate."""


class Acting(NamedTuple):
    """A piece of active content.

    Attributes:
        start: The offset of its start.
        end: The offset of its end.
        message: The problem.
        hint: The alternative.
    """

    start: int
    end: int
    message: str
    hint: str


def may_act(text: str) -> bool:
    """Return whether a text might have active content. Most texts don't, and need no parsing."""
    squeezed = "".join(text.casefold().split())
    return any(sign in squeezed for sign in _SIGNS) or _may_handle(squeezed)


def _may_handle(squeezed: str) -> bool:
    """Return whether a text has `on`, more letters and an equals sign."""
    before = squeezed.split("=")[:-1]
    return any("on" in part[len(part.rstrip(_LETTERS)) : -1] for part in before)


def acting_parts(markup: str, kind: Markup = Markup.FILE) -> Iterator[Acting]:
    """Yield the active content of HTML, in order, each part once.

    Args:
        markup: The HTML.
        kind: What it is. On a page, what reaches beyond its own place counts, too.
    """
    for start, end in _pieces(markup, _START if kind is Markup.SOURCE else _UNUSUAL):
        for number, tag in enumerate(_NAME.finditer(markup, start, end)):
            if number > _MOST_INSIDE:
                yield _too_much(tag)
                break
            yield from _judge(markup, tag, kind)


def _pieces(markup: str, tags: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of tags. Comments are skipped as long as they are unambiguous.

    Args:
        markup: The HTML.
        tags: Finds the start of the tags that are of interest.
    """
    at = 0
    while (tag := tags.search(markup, at)) and (piece := _PIECE.search(markup, tag.start())):
        at = piece.end()
        if not piece[0].startswith(("<!--", "<?")):
            yield piece.span()
            if _TEXT_ELEMENT.search(piece[0]):
                break
    else:
        return
    for piece in _PIECE_OF_TEXT.finditer(markup, at):
        yield piece.span()


def runs(address: str) -> bool:
    """Return whether a browser that follows an address would run or unpack it instead of opening a page."""
    return _RUNNING.match(_plain(_decode(address))) is not None


def acting_attributes(
    text: str, start: int, end: int, element: str = "", kind: Markup = Markup.FILE
) -> Iterator[Acting]:
    """Yield the active content in attributes.

    Args:
        text: The text that contains them.
        start: The start of the first one.
        end: The latest end. A `>` ends them, too.
        element: Their element, if it is known.
        kind: What the text is.
    """
    for number, found in enumerate(_attributes(text, start, end)):
        if number > _MOST_ATTRIBUTES:
            yield _too_much(found)
            break
        name = found["name"].casefold()
        value = _decode(_unquote(found["value"] or ""))
        said = _say(name, value, element) or reach(kind, name, value, element)
        if said:
            yield Acting(found.start("name"), found.end(), *said)


def _too_much(found: re.Match[str]) -> Acting:
    return Acting(*found.span(), "This tag has no end", "Close it with `>`")


def _unquote(value: str) -> str:
    if value[:1] in {'"', "'"}:
        return value[1:].removesuffix(value[0])
    return value


def _attributes(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    while found := _ATTRIBUTE.match(text, start, end):
        yield found
        start = found.end()


def _judge(markup: str, tag: re.Match[str], kind: Markup) -> Iterator[Acting]:
    element = tag["name"].casefold()
    if element in ACTING_ELEMENTS and not (element == "script" and _is_formula(markup, tag)):
        yield Acting(*tag.span(), f"`<{element}>` is active in the reader's browser", _REMOVE)
        return
    if element in WHOLE_PAGE and kind is not Markup.FILE:
        yield Acting(*tag.span(), f"`<{element}>` changes the whole page", _REMOVE)
    elif element == "style":
        yield from _loading_style(markup, tag)
    yield from acting_attributes(markup, tag.end(), len(markup), element, kind)


def _is_formula(markup: str, tag: re.Match[str]) -> bool:
    found = islice(_attributes(markup, tag.end(), len(markup)), 2)
    attributes = [(each["name"].casefold(), _unquote(each["value"] or "")) for each in found]
    return len(attributes) == 1 and attributes[0][0] == "type" and bool(_FORMULA.match(attributes[0][1]))


def _loading_style(markup: str, tag: re.Match[str]) -> Iterator[Acting]:
    following = _STYLE_TAG.search(markup, tag.end())
    if loads(markup[tag.end() : following.start() if following else len(markup)]):
        yield Acting(
            tag.start(),
            tag.end(),
            "`<style>` loads something from elsewhere",
            "Remove `@import` and addresses of other hosts from it",
        )


def _say(name: str, value: str, element: str) -> tuple[str, str] | None:
    """Return the problem with an attribute and its fix, if any."""
    remove = f"Remove `{name}`"
    said = None
    if _HANDLER.match(name):
        said = f"`{name}` runs a script in the reader's browser", remove
    elif name == "srcdoc":
        said = "`srcdoc` embeds a page in the page", remove
    elif name == "id" and value == _THEME_SETTINGS:
        said = f"`{value}` is the ID of the theme's settings", "Use another ID"
    elif name == "attributename" and _SET_BY_ANIMATION.search(value):
        said = f"An animation changes {_quote(value)}", remove
    elif name in _ANIMATED and any(map(_RUNNING.match, map(_plain, value.split(";")))):
        said = f"An animation sets an address that runs: {_quote(value)}", remove
    elif name == "style" and loads(value):
        said = "`style` loads something from elsewhere", "Remove the address from it"
    elif name in _ADDRESSES:
        address = _plain(value)
        # An inline image is shown, and nothing in it runs.
        is_shown = element in _SHOWN and address[:5].casefold() == "data:"
        if _RUNNING.match(address) and not is_shown:
            said = f"`{name}` runs in the reader's browser: {_quote(address)}", "Use the address of a page"
        elif name in _SENDING and _ABROAD.match(address):
            said = f"`{name}` sends to another host: {_quote(address)}", "Use a link to that host"
    return said


def _decode(value: str) -> str:
    """Return a value with its character references replaced."""
    if "&" not in value:
        return value
    from html import unescape  # noqa: PLC0415 - its table of names takes long to load, and few texts need it

    return unescape(value)


def _plain(address: str) -> str:
    """Return an address as browsers read it."""
    return DROPPED.sub("", address).lstrip("".join(map(chr, range(33))))


def _quote(value: str) -> str:
    return f"`{value if len(value) <= _LONGEST else value[:_LONGEST] + '…'}`"
