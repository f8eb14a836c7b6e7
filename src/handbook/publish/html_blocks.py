"""Take the HTML of views and macros around Python-Markdown, which reads each of its tags and then repeats it.

A block of HTML is the same before and after, so a short one stands for it while MkDocs renders the page.
Everything else goes through Python-Markdown: headings, text, and each block that isn't as simple as ours.
What is left of many pages is the same but for the title, so it is rendered once.

It is long because what it takes out of a page, it puts back.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, pairwise
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from handbook.base.named_tuples import NamedTuple
from handbook.base.prose import prose
from handbook.base.regex import regex

_BLOCK = (
    "address|article|aside|blockquote|body|canvas|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h[1-6]|header|hgroup|html|iframe|li|main|math|menu|nav|noscript|ol|output|p|pre|script|"
    "section|style|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
_START = regex(rf"^(?P<indent> {{0,3}})<(?P<name>{_BLOCK})(?![\w-])", re.MULTILINE)
_REST = r"""(?:\s+[a-zA-Z_:][-\w:.]*(?:="[^"<>]*")?)*\s*(?P<alone>/?)>"""
"""The rest of a simple tag, after its name."""
_ANCHORS = {"id=": regex(r'\sid="([^"]*)"[^<>]*>'), "name=": regex(r'<a\b[^<>]*\sname="([^"]*)"')}
_HAS_MARKDOWN = regex(r"<[^<>]*\smarkdown\b")
_CHANGED = ("\t", "\r", "\x02", "\x03", "```", "~~~")
_BLANK_LINE = regex(r"\n +\n")
"""What Python-Markdown and its extensions change even within HTML: white space and code."""
_DECLARATION = regex(r"<\?|<!(?!--)")
"""What Python-Markdown cuts, depending on how long the text behind it is, if it has no end."""
_NOT_SIMPLE = regex(rf"<(?!/?[a-z][a-z0-9-]*{_REST})|&(?!#[0-9]+;|#x[0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)")
"""A tag that isn't simple, or an incomplete reference to a character, which Python-Markdown completes."""
_OTHER_RULES = regex(
    r"<(?P<name>iframe|noembed|noframes|noscript|plaintext|script|style|textarea|title|xmp)\b"
)
"""An element in which HTML is read in another way."""

_NAME = "data-hb-block"
_STAND_IN = f'<div {_NAME}="{{}}"></div>'
_STANDS_IN = regex(rf'<div {_NAME}="(\d+)"></div>')

_BUILT_IN = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
)
_OF_PYMDOWN = (
    *(
        "arithmatex",
        "betterem",
        "caret",
        "details",
        "emoji",
        "highlight",
        "inlinehilite",
        "keys",
        "magiclink",
    ),
    *("mark", "smartsymbols", "superfences", "tabbed", "tasklist", "tilde"),
)
HARMLESS = frozenset(
    [
        *_BUILT_IN,
        *(f"markdown.extensions.{name}" for name in _BUILT_IN),
        *(f"pymdownx.{name}" for name in _OF_PYMDOWN),
    ]
)
"""The extensions that don't change blocks of HTML. With others, everything goes through Python-Markdown."""
_CHANGING_WORDS = frozenset(
    f"{package}{name}"
    for package in ("", "markdown.extensions.", "pymdownx.")
    for name in ("abbr", "arithmatex", "extra", "keys", "magiclink", "smartsymbols", "smarty")
)
"""Those of them that can change the words and the signs between them in a title."""
_ATTRIBUTES = r"""(?: [-a-zA-Z]+="[^"<>&@]*")*"""
_WORD = r"(?:[^\W_]|&#[0-9]+;)+"
_TITLE = regex(
    rf'# (?P<shown>(?:<span class="hb-[-a-z ]+"{_ATTRIBUTES}>(?:</?[a-z]+{_ATTRIBUTES}/?>)*'
    rf"</span>)?(?P<name>{_WORD}(?:[ ./-]{_WORD})*)) \{{ #top \}}\n"
)
"""The title of an entry, with its sign. No other title is sure to be the same before and after."""
_TITLE_START = '<h1 id="top">'
_MOST_KEPT = 1000
"""The most different pages to keep, so that they need little memory."""


