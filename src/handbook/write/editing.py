"""Change values in a YAML text by position. Everything else in it stays as it is.

Each change makes the smallest edit that comes to mind, reads the result back, and is refused if the text
then says anything else than expected: a value that is repeated elsewhere with an alias, for example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from handbook.read.yaml.changes import Change, changed
from handbook.read.yaml.document import Pointer, read_text
from handbook.write.block_edits import BlockEdits
from handbook.write.changed_values import is_same, part_at, says_same, with_field, with_part, without
from handbook.write.errors import NotWrittenError
from handbook.write.flow_edits import FlowEdits
from handbook.write.lines import Layout
from handbook.write.list_changes import list_changes
from handbook.write.parts import Part, Parts, pointer_text
from handbook.write.replacing import replacements

_Step: TypeAlias = str | int

_ALIAS = "it repeats another part of the file. Write it out first"
_TANGLED = "something else would change with it. Edit the file by hand"


class Editing:
    """A YAML text that is being changed.

    Attributes:
        text: The current text.
        value: Its value.
    """

    def __init__(self, text: str, value: Any, path: str, layout: Layout | None = None) -> None:
        """Take a valid text.

        Args:
            text: The text.
            value: Its value.
            path: The name of its file, for messages.
            layout: How far the file indents, if the text is a part of it.
        """
        self.text = text
        self.value = value
        self._path = path
        self._layout = layout
        self._parts: Parts | None = None

    def set(self, pointer: Pointer, value: Any, behind: str = "") -> None:
        """Give a field or an item a value. What is the same in the old and the new value stays as it is.

        Args:
            pointer: The place. The list or mapping around it exists; the field itself can be new.
            value: The value.
            behind: The field that a new one goes behind; by default, the last one.

        Raises:
            NotWrittenError: It can't be changed without changing something else.
        """
        around = part_at(self.value, pointer[:-1]) if pointer else None
        if isinstance(around, dict) and pointer[-1] not in around:
            self._add(pointer, value, list(around).index(behind) + 1 if behind else len(around))
        else:
            self._become(tuple(pointer), part_at(self.value, pointer), value)

    def unset(self, pointer: Pointer) -> None:
        """Remove a field or an item.

        Raises:
            NotWrittenError: It can't be removed without changing something else.
        """
        *above, last = pointer
        around = part_at(self.value, above)
        if len(around) == 1 and above:
            # An empty list or mapping has no lines of its own.
            self._replace(tuple(above), type(around)())
            return
        self._apply(
            pointer,
            with_part(self.value, above, lambda found: without(found, last)),
            lambda parts, part: _edits(parts, part).remove(part, part.index(last)),
            of_parent=True,
        )

    def insert(self, pointer: Pointer, index: int, value: Any, lines: Sequence[str] = ()) -> None:
        """Add an item to a list.

        Args:
            pointer: The list.
            index: The new position of the item.
            value: The item.
            lines: The item as lines of YAML with its dash; by default, they are made from the value.

        Raises:
            NotWrittenError: It can't be added without changing something else.
        """
        found = part_at(self.value, pointer)
        items = [] if found is None else found
        after = [*items[:index], value, *items[index:]]
        if items:
            self._apply(
                (*pointer, index),
                with_part(self.value, pointer, lambda _: after),
                lambda parts, part: _edits(parts, part).insert(part, index, value, lines),
                of_parent=True,
            )
        else:
            self._replace(tuple(pointer), after, lines)

    def move(self, pointer: Pointer, index: int, to: int) -> None:
        """Give an item of a list another position.

        Args:
            pointer: The list.
            index: The current position of the item.
            to: Its position afterwards.

        Raises:
            NotWrittenError: It can't be moved without changing something else.
        """
        items = part_at(self.value, pointer)
        rest = [*items[:index], *items[index + 1 :]]
        after = [*rest[:to], items[index], *rest[to:]]
        if index != to:
            self._apply(
                (*pointer, index),
                with_part(self.value, pointer, lambda _: after),
                lambda parts, part: _edits(parts, part).move(part, index, to),
                of_parent=True,
            )

    def _become(self, pointer: tuple[_Step, ...], before: Any, after: Any) -> None:
        """Change what differs between two values at a place."""
        if isinstance(before, dict) and isinstance(after, dict) and before and after:
            for name, part in after.items():
                self.set((*pointer, name), part)
            # Last, so that the mapping is never empty.
            for name in before:
                if name not in after:
                    self.unset((*pointer, name))
        elif isinstance(before, list) and isinstance(after, list) and before and after:
            for change, index, value in list_changes(before, after):
                if change == "remove":
                    self.unset((*pointer, index))
                elif change == "insert":
                    self.insert(pointer, index, value)
                else:
                    self.set((*pointer, index), value)
        elif not is_same(before, after):
            self._replace(pointer, after)

    def _add(self, pointer: Pointer, value: Any, index: int) -> None:
        *above, name = pointer
        around = part_at(self.value, above)
        if not around and above:
            self._replace(tuple(above), {name: value})
            return
        self._apply(
            pointer,
            with_part(self.value, above, lambda found: with_field(found, index, str(name), value)),
            lambda parts, part: _edits(parts, part).add(part, index, str(name), value),
            of_parent=True,
        )

    def _replace(self, pointer: tuple[_Step, ...], value: Any, lines: Sequence[str] = ()) -> None:
        before = part_at(self.value, pointer)
        parts = self._read()
        chain = self._chain(parts, pointer)
        expected = with_part(self.value, pointer, lambda _: value)
        candidates = replacements(parts, chain, pointer[-1] if pointer else None, before, value, lines)
        self._accept(pointer, expected, candidates)

    def _apply(
        self,
        pointer: Pointer,
        expected: Any,
        edit: Callable[[Parts, Part], Iterator[Sequence[Change]]],
        *,
        of_parent: bool,
    ) -> None:
        parts = self._read()
        chain = self._chain(parts, pointer[:-1] if of_parent else pointer)
        part = chain[-1]
        if part.style == "*":
            raise self._refusal(
                parts, part, pointer, "it repeats another part of the file. Write it out first"
            )
        self._accept(pointer, expected, edit(parts, part))

    def _accept(self, pointer: Pointer, expected: Any, candidates: Iterator[Sequence[Change]]) -> None:
        """Take the first text that says what it should."""
        parts = self._read()
        try:
            for changes in candidates:
                text = changed(self.text, changes)
                document = read_text(text)
                if not document.faults and says_same(self.text, document.value, expected):
                    self.text, self.value, self._parts = text, document.value, None
                    return
        except KeyError:
            pass
        place = self._chain(parts, pointer[:-1])[-1]
        raise self._refusal(
            parts, place, pointer, "something else would change with it. Edit the file by hand"
        )

    def _read(self) -> Parts:
        if self._parts is None:
            self._parts = Parts(self.text, self._layout)
        return self._parts

    def _chain(self, parts: Parts, pointer: Pointer) -> list[Part]:
        """Return the parts from the outermost one to the one at a pointer."""
        if parts.root is None:
            raise NotWrittenError(f"{self._path} is empty")
        chain = [parts.root]
        for step in pointer:
            part = chain[-1]
            if part.style == "*":
                raise self._refusal(parts, part, pointer, _ALIAS)
            chain.append(part.children[part.index(step)])
        return chain

    def _refusal(self, parts: Parts, part: Part, pointer: Pointer, why: str) -> NotWrittenError:
        place = f"{self._path}:{parts.line(part.start)}:{parts.column(part.start) + 1}"
        return NotWrittenError(f"{place}: Could not change `{pointer_text(pointer)}`: {why}")


def _edits(parts: Parts, part: Part) -> BlockEdits | FlowEdits:
    return BlockEdits(parts) if part.is_block else FlowEdits(parts)
