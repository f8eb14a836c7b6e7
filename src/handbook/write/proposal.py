"""Read a proposal: changes that someone asks for, as JSON or YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.base.words import nearest, one_of, shown, suggestion
from handbook.read.yaml.document import Document, Pointer, read_document
from handbook.read.yaml.faults import FaultKind
from handbook.read.yaml.limits import MAX_DEPTH

VERSION = 1
"""The version of the format."""
_START = f'Start with "proposal": {VERSION}'

AT_END = ""
"""The place of an item behind all others."""


class ProposalError(HandbookError):
    """Raised for a proposal that cannot be read. The text has a line with its place for each problem."""


class Operation(NamedTuple):
    """One change.

    Attributes:
        op: What to do: a name in `OPERATIONS`.
        kind: The kind of the entry.
        id: Its ID.
        path: The place in it, as a JSON pointer. Items of lists can be named by their keys.
        value: The new value, item or entry.
        after: The item that another one goes behind; `None` to put it first.
        to: The new ID.
        instead: The ID of the entry that replaces a removed one.
        why: The reason for a removal.
        next: The date of the next review.
        place: The place in the proposal, for messages.
    """

    op: str
    kind: str
    id: str
    path: str = ""
    value: Any = None
    after: str | int | None = AT_END
    to: str = ""
    instead: str = ""
    why: str = ""
    next: str = ""
    place: str = ""


class Proposal(NamedTuple):
    """Changes that belong together: all of them are made, or none.

    Attributes:
        operations: The changes, in order.
        base: The revision that the proposer saw; `None` if it is unknown.
        by: Who proposes it; `None` if that is unknown.
        why: The reason, on one line.
    """

    operations: tuple[Operation, ...]
    base: str | None = None
    by: str | None = None
    why: str = ""


_Check = Callable[[Any], str]
"""Returns what a value must be; an empty text if it is."""


def _is_text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "a text"


def _is_line(value: Any) -> str:
    return "" if isinstance(value, str) and "\n" not in value and value.strip() else "a text on one line"


def _is_pointer(value: Any) -> str:
    is_path = isinstance(value, str) and value.startswith("/") and value != "/"
    return "" if is_path and value.count("/") <= MAX_DEPTH else "a path such as `/owner`"


def _is_entry(value: Any) -> str:
    return "" if isinstance(value, dict) and value else "a mapping of fields"


def _is_item(value: Any) -> str:
    is_name = isinstance(value, (str, int)) and not isinstance(value, bool) and value != AT_END
    return "" if value is None or is_name else "the key of an item, or null to put it first"


def _is_day(value: Any) -> str:
    try:
        return "" if isinstance(value, str) and date.fromisoformat(value).isoformat() == value else _DAY
    except ValueError:
        return _DAY


def _is_anything(_value: Any) -> str:
    return ""


_DAY = "a date as YYYY-MM-DD"
_ENTRY: Mapping[str, _Check] = {"op": _is_text, "kind": _is_line, "id": _is_line}

OPERATIONS: Mapping[str, tuple[Mapping[str, _Check], Mapping[str, _Check]]] = {
    "set": ({"path": _is_pointer, "value": _is_anything}, {}),
    "unset": ({"path": _is_pointer}, {}),
    "insert": ({"path": _is_pointer, "value": _is_anything}, {"after": _is_item}),
    "move": ({"path": _is_pointer, "after": _is_item}, {}),
    "add": ({"value": _is_entry}, {}),
    "remove": ({}, {"instead": _is_line, "why": _is_line}),
    "rename": ({"to": _is_line}, {}),
    "confirm": ({}, {"next": _is_day}),
}
"""The required and the optional fields of each operation, besides those that all have."""


def read_proposal(data: bytes, name: str) -> Proposal:
    """Return a proposal.

    Args:
        data: Its text: JSON, or YAML.
        name: The name of its file, for messages.

    Raises:
        ProposalError: It is no valid proposal.
    """
    return _Reader(read_document(data), name).proposal()


class _Reader:
    def __init__(self, document: Document, name: str) -> None:
        self._document = document
        self._name = name
        self._problems: list[str] = []

    def proposal(self) -> Proposal:
        for fault in self._document.faults[:1]:
            span = self._document.fault_span(fault)
            place = f"{self._name}:{span.line}:{span.column}"
            if fault.kind is FaultKind.EMPTY:
                raise ProposalError(f"{place}: Empty proposal", _START)
            raise ProposalError(f"{place}: {fault.message}", fault.hint)
        value: Any = self._document.value
        if isinstance(value, str):
            advice = "Copy the whole issue or message"
            raise ProposalError(f"{self._place(())}: Text without a proposal", advice)
        if not isinstance(value, dict):
            raise ProposalError(f"{self._place(())}: A proposal must be a mapping", _START)
        if value.get("proposal") is not VERSION:
            at = ("proposal",) if "proposal" in value else ()
            self._add(at, "Missing version of the format", f'Use "proposal": {VERSION}')
            # What the rest means depends on it.
            raise self._error()
        either = {"base": _or_null(_is_line), "by": _or_null(_is_line), "why": _or_null(_is_line)}
        self._check(value, (), {"proposal": _is_anything, "operations": _is_anything}, either)
        operations = value.get("operations")
        if isinstance(operations, list) and operations:
            made = [self._operation(index, each) for index, each in enumerate(operations)]
        else:
            made = []
            if "operations" in value:
                self._add(("operations",), "`operations` must be a list with at least one operation")
        if self._problems:
            raise self._error()
        return Proposal(tuple(filter(None, made)), value.get("base"), value.get("by"), value.get("why") or "")

    def _operation(self, index: int, value: Any) -> Operation | None:
        """Return an operation, or note what is wrong with it."""
        at = ("operations", index)
        op = value.get("op") if isinstance(value, dict) else None
        if not isinstance(value, dict):
            self._add(at, "An operation must be a mapping", 'Start with "op"')
        elif "op" not in value:
            self._add(at, "Missing `op`", f"Use {one_of(OPERATIONS)}")
        elif not isinstance(op, str) or op not in OPERATIONS:
            self._add((*at, "op"), f"Unknown operation {shown(op)}", suggestion(str(op), OPERATIONS))
        else:
            return self._known(value, at, op)
        return None

    def _known(self, value: Mapping[str, Any], at: Pointer, op: str) -> Operation | None:
        required, optional = OPERATIONS[op]
        before = len(self._problems)
        self._check(value, at, {**_ENTRY, **required}, optional)
        return Operation(**value, place=self._place(at)) if len(self._problems) == before else None

    def _check(
        self,
        value: Mapping[str, Any],
        at: Pointer,
        required: Mapping[str, _Check],
        optional: Mapping[str, _Check],
    ) -> None:
        known = {**required, **optional}
        misspelt = {nearest(str(name), required) for name in value if name not in known}
        for name in required:
            if name not in value and name not in misspelt:
                self._add(at, f"Missing `{name}`", _where_to_add(name, value, at))
        for name, part in value.items():
            if name not in known:
                self._add((*at, name), f"Unknown field {shown(name)}", suggestion(name, known), key=True)
            elif expected := known[name](part):
                self._add((*at, name), f"`{name}` must be {expected}")

    def _add(self, at: Pointer, message: str, hint: str = "", *, key: bool = False) -> None:
        self._problems.append(f"{self._place(at, key=key)}: {message}{f'. {hint}' if hint else ''}")

    def _error(self) -> ProposalError:
        return ProposalError("\n".join(self._problems))

    def _place(self, at: Pointer, *, key: bool = False) -> str:
        span = (self._document.key_span if key else self._document.start_span)(at)
        return f"{self._name}:{span.line}:{span.column}"


def _where_to_add(name: str, value: Mapping[str, Any], at: Pointer) -> str:
    """Return advice about a missing field: people write the ID with the other fields of an entry."""
    if not at:
        return f"Add `{name}`"
    inside = value.get("value")
    is_inside = name == "id" and isinstance(inside, dict) and name in inside
    return f"{'Move it out of `value`' if is_inside else f'Add `{name}` to the operation'}, next to `op`"


def _or_null(check: _Check) -> _Check:
    return lambda value: "" if value is None else check(value)
