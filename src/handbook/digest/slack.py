"""Slack format of a digest: a message made of Block Kit blocks.

The limits are from https://docs.slack.dev/reference/block-kit/blocks: 150 characters in a header, 3,000
in a section, 50 blocks in a message. The library refuses longer messages, and this module stays below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from slack_sdk.models.blocks import Block, HeaderBlock, MarkdownTextObject, PlainTextObject, SectionBlock

from handbook.digest.news import DigestSection, Line, News, Piece
from handbook.digest.shortening import LONGEST_NAME, LONGEST_WORDS, short
from handbook.link.address import Address

_LONGEST_LINE = 2_500


def message(news: News, address: Address) -> dict[str, Any]:
    """Return the message: its blocks, and the text of the notification."""
    title = short(news.title, HeaderBlock.text_max_length)
    blocks: list[Block] = [HeaderBlock(text=PlainTextObject(text=title, emoji=False))]
    for part in news.parts:
        blocks += map(_section, _texts(part, address))
    return {
        "text": _escaped(title),
        "blocks": [block.to_dict() for block in blocks],
        # A preview of each page would hide the message.
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _section(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True))


def _texts(part: DigestSection, address: Address) -> Iterator[str]:
    """Yield a section in as few texts as the limits allow."""
    lines = [f"• {_line(line, address)}" for line in part.lines]
    lines += [_escaped(part.more)] if part.more else []
    text = f"*{_escaped(part.title)}*"
    for line in lines or [_escaped(part.nothing)]:
        if len(text) + 1 + len(line) > SectionBlock.text_max_length:
            yield text
            text = line
        else:
            text += f"\n{line}"
    yield text


def _line(line: Line, address: Address) -> str:
    return _within(_LONGEST_LINE, (_piece(piece, address) for piece in line))


def _within(most: int, pieces: Iterable[str]) -> str:
    """Join as many whole pieces as fit: half a link would not work."""
    text = ""
    for piece in pieces:
        if len(text) + len(piece) > most:
            return f"{text} …"
        text += piece
    return text


def _piece(piece: Piece, address: Address) -> str:
    url = address.of(piece.page)
    text = _escaped(short(piece.text, LONGEST_NAME if url or piece.strong else LONGEST_WORDS))
    linked = f"<{_escaped(url)}|{text}>" if url else text
    # An asterisk inside the text would end the bold type early.
    return f"*{linked}*" if piece.strong and "*" not in text else linked


def _escaped(text: str) -> str:
    """Return a text without links, mentions or commands for Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
