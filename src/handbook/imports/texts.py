"""Turn the texts of other programs into plain lines and Markdown."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|del|div|dl|dt|dd|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre"
    r"|s|small|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*["']([^"'<>]*)["']""", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]")
_EMAIL = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.[A-Za-z]{2,}")


def has_html(text: str) -> bool:
    """Return whether a text is HTML."""
    return _TAG.search(text) is not None


def clean(value: Any) -> str:
    """Return a cell as text without characters that no one sees."""
    text = value if isinstance(value, str) else _spelled(value)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _NO_TEXT.sub(
        "", text.replace("\u00a0", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    ).strip()


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(clean, value))
    return str(value)


def as_line(value: Any) -> str:
    """Return a cell as plain text on one line."""
    text = clean(value)
    if has_html(text):
        text = as_markdown(text)
        text = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1 (\2)", text)
        text = re.sub(r"(?<!\w)[*_`]{1,2}|[*_`]{1,2}(?!\w)|\\(?=[^\w\s])", "", text)
    elif _REFERENCE.search(text):
        text = html.unescape(text)
    return " ".join(text.split())


def as_markdown(value: Any) -> str:
    """Return a cell as Markdown: HTML is converted, and plain text is kept so that it is shown as it is."""
    text = clean(value)
    if has_html(text):
        from markdownify import markdownify  # noqa: PLC0415 - texts with HTML only

        # Pages load no images from elsewhere, but can link to them.
        text = _IMAGE.sub(_linked, text)
        found = markdownify(text, heading_style="ATX", bullets="-", strip=["img", "script", "style"])
        text = _ANY_TAG.sub(r"\\<", str(found))
    elif _REFERENCE.search(text):
        text = html.unescape(text)
    lines = [line.rstrip() for line in text.replace("\t", "    ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _linked(image: re.Match[str]) -> str:
    """Return a link to an image."""
    parts = {name.lower(): value for name, value in _ATTRIBUTE.findall(image[0])}
    source, name = parts.get("src", ""), parts.get("alt") or "image"
    return f'<a href="{source}">{name}</a>' if source.startswith("http") else name


def links_in(value: Any) -> list[str]:
    """Return the addresses in a cell, each once."""
    texts = value if isinstance(value, list) else [value]
    found = [each for text in texts for each in _LINK.findall(clean(text))]
    mails = [f"mailto:{each}" for text in texts if not found for each in _EMAIL.findall(clean(text))]
    return list(dict.fromkeys(found or mails))
