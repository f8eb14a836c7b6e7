"""Pages as Markdown without HTML: what people have written, with the results of macros."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence

from handbook.base.html_text import html_to_markdown
from handbook.base.markdown_lines import ends_fence, fence_at
from handbook.render.portable.addresses import relinked

Target = Callable[[str], str]
"""Returns the target of a link for one in a text."""

_BLOCK = re.compile(
    r"<(?P<closing>/?)(?P<tag>address|article|aside|blockquote|center|details|div|dl|figure|footer|form|h[1-6]|header"
    r"|nav|ol|p|pre|script|section|style|svg|table|ul)\b(?P<more>[^>]*)>",
    re.IGNORECASE,
)
_IS_MARKDOWN = re.compile(r"\bmarkdown\b", re.IGNORECASE)
_ABOUT_THE_PAGE = re.compile(r"\bclass=[\"']?hb-(?:byline|data|state|trustline)\b")
"""What pages add to their text."""
_CALCULATED = re.compile(r"<(?P<tag>[a-z]+)\b[^>]*\sdata-calculated\b[^>]*>")
_IS_CALCULATED = "data-calculated"
_COMMENT = "<!--"
_LINK = re.compile(r"<a\b[^>]*?\shref=[\"']?([^\"'>\s]*)[^>]*>(.*?)</a>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SMALL = re.compile(r"\s*<small\b[^>]*>(.+?)</small>", re.IGNORECASE | re.DOTALL)
"""What is next to a text, smaller. As text, it is in brackets."""
_STRONG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_TAG = re.compile(r"<(?![a-z][a-z0-9+.-]*:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)/?[a-z][^<>]*>", re.IGNORECASE)
"""A tag, but no address: `<https://example.com>` is a link in Markdown."""
_REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)
_MARKS = frozenset("\\`*_[]<|")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*[#.][^{}\n]*\}[ \t]*$")
_CODE = re.compile(r"(`+)(?:.+?)\1")
_EMPTY_LINES = re.compile(r"\n{3,}")


def without_html(text: str, written: Target, shown: Target) -> str:
    """Return the text of a page with its HTML as Markdown, and without attributes of headings and blocks.

    Args:
        text: The text, without front matter.
        written: The new target of a link in Markdown.
        shown: The new target of a link in HTML.
    """
    parts = [
        part if is_done else relinked(part, written) for is_done, part in _parts(text.split("\n"), shown)
    ]
    return _EMPTY_LINES.sub("\n\n", "\n".join(parts)).strip() + "\n"


def calculated(text: str) -> str:
    """Return the elements of a page that views mark as calculated, each on lines of its own.

    An entry has what is in them, but not in its fields.
    """
    found: list[str] = []
    end = 0
    # Looking for the attribute first is faster than looking at every tag.
    while (at := text.find(_IS_CALCULATED, end)) >= 0:
        start = text.rfind("<", end, at)
        element = _CALCULATED.match(text, start) if start >= 0 else None
        if element is None:
            end = at + len(_IS_CALCULATED)
        else:
            end = _end_of_element(text, start, element["tag"])
            found.append(text[start:end])
    return "\n".join(found)


def _end_of_element(text: str, start: int, tag: str) -> int:
    depth = 0
    for mark in re.compile(rf"<(/?){tag}\b[^>]*>", re.IGNORECASE).finditer(text, start):
        depth += -1 if mark[1] else 1
        if depth == 0:
            return mark.end()
    return len(text)


def _parts(lines: Sequence[str], shown: Target) -> Iterator[tuple[bool, str]]:
    """Yield the text in parts, with whether each comes from HTML."""
    markdown: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = fence_at(line)
        block = None if fence else _BLOCK.match(line.lstrip())
        if fence:
            end = next((n for n in range(at + 1, len(lines)) if ends_fence(lines[n], fence)), len(lines) - 1)
            markdown += lines[at : end + 1]
        elif line.startswith(_COMMENT):
            end = next((n for n in range(at, len(lines)) if "-->" in lines[n]), len(lines) - 1)
        elif block and (block["closing"] or _IS_MARKDOWN.search(block["more"])):
            end = at
            rest = line.lstrip()[block.end() :]
            markdown += [_inline(rest, shown)] if rest.strip() else [""]
        elif block:
            end = _end_of_block(lines, at, block["tag"])
            yield False, "\n".join(markdown)
            markdown.clear()
            if not _ABOUT_THE_PAGE.search(block["more"]):
                found = html_to_markdown(_SMALL.sub(r" (\1)", "\n".join(lines[at : end + 1]))).strip()
                yield True, f"\n{relinked(found, shown)}\n"
        else:
            end = at
            markdown.append(_inline(line, shown))
        at = end + 1
    yield False, "\n".join(markdown)


def _end_of_block(lines: Sequence[str], start: int, tag: str) -> int:
    """Return the line with the end of an element; without one, the last line before a blank one."""
    tags = re.compile(rf"<(/?){tag}\b", re.IGNORECASE)
    depth = 0
    for at in range(start, len(lines)):
        depth += sum(-1 if found[1] else 1 for found in tags.finditer(lines[at]))
        if depth <= 0:
            return at
    return next((at - 1 for at in range(start + 1, len(lines)) if not lines[at].strip()), len(lines) - 1)


def _inline(line: str, shown: Target) -> str:
    """Return a line with its tags and character references as Markdown. Code in it stays as it is."""
    if "{" in line:
        line = _ATTRIBUTES.sub("", line)
    if "<" not in line and "&" not in line:
        return line
    codes: list[str] = []

    def kept(code: re.Match[str]) -> str:
        codes.append(code[0])
        return f"\x03{len(codes) - 1}\x03"

    line = _CODE.sub(kept, line)
    line = _LINK.sub(lambda link: f"[{link[2]}]({shown(link[1])})", line)
    line = _STRONG.sub("**", _BREAK.sub("  ", _SMALL.sub(r" (\1)", line)))
    line = _REFERENCE.sub(_character, _TAG.sub("", line))
    return re.sub("\x03(\\d+)\x03", lambda found: codes[int(found[1])], line)


def _character(reference: re.Match[str]) -> str:
    """Return the character of a reference, as text."""
    character = html.unescape(reference[0])
    return f"\\{character}" if character in _MARKS else character
