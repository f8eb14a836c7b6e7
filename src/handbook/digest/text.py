"""Text format of a digest, for a terminal or an email."""

from __future__ import annotations

from handbook.base.words import visible
from handbook.digest.news import DigestSection, News
from handbook.link.address import Address


def render(news: News, address: Address) -> str:
    """Render the digest, each section below its heading."""
    lines = [visible(news.title), *([address.url] if address.url else [])]
    for part in news.parts:
        lines += ["", part.title, *(f"- {visible(text)}" for text in _items(part))]
    return "\n".join(lines) + "\n"


def _items(part: DigestSection) -> list[str]:
    lines = ["".join(piece.text for piece in line) for line in part.lines]
    return [*lines, *filter(None, [part.more])] or [part.nothing]
