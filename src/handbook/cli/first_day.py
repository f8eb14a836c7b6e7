"""Say how a new tool gets into the message that requests access on the first day."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.read.context import Context
from handbook.read.first_day import requested_tags
from handbook.read.schemas.kinds import Kind


def first_day_hint(context: Context, kind: Kind) -> Iterator[str]:
    """Yield the line that names the tag, for tools in a handbook with such a message."""
    tags = requested_tags(context.pages) if kind.name == "tool" else ()
    if tags:
        yield f"To request a tool on the first day, add the tag `{tags[0]}` to it."
