"""Faults of a file as such, whatever its content."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.read.yaml.changes import Change

if TYPE_CHECKING:
    from yaml import Node


Plain: TypeAlias = Sequence[Any]
"""A fault as a plain value."""


class FaultKind(Enum):
    """The type of fault; each has a rule of its own."""

    UNREADABLE = auto()
    NAME = auto()
    ENCODING = auto()
    CHARACTER = auto()
    SYNTAX = auto()
    DUPLICATE_KEY = auto()
    TAG = auto()
    DOCUMENTS = auto()
    MERGE_KEY = auto()
    ALIAS = auto()
    DEPTH = auto()
    KEY = auto()
    EMPTY = auto()
    NUMBER = auto()
    SPACE = auto()
    FRONT_MATTER = auto()


class Fault(NamedTuple):
    """A fault of the YAML itself: the problem, its place (offsets in the text), and its fix.

    Attributes:
        kind: The type.
        message: The problem.
        hint: What to do.
        start: The offset of its place.
        end: The offset after it.
        changes: The changes that correct it; none if they are unknown.
        is_safe: Whether these are the only right ones, not just likely.
    """

    kind: FaultKind
    message: str
    hint: str = ""
    start: int = 0
    end: int = 0
    changes: tuple[Change, ...] = ()
    is_safe: bool = True


def fault_at(node: Node, kind: FaultKind, message: str, hint: str) -> Fault:
    """Return a fault about a whole node."""
    return Fault(kind, message, hint, node.start_mark.index, node.end_mark.index)


def as_plain(fault: Fault) -> Plain:
    """Return a fault as a plain value, for the memory."""
    return (fault.kind.name, *fault[1:])


def fault_from(plain: Plain) -> Fault:
    """Return the fault of a plain value."""
    kind, message, hint, start, end, changes, is_safe = plain
    found = tuple(Change(*change) for change in changes)
    return Fault(FaultKind[kind], message, hint, start, end, found, is_safe)


def short(text: str, most: int = 60) -> str:
    """Return a piece of the file for a message: on one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