class Shortened(NamedTuple):
    """The text of a page with short blocks that stand for others.

    Attributes:
        text: The text.
        blocks: The others, in their order.
        anchors: Their anchors.
    """

    text: str
    blocks: tuple[str, ...]
    anchors: frozenset[str]


def are_harmless(extensions: Iterable[object]) -> bool:
    """Return whether Markdown extensions leave blocks of HTML as they are."""
    return all(extension in HARMLESS for extension in extensions)


def shorten(text: str) -> Shortened | None:
    """Return the text of a page with short blocks of HTML; `None` if it has none that can be shortened."""
    taken: list[tuple[int, int]] = []
    anchors: set[str] = set()
    written: list[str] = []
    words = prose(text)
    at = 0
    while start := _START.search(text, at):
        written.append(text[at : start.end()])
        begin, at = start.start("indent"), start.end()
        if words[at - 1] != text[at - 1]:  # In code or a comment.
            continue
        end = _end(text, start)
        if end is None:  # Python-Markdown decides where it ends.
            break
        at = end
        found = None if start["indent"] else _anchors(text[begin:end])
        if found is None or text[end : end + 1] not in {"", "\n"}:
            continue
        anchors |= found
        # Blocks after each other stay as far apart as they are, unless a line above can take in the first.
        if taken and text[taken[-1][1] : begin] in {"\n", "\n\n"} and _is_apart(text, taken[-1][0]):
            begin = taken.pop()[0]
        taken.append((begin, end))
    written.append(text[at:])
    if not taken or _NAME in text or _DECLARATION.search(text) or any(map(_has_markdown, written)):
        return None
    places = [0, *chain.from_iterable(taken), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(places)]
    blocks = tuple(pieces[1::2])
    pieces[1::2] = (_STAND_IN.format(number) for number in range(len(blocks)))
    return Shortened("".join(pieces), blocks, frozenset(anchors))


def restore(rendered: str, shortened: Shortened) -> str | None:
    """Return a rendered page with the blocks in their places; `None` if one has lost its place."""
    parts = _STANDS_IN.split(rendered)
    if parts[1::2] != [str(number) for number in range(len(shortened.blocks))]:
        return None
    parts[1::2] = shortened.blocks
    return "".join(parts)


def _is_apart(text: str, begin: int) -> bool:
    return not begin or text.endswith("\n\n", 0, begin)


def _end(text: str, start: re.Match[str]) -> int | None:
    """Return where an element ends; `None` if it isn't closed."""
    name = start["name"]
    if _OTHER_RULES.match(text, start.end("indent")):
        end = text.find(closing := f"</{name}>", start.end())
        return None if end < 0 else end + len(closing)
    depth = 0
    for tag in _tags(name).finditer(text, start.end("indent")):
        if not tag["alone"]:
            depth += -1 if tag["closing"] else 1
        if not depth:
            return None if tag["alone"] else tag.end()
    return None


@cache
def _tags(name: str) -> re.Pattern[str]:
    """Return what finds the simple tags of an element."""
    return re.compile(rf"<(?P<closing>/?){name}(?![a-z0-9-]){_REST}")


def _has_markdown(text: str) -> bool:
    """Return whether a tag asks for Markdown within its element."""
    return "markdown" in text and _HAS_MARKDOWN.search(text) is not None


