"""Filter a state for an audience, so that later comparisons reveal nothing hidden from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.compare.states import State
from handbook.link.gate import Gate


def as_seen(state: State, audience: str) -> State:
    """Return the part of a state that an audience can see."""
    if state.context is None:
        return state
    gate = Gate(state.context, audience)
    shown = [raw._replace(value=_open(gate.data(raw))) for raw in state.context.entries if gate.opens_to(raw)]
    return State(state.label, state.context._replace(entries=shown))


def _open(value: Any) -> Any:
    """Return a value as plain dictionaries and lists, like the content of a file."""
    if isinstance(value, Mapping):
        return {name: _open(part) for name, part in value.items()}
    return [_open(part) for part in value] if isinstance(value, tuple) else value
