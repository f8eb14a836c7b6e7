"""What can be wrong with a file before anybody asks what it says."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from yaml import Node


class FaultKind(Enum):
    """The sort of fault; each has a rule of its own."""

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
    """Something wrong with the YAML itself: what, where (offsets in the text), and how to mend it."""

    kind: FaultKind
    message: str
    hint: str = ""
    start: int = 0
    end: int = 0


def fault_at(node: Node, kind: FaultKind, message: str, hint: str) -> Fault:
    """A fault about the whole of a node."""
    return Fault(kind, message, hint, node.start_mark.index, node.end_mark.index)


def short(text: str, most: int = 60) -> str:
    """A piece of the file for a message: one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
