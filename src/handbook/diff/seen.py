"""Compare what an audience can see, so that the comparison reveals nothing hidden from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.diff.comparison import Comparison, compare_states
from handbook.diff.states import State
from handbook.link.gate import Gate


def compare_as_seen(before: State, after: State, audience: str) -> Comparison:
    """Compare the parts of two states that an audience can see."""
    return compare_states(_as_seen(before, audience), _as_seen(after, audience))


def _as_seen(state: State, audience: str) -> State:
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
