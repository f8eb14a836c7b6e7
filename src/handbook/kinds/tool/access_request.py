"""One message that requests access to several tools."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.base.language import _
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.tool.states import is_active


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
            return _("Please give me access to the tools that I need from the first day.")
        return "\n- ".join((_("Please give me access to:"), *self.lines))


@figure({"tool": ("status", "tags")}, {"tool": ("access.message",)})
def access_request(basis: Basis, tag: str = "day-one") -> AccessRequest:
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
