"""Keep what the readers of a tracker can't see out of its proposals and answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from handbook.base.findings import Finding
from handbook.base.words import shown
from handbook.link.gate import Gate
from handbook.read.audience_fields import keeps_audience
from handbook.read.audiences import AUDIENCES, FIELD, USUAL, may_see
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.schemas.shapes import Shape
from handbook.write.confirming import PAGE, find_page
from handbook.write.errors import NotWrittenError
from handbook.write.operations import find_target
from handbook.write.proposal import Operation

_HIDDEN = "Not everyone who reads this issue may see {}, or it is unknown"
_ADVICE = "Send the change as a message to the owner of the handbook, and delete it here"
_IN_PARTS = {"set", "unset", "insert", "move"}


class Seen:
    """What the readers of a tracker can see of a site."""

    def __init__(self, context: Context, audience: str) -> None:
        """Take the site and the audience of the tracker."""
        self._context = context
        self._gate = Gate(context, audience)
        self._audience = audience

    def refusals(self, operations: Iterable[Operation]) -> Iterator[str]:
        """Yield why operations can't be proposed here, the same whether an entry is hidden or missing."""
        new: set[tuple[str, str]] = set()
        for operation in operations:
            if not self._is_seen(operation, new):
                name = f"{operation.kind} {shown(operation.id)}"
                where = f"{shown(operation.path)} of {name}" if operation.path else name
                yield f"{operation.place}: {_HIDDEN.format(where)}. {_ADVICE}"
            if operation.op in {"add", "rename"}:
                new.add((operation.kind, operation.to or operation.id))

    def said(self, problems: Iterable[str], text: str) -> Iterator[str]:
        """Yield problems without the names of what is hidden, unless the proposal names it.

        Args:
            problems: The problems.
            text: The text of the proposal.
        """
        names = {f"`{entry_id}`" for _, entry_id in self._gate.hidden if f'"{entry_id}"' not in text}
        for problem in problems:
            if not any(name in problem for name in names):
                yield problem
            elif (start := problem.rpartition(". ")[0]) and not any(name in start for name in names):
                yield start
            else:
                yield "There is a problem with something that not everyone who reads this issue may see"

    def is_shown(self, finding: Finding) -> bool:
        """Return whether a finding is in a place that everyone sees."""
        return (finding.kind or "", finding.id or "") not in self._gate.hidden

    def _is_seen(self, operation: Operation, new: Collection[tuple[str, str]]) -> bool:
        """Return whether everyone may see what an operation changes, and what it says."""
        context = self._context
        if operation.kind == PAGE and PAGE not in context.kinds:
            page = find_page(context, operation.id)
            return page is None or page.path not in self._gate.hidden_texts
        kind = context.kinds.get(operation.kind)
        if kind is None:
            return True
        other, _, name = operation.instead.partition("/")
        names = {(kind.name, operation.id), (kind.name, operation.instead), (other, name)}
        entry = context.ids.get(kind.name, {}).get(operation.id)
        if names & self._gate.hidden:
            return False
        if operation.op == "add":
            return self._may_add(kind.shape, operation.value)
        if entry is None:
            # A missing entry must not differ from a hidden one.
            is_new = (kind.name, operation.id) in new
            return is_new or all(name != kind.name for name, _ in self._gate.hidden)
        return self._is_change_seen(entry, operation)

    def _is_change_seen(self, entry: RawEntry, operation: Operation) -> bool:
        if operation.op == "remove":
            return bool(_plain(self._gate.data(entry)) == _plain(entry.value))
        return operation.op not in _IN_PARTS or self._is_part_seen(entry, operation)

    def _may_add(self, shape: Shape, value: Mapping[str, Any]) -> bool:
        said = value.get(FIELD, USUAL) if keeps_audience(shape) else USUAL
        is_open = said not in AUDIENCES or may_see(self._audience, said)
        return is_open and self._may_have(shape, value)

    def _is_part_seen(self, entry: RawEntry, operation: Operation) -> bool:
        """Return whether the value that an operation changes is seen as a whole, and the new one would be."""
        shape: Shape | None = entry.kind.shape
        seen = _plain(self._gate.data(entry))
        try:
            now = find_target(shape, entry.value, operation.path, {})
        except NotWrittenError:
            return True
        try:
            then = find_target(shape, seen, operation.path, {})
        except NotWrittenError:
            return False
        if now.exists and not then.exists:
            return False
        is_whole = operation.op in {"insert", "move"} or _plain(now.value) == then.value
        below = now.shape.items if operation.op == "insert" and now.shape else now.shape
        return is_whole and self._may_have(below, operation.value) and self._are_open(entry, operation.path)

    def _are_open(self, entry: RawEntry, path: str) -> bool:
        """Return whether everyone may see a field and those around it."""
        shape: Shape | None = entry.kind.shape
        for part in path.split("/")[1:]:
            shape = (shape.field(part) or shape.items) if shape else None
            if shape is not None and not may_see(self._audience, shape.audience):
                return False
        return True

    def _may_have(self, shape: Shape | None, value: Any) -> bool:
        """Return whether everyone may see all of a new value."""
        if shape is not None and not may_see(self._audience, shape.audience):
            return False
        if isinstance(value, Mapping):
            return all(
                self._may_have(shape.field(name) if shape else None, part) for name, part in value.items()
            )
        if isinstance(value, list):
            return all(self._may_have(shape.items if shape else None, part) for part in value)
        return True


def _plain(value: Any) -> Any:
    """Return a value as plain dictionaries and lists."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value