def _anchors(block: str) -> set[str] | None:
    """Return the anchors of a block; `None` if the block has more than simple tags and text."""
    if any(mark in block for mark in _CHANGED) or _BLANK_LINE.search(block) or _OTHER_RULES.search(block):
        return None
    if _has_markdown(block):
        return None
    if _NOT_SIMPLE.search(block):
        return None
    patterns = (pattern for sign, pattern in _ANCHORS.items() if sign in block)
    found = (match for pattern in patterns for match in pattern.finditer(block))
    return {html.unescape(match[1]) for match in found if _is_in_tag(block, match.end(1))}


def _is_in_tag(block: str, at: int) -> bool:
    """Return whether a place is in a tag of a block with simple ones. A text can look like a part of one."""
    return block.rfind("<", 0, at) > block.rfind(">", 0, at)


class _Rest(NamedTuple):
    """What is rendered below a title.

    Attributes:
        html: The HTML, from the end of the title on.
        contents: The items of the contents below that of the title.
        anchors: The anchors.
    """

    html: str
    contents: list[Any]
    anchors: frozenset[str]


class AroundMarkdown:
    """Shortens the pages of one build while MkDocs renders them.

    Args:
        config: The configuration.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._shortened: tuple[str, Shortened] | None = None
        self._kept: dict[str, _Rest] = {}
        self._title: re.Match[str] | None = None

    def shorten(self, markdown: str, page: Page) -> str:
        """Return the text to render of the next page, which doesn't render what was rendered already."""
        self._shortened = self._title = None
        vars(page).pop("render", None)  # Of a rendering that ended in an error.
        # Plugins can add extensions until the first page.
        extensions = self._config.markdown_extensions
        found = shorten(markdown) if are_harmless(extensions) else None
        if found is None:
            return markdown
        self._shortened = markdown, found
        # Links depend on the page.
        if "title" in page.meta and "[" not in found.text and _CHANGING_WORDS.isdisjoint(extensions):
            self._title = _TITLE.match(found.text)
        if self._title and (rest := self._kept.get(found.text[self._title.end() :])):
            _give(page, self._title, rest)
        return found.text

    def restore(self, rendered: str, page: Page, files: Files) -> str:
        """Return the HTML of this page, with its whole text again.

        Args:
            rendered: The HTML of the shortened text.
            page: The page.
            files: All files.
        """
        if self._shortened is None:
            return rendered
        if vars(page).pop("render", None) is None and self._title and len(self._kept) < _MOST_KEPT:
            self._keep(rendered, page, self._title)
        page.markdown, found = self._shortened
        whole = restore(rendered, found)
        if whole is None:
            page.render(self._config, files)
            return page.content or ""
        page.present_anchor_ids = (page.present_anchor_ids or set()) | found.anchors
        return whole

    def _keep(self, rendered: str, page: Page, title: re.Match[str]) -> None:
        """Keep what is below the title of a page, unless the title isn't as expected."""
        start, contents = f"{_TITLE_START}{title['shown']}", list(page.toc)
        if rendered.startswith(start) and [(link.title, link.id) for link in contents] == [
            (title["name"], "top")
        ]:
            below = list(map(_as_token, contents[0].children))
            rest = _Rest(rendered[len(start) :], below, frozenset(page.present_anchor_ids or ()))
            self._kept[title.string[title.end() :]] = rest


def _give(page: Page, title: re.Match[str], rest: _Rest) -> None:
    """Give a page its title and what was rendered, instead of rendering it."""

    def render(_config: MkDocsConfig, _files: Files) -> None:
        page.content = f"{_TITLE_START}{title['shown']}{rest.html}"
        page.toc = get_toc([{"level": 1, "id": "top", "name": title["name"], "children": rest.contents}])
        page.present_anchor_ids = set(rest.anchors)

    # An attribute of the object overrides the method of its class.
    vars(page)["render"] = render


def _as_token(link: AnchorLink) -> dict[str, Any]:
    """Return an item of the contents as Python-Markdown gives it to MkDocs."""
    children = list(map(_as_token, link.children))
    return {"level": link.level, "id": link.id, "name": link.title, "children": children}
