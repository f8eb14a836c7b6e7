"""What the status of a tool means. A company can have statuses of its own for each meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.read.values import state_of


def is_in_use(tool: Mapping[str, Any]) -> bool:
    """Return whether people work with a tool."""
    return state_of(tool) in ("active", "trial", "sunset")


def is_active(tool: Mapping[str, Any]) -> bool:
    """Return whether a tool is in regular use, without an end in sight."""
    return state_of(tool) == "active"


def is_proposed(tool: Mapping[str, Any]) -> bool:
    """Return whether a tool is not in use yet."""
    return state_of(tool) == "proposed"


def is_ending(tool: Mapping[str, Any]) -> bool:
    """Return whether a tool should not be used for anything new, or no longer at all."""
    return state_of(tool) in ("sunset", "retired")


def is_gone(tool: Mapping[str, Any]) -> bool:
    """Return whether a tool is no longer available."""
    return state_of(tool) == "retired"
