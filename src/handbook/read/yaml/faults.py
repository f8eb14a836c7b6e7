"""Faults of a file as such, whatever its content."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from yaml import Node


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
    FRONT_MATTER = auto()


class Fault(NamedTuple):
    """A fault of the YAML itself: the problem, its place (offsets in the text), and its fix."""

    kind: FaultKind
    message: str
    hint: str = ""
    start: int = 0
    end: int = 0


def fault_at(node: Node, kind: FaultKind, message: str, hint: str) -> Fault:
    """Return a fault about a whole node."""
    return Fault(kind, message, hint, node.start_mark.index, node.end_mark.index)


def short(text: str, most: int = 60) -> str:
    """Return a piece of the file for a message: on one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
