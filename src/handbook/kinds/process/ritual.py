"""Rituals: recurring meetings such as a stand-up, which are processes without steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.read.audiences import may_see
from handbook.read.schemas.shapes import Shape


def is_ritual(process: Mapping[str, Any], shape: Shape, audience: str | None = None) -> bool:
    """Return whether a process is a ritual: it could have steps, but has none.

    Args:
        process: The fields of the process.
        shape: Its schema.
        audience: The audience of the fields; without one, they are complete.
    """
    steps = shape.field("steps")
    is_hidden = audience and steps and not may_see(audience, steps.audience)
    return bool(steps) and not is_hidden and "steps" not in process
