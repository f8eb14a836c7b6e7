"""Render Markdown fields, as CommonMark with tables, to one line of HTML.

They are rendered separately from the page for three reasons: HTML in them stays text, only safe links are
followed, and the result looks the same as in the web editor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Self

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from handbook.base.text import escape_code
from handbook.link.place import Place

_LOWEST_HEADING = 6
_HEADING_SHIFT = 3  # a field is inside a section of its page


_SENTENCE = re.compile(r"(?<=[\w)\"”*\]][.!?])\s+(?=[\w\"“*\[])")
_WORDS = re.compile(r"[^\W\d_][^\\`*_\[\]<&|~\x00-\x1f\x7f\x85\u2028\u2029]*(?<!\s)")
"""A paragraph without any mark of Markdown, as most texts are."""
_OPENING = 70
"""The fewest characters of an opening."""
_OPENED, _SHOWN = '<a href="', '<img src="'
_ADDRESS = re.compile(rf"(?<={_OPENED})|(?<={_SHOWN})")
"""The place of an address. Any `<` in a text is escaped."""


class _Renderer(RendererHTML):
    """Write text and attributes with our own escaping, and each block without line breaks."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _escape_inline(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<code>{escape_code(tokens[idx].content)}</code>"

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<pre><code>{escape_code(tokens[idx].content)}</code></pre>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.code_block(tokens, idx, options, env)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return " "

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<br>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return an image of the handbook. An image on another host becomes a link, to protect readers."""
        token = tokens[idx]
        source = str(token.attrGet("src") or "")
        alternative = _escape_inline(self.renderInlineAsText(token.children, options, env))
        env["targets"].append(source)
        if ":" in source.partition("/")[0]:
            return f'{_OPENED}">{alternative or _escape_inline(source)}</a>'
        return f'{_SHOWN}" alt="{alternative}">'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        env["targets"].append(str(tokens[idx].attrGet("href") or ""))
        return f'{_OPENED}">'

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{_lowered(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{_lowered(tokens[idx].tag)}>"

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802  # the library's name
        return "".join(f' {name}="{_escape_inline(str(value))}"' for name, value in token.attrItems())


def _escape_inline(text: str) -> str:
    """Escape text inside a line, with the spaces at its ends."""
    return str(escape_code(text))


def _lowered(tag: str) -> str:
    return f"h{min(int(tag[1:]) + _HEADING_SHIFT, _LOWEST_HEADING)}"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    anywhere = Place("index.md")
    parser.validateLink = lambda url: anywhere.resolve(url) is not None  # type: ignore[method-assign]
    return parser


class Rich(str):
    """A Markdown text. It is displayed as blocks; `inline` omits the tags of a single paragraph."""

    __slots__ = ("_place",)
    _place: Place

    @classmethod
    def at(cls, place: Place, text: str) -> Self:
        """Return a Markdown text for a page."""
        rich = cls(text)
        rich._place = place
        return rich

    def __html__(self) -> Markup:
        return Markup(f'<div class="hb-text">{self._blocks()}</div>')  # noqa: S704  # as in `_blocks`

    def _blocks(self) -> Markup:
        if _WORDS.fullmatch(self):
            return Markup(f"<p>{escape_code(self)}</p>")  # noqa: S704  # just escaped
        (html, *pieces), targets = _render(str(self))
        for target, piece in zip(targets, pieces, strict=True):
            # To a browser, `#` as the address of a picture is the page itself.
            nowhere = "" if html.endswith(_SHOWN) else "#"
            html += f"{_escape_inline(self._place.resolve(target) or nowhere)}{piece}"
        return Markup(html)  # noqa: S704  # rendered with everything in it escaped

    @property
    def opening(self) -> Rich:
        """The first sentences, of about a line: what to know without opening the details."""
        return _split(self, self._place)[0]

    @property
    def rest(self) -> Rich | None:
        """What follows the opening; `None` if that is all."""
        return _split(self, self._place)[1]

    @property
    def inline(self) -> Markup:
        """The HTML without paragraph tags, if it is a single paragraph."""
        html = self._blocks()
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return html[len("<p>") : -len("</p>")] if single else html


@lru_cache(maxsize=256)  # Many entries say the same, such as how to get access.
def _render(text: str) -> tuple[list[str], list[str]]:
    """Return the HTML of a text, cut where the addresses of its links belong, and their targets.

    The addresses depend on the page.
    """
    targets: list[str] = []
    html = _parser().render(text, {"targets": targets})
    return _ADDRESS.split(html.strip().replace("\n", " ")), targets


@lru_cache(maxsize=256)  # Views ask for both parts, each several times.
def _split(text: str, place: Place) -> tuple[Rich, Rich | None]:
    """Return the opening of a text, and the rest."""
    whole = Rich.at(place, text)
    blocks = _parser().parse(str(text), {})
    if not blocks or blocks[0].type != "paragraph_open" or not blocks[0].map or "]:" in text:
        return whole, None
    lines = str(text).split("\n")
    first, below = "\n".join(lines[: blocks[0].map[1]]), "\n".join(lines[blocks[0].map[1] :])
    opening, behind = first, ""
    for found in _SENTENCE.finditer(first):
        before, after = first[: found.start()].rstrip(), first[found.end() :]
        if len(before) >= _OPENING and _inline_of(place, before, after) == _inline_of(place, first):
            opening, behind = before, after
            break
    if opening.endswith(":"):
        return whole, None
    rest = f"{behind}\n{below}".strip("\n")
    return Rich.at(place, opening), Rich.at(place, rest) if rest.strip() else None


def _inline_of(place: Place, *texts: str) -> str:
    """Return paragraphs as one, to see whether a sentence can stand alone."""
    return " ".join(Rich.at(place, text).inline for text in texts)
