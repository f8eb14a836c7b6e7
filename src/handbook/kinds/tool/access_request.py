"""Messages that request access to tools."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.base.language import _
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.states import is_active, is_ending, is_in_use
from handbook.link.catalogue import Entry
from handbook.read.first_day import FIRST_DAY

_SHORTEST_BLANK = 3
"""The letters from which a word in capitals is something to fill in, such as NAME."""


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """The parts of a message that requests access.

    Attributes:
        tag: The tag that the tools have.
        lines: What to request, one line a tool; empty if no active tool has the tag.
    """

    tag: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The message. A view that joined the lines would escape each of them, and then the message."""
        if not self.lines:
            return _(
                "I start in TEAM on DATE. Which tools do I need from the first day, and who gives me access?"
            )
        return "\n- ".join((_("Please give me access to:"), *self.lines))


@figure({"tool": ("status", "tags")}, {"tool": ("access.message",)})
def access_request(basis: Basis, tag: str = FIRST_DAY) -> AccessRequest:
    """Show one message, to copy, that requests access to all active tools with a tag.

    Each tool has one line: the message of its entry or, without one, its name.

    - `tag`: the tag, such as `day-one`.

    Args:
        basis: The data that figures are calculated from.
        tag: The tag.
    """
    tools = [
        tool for tool in basis.entries("tool") if is_active(tool.data) and tag in tool.data.get("tags", ())
    ]
    tools.sort(key=lambda tool: tool.name.casefold())
    return AccessRequest(tag, tuple(tool.data.get("access", {}).get("message", tool.name) for tool in tools))


@dataclass(frozen=True, slots=True)
class MessagePart:
    """A part of a message.

    Attributes:
        text: The text.
        is_blank: Whether it stands for what the sender fills in.
    """

    text: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """The message that requests access to one tool.

    Attributes:
        pieces: Its parts in order; none if no one has to be asked.
    """

    pieces: tuple[MessagePart, ...]


@figure({"tool": ("access.how",)}, {"tool": ("access.message", "access.approver", "status")})
def tool_request(basis: Basis, tool: Entry) -> ToolRequest:  # noqa: ARG001 - a figure takes a basis
    """Return the message that requests access to a tool.

    Its first sentence asks for the tool, with a reason that the sender fills in. Then comes the message of
    the entry. Without one, it is made from the name, if someone approves the access and the tool can still be
    given to new users.

    Args:
        basis: The data that figures are calculated from.
        tool: An entry of the content type `tool`.
    """
    access = tool.data.get("access", {})
    message = access.get("message", "")
    if not message and access.get("approver") and is_in_use(tool.data) and not is_ending(tool.data):
        message = _("%(tool)s, for NAME, from DATE", tool=tool.name)
    if message:
        reason = _("Please give me access to %(tool)s because REASON.", tool=tool.name)
        message = f"{reason}\n{message}"
    name = set(re.findall(r"\w+", tool.name))
    parts = (part for part in re.split(r"(\w+)", message) if part)
    return ToolRequest(
        tuple(
            MessagePart(part, len(part) >= _SHORTEST_BLANK and part.isupper() and part not in name)
            for part in parts
        )
    )
