"""Microsoft Teams format of a digest: an Adaptive Card, as a workflow with a webhook takes it.

The card is made of RichTextBlock, which shows text as it is; TextBlock would read it as Markdown. Its
elements are those of version 1.2 (https://adaptivecards.io/explorer/RichTextBlock.html).
"""

from __future__ import annotations

import json
from typing import Any

from handbook.digest.news import DigestSection, Line, News, Piece
from handbook.digest.shortening import LONGEST_NAME, LONGEST_WORDS, short
from handbook.link.address import Address

_LARGEST = 20_000
"""Bytes of a message. The limit is about 28 KB, but webhooks have refused messages from 21,000 bytes on."""


def message(news: News, address: Address) -> dict[str, Any]:
    """Return the message. If it were too large, the last lines of its longest sections are left out."""
    kept = [len(part.lines) for part in news.parts]
    while True:
        made = _message(news, address, kept)
        if len(json.dumps(made).encode()) <= _LARGEST or not any(kept):
            return made
        kept[kept.index(max(kept))] -= 1


def _message(news: News, address: Address, kept: list[int]) -> dict[str, Any]:
    title = {**_run(Piece(news.title, strong=True), address), "size": "Large"}
    blocks = [_block([title])]
    for part, count in zip(news.parts, kept, strict=True):
        blocks += _section(part, count, address)
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.2",
        "msteams": {"width": "Full"},
        "body": blocks,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}


def _section(part: DigestSection, count: int, address: Address) -> list[dict[str, Any]]:
    """Return the heading of a section and a block for each of its first lines."""
    lines: list[Line] = [(Piece("• "), *line) for line in part.lines[:count]]
    lines += [(Piece("…"),)] if count < len(part.lines) else []
    lines += [(Piece(part.more),)] if part.more else []
    heading = _block([_run(Piece(part.title, strong=True), address)], spacing="Medium")
    return [
        heading,
        *(_block([_run(each, address) for each in line]) for line in lines or [(Piece(part.nothing),)]),
    ]


def _block(runs: list[dict[str, Any]], spacing: str = "Small") -> dict[str, Any]:
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": runs}


def _run(piece: Piece, address: Address) -> dict[str, Any]:
    url = address.of(piece.page)
    text = short(piece.text, LONGEST_NAME if url or piece.strong else LONGEST_WORDS)
    run: dict[str, Any] = {"type": "TextRun", "text": text}
    if piece.strong:
        run["weight"] = "Bolder"
    if url:
        run["selectAction"] = {"type": "Action.OpenUrl", "url": url}
    return run
