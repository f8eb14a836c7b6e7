"""Content: HTML in a text of an entry, which readers see as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import with_tool
from handbook.check.texts import Change, free_entry_texts
from handbook.read.context import Context

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "s": "~~", "del": "~~", "strike": "~~"}
"""The Markdown for tags."""
WITHOUT_MEANING = frozenset({"big", "center", "font", "ins", "mark", "small", "span", "u"})
ALONE = frozenset({"br", "hr", "img", "li", "p", "td", "th", "tr"})
"""Tags that need no other one."""
TAG = regex(
    r"<(?P<end>/?)(?P<name>a|b|big|blockquote|br|center|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|"
    r"pre|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?=[\s/>])(?P<rest>[^<>]*)>",
    re.IGNORECASE,
)
REFERENCE = regex(r"&(?:nbsp|amp|lt|gt|quot|apos|[nm]dash|hellip|[lr][sd]quo|euro|#\d{2,5});")
TARGET = regex(r"""\shref\s*=\s*["']?(?P<url>(?:https?://|mailto:)[^\s"'<>()]+)""", re.IGNORECASE)
_TICKS = regex(r"`[^`\n]*`")


@rule(
    "HB342",
    "html-in-text",
    Severity.WARNING,
    reason=(
        "Texts of entries are Markdown or plain, and HTML in them is shown as it is written, with its tags. "
        "Markdown has a form for links, emphasis and code."
    ),
    bad=with_tool('    notes: Read «<a href="https://example.com">the guide</a>».\n'),
    good=with_tool("    notes: Read [the guide](https://example.com).\n"),
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text, is_markdown in free_entry_texts(context, _may_hold_html):
        shown_text = text.text if is_markdown else _TICKS.sub(_blank, text.text)
        found = list(_elements(shown_text, text.written, is_markdown=is_markdown))
        if not found:
            continue
        (start, end, new), *_ = found
        changes: list[Change] = [(begin, stop, by) for begin, stop, by in found if by is not None]
        what = "This text is Markdown" if is_markdown else "This text is plain"
        message = f"{shown(text.written[start:end])} is shown to readers as it is written. {what}, not HTML"
        hint = "Write a space" if new == " " else f"Write {shown(new)}" if new else "Remove the tags"
        yield text.problem(start, end, message, hint, *changes)


def _may_hold_html(text: str) -> bool:
    return ("<" in text and TAG.search(text) is not None) or (
        "&" in text and REFERENCE.search(text) is not None
    )


def _elements(text: str, written: str, *, is_markdown: bool) -> Iterator[tuple[int, int, str | None]]:
    """Yield the elements of a text, or their tags, with what to write instead if that is clear."""
    at = 0
    while tag := TAG.search(text, at):
        at = tag.end()
        name = tag["name"].lower()
        end = re.compile(rf"(?P<inside>[^<>\n]*)</{name}\s*>", re.IGNORECASE).match(written, at)
        is_alone = name not in ALONE and f"</{name}" not in written.lower()
        if is_alone and not tag["end"] and not tag["rest"].strip(" /"):
            continue  # A placeholder, such as `<code>`, that readers fill in.
        if tag["end"] or end is None:
            yield *tag.span(), None
            continue
        at = end.end()
        yield tag.start(), at, _instead(name, tag["rest"], end["inside"].strip(), is_markdown=is_markdown)
    for reference in () if is_markdown else REFERENCE.finditer(text):
        from html import unescape  # noqa: PLC0415 - most texts have none

        yield *reference.span(), unescape(reference[0]).replace("\xa0", " ")


def _instead(name: str, rest: str, inside: str, *, is_markdown: bool) -> str | None:
    """Return what to write instead of an element, if that is clear."""
    if name in WITHOUT_MEANING or (name in MARKS and not is_markdown):
        return inside
    mark = MARKS.get(name)
    if mark and inside and mark[0] not in inside:
        return f"{mark}{inside}{mark}"
    target = (
        TARGET.search(rest) if name == "a" and is_markdown and not {"[", "]"}.intersection(inside) else None
    )
    return f"[{inside}]({target['url']})" if target and inside else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
