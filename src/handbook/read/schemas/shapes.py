"""Everything that schemas say about the values at one place, for those who don't know JSON Schema.

A shape answers "is this Markdown?" or "which fields are allowed?". It is made from a row, which comes from a
schema or from the memory.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

from handbook.read.audiences import AUDIENCES, may_see
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.rows import Part, Row, collect

_PROSE = "Two words."
"""A text that only the patterns of free text allow."""


class Shape:
    """Everything the schemas say about the values at one place.

    Attributes:
        title: The name for readers, or an empty string.
        description: Its meaning, for editors and the field reference.
        markdown: Whether a text there is Markdown; otherwise it is plain.
        verbatim: Whether a text there is code, or the words of others.
        link: Whether a text there is an address to link to.
        date: Whether a text there is a date.
        audience: The lowest audience that can see a value there.
        refs: The kinds of entries that a text there can refer to, or one `#path` into the same entry.
        off: The kinds that a text there could refer to, but that the settings switch off.
        key: For a list: the field that identifies an item.
        more: Whether pages show a value there if the view does not.
        change: The impact of a change there on readers, from `x-change`.
        choices: The allowed values, if they are listed.
        titles: The names of choices for readers, from `x-titles`.
        meanings: The built-in choice that a choice of the company means, from `x-meanings`.
        setting: The setting for the choices, from `x-vocabulary` or `x-states`; empty without one.
        former_names: The former names of the field, from `x-former`.
        former_values: The current value for each former one, from `x-former`.
        examples: Example values for authors.
        default: The default value, if there is one.
        types: The allowed JSON types; empty for any.
        required: The required fields.
        is_open: Whether a value there can have fields that the schema doesn't name.
        pattern: What a text there has to match; empty if it can be any.
    """

    title: str = ""
    description: str = ""
    markdown: bool = False
    verbatim: bool = False
    link: bool = False
    date: bool = False
    audience: str = AUDIENCES[0]
    refs: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    key: str | None = None
    more: bool = True
    change: Any = None
    choices: tuple[Any, ...] = ()
    titles: Mapping[str, str] = MappingProxyType({})
    meanings: Mapping[str, str] = MappingProxyType({})
    setting: str = ""
    former_names: tuple[str, ...] = ()
    former_values: Mapping[str, str] = MappingProxyType({})
    examples: tuple[Any, ...] = ()
    default: Any = None
    types: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    is_open: bool = True
    pattern: str = ""
    # The parts by which `follow` finds other shapes.
    fields: Sequence[tuple[str, Any]] = ()
    patterns: Sequence[tuple[str, Any]] = ()
    first: Sequence[tuple[int, Any]] = ()
    rest: Any = None
    other: Any = None

    def __init__(self, row: Row, follow: Callable[[Any], Shape]) -> None:
        """Take what schemas say.

        Args:
            row: The attributes that are not as usual.
            follow: Returns the shape for a part of it.
        """
        self.row = row
        self.follow = follow
        self.__dict__.update(row)

    @cached_property
    def properties(self) -> Mapping[str, Shape]:
        """Return the shapes of the named fields, in the schema's order."""
        return {name: shape for name, shape in self._named.items() if not shape.is_off}

    @cached_property
    def off_fields(self) -> Mapping[str, tuple[str, ...]]:
        """Return the named fields that are off, with the kinds that they refer to."""
        return {name: shape.off for name, shape in self._named.items() if shape.is_off}

    @property
    def is_off(self) -> bool:
        """Return whether a value there can refer only to kinds that the settings switch off."""
        return bool(self.off) and not self.refs

    @cached_property
    def _named(self) -> Mapping[str, Shape]:
        found: dict[str, Shape] = {}
        for name, part in self.fields:
            shape = self.follow(part)
            first = found.setdefault(name, shape)
            # A field is hidden from readers if any part of the schema hides it.
            if not may_see(first.audience, shape.audience):
                found[name] = Shape(first.row, first.follow)
                found[name].audience = shape.audience
        return found

    @cached_property
    def items(self) -> Shape | None:
        """Return the shape of a list's items, if they have the same one."""
        return None if self.rest is None else self.follow(self.rest)

    @cached_property
    def others(self) -> Shape | None:
        """Return the shape of fields without a name in the schema, if there is one."""
        return None if self.other is None else self.follow(self.other)

    def field(self, name: str) -> Shape | None:
        """Return the shape of a field; none if it is off."""
        if name in self.off_fields:
            return None
        return self.properties.get(name) or self._by_pattern(name) or self.others

    def _by_pattern(self, name: str) -> Shape | None:
        """Return the shape of a field that matches a name pattern of the schema."""
        found = (part for pattern, part in self.patterns if re.search(pattern, name))
        part = next(found, None)
        return None if part is None else self.follow(part)

    def item(self, index: int) -> Shape | None:
        """Return the shape of an item of a list."""
        part = next((part for at, part in self.first if at == index), None)
        return self.items if part is None else self.follow(part)

    @cached_property
    def is_connected(self) -> bool:
        """Return whether a value there is a reference or the target of references."""
        return bool(self.refs or self.key or self.link or self.markdown)

    @cached_property
    def is_prose(self) -> bool:
        """Return whether a text there is written freely, and not an ID, code or the words of others."""
        has_other_use = self.refs or self.link or self.date or self.choices or self.verbatim
        try:
            return not has_other_use and bool(re.search(self.pattern, _PROSE))
        except re.error:  # another rule reports it
            return False

    @cached_property
    def leads_to_connections(self) -> bool:
        """Return whether this place or any place below it has a connected value."""
        return any(shape.is_connected for shape in self._all_shapes())

    @cached_property
    def ways(self) -> Mapping[str, Shape]:
        """Return the shapes of the named fields that lead to connections: there are few, and many values."""
        return {name: shape for name, shape in self.properties.items() if shape.leads_to_connections}

    @cached_property
    def former_fields(self) -> Mapping[str, str]:
        """Return the current name of each field for its former names."""
        fields = self.properties
        names = ((former, name) for name in fields for former in fields[name].former_names)
        return {former: name for former, name in names if former not in fields}

    @property
    def has_former_names(self) -> bool:
        """Return whether a field or value at this place or below it had another name before."""
        return "former name" in self.traits

    @property
    def has_off_fields(self) -> bool:
        """Return whether a field at this place or below it is off."""
        return "off" in self.traits

    @property
    def has_words(self) -> bool:
        """Return whether a choice at this place or below it has a title or a meaning."""
        return "word" in self.traits

    @property
    def has_item_names(self) -> bool:
        """Return whether a value at this place or below it names an item of the same entry."""
        return "item name" in self.traits

    @cached_property
    def traits(self) -> frozenset[str]:
        """Return what there is at this place or below it. Every entry asks, so it is collected at once."""
        return frozenset(trait for shape in self._all_shapes() for trait in shape.own_traits())

    def own_traits(self) -> Iterator[str]:
        """Yield what there is at this place."""
        if self.former_names or self.former_values:
            yield "former name"
        if self.off_fields:
            yield "off"
        if self.titles or self.meanings:
            yield "word"
        if self.refs and self.refs[0].startswith("#"):
            yield "item name"

    def _all_shapes(self) -> Iterator[Shape]:
        """Yield the shape and every shape below it, the closest first."""
        seen: set[int] = set()
        waiting = deque([self])
        while waiting:
            shape = waiting.popleft()
            yield shape
            if id(shape.row) not in seen:
                seen.add(id(shape.row))
                waiting += shape.below()

    def below(self) -> list[Shape]:
        """Return the shapes of everything directly in a value there, in fields that aren't off."""
        parts = [part for _, part in (*self.patterns, *self.first)]
        named = self.properties.values()
        return [*named, *map(self.follow, parts), *filter(None, (self.items, self.others))]


class Shapes:
    """Makes the shapes of schemas, that of each part only once."""

    def __init__(self) -> None:
        # By the identity of a schema, which the rows keep alive.
        self._known: dict[int, Shape] = {}

    def of(self, schema: Mapping[str, Any], resolver: Resolver) -> Shape:
        """Return the shape of a schema.

        Args:
            schema: The schema.
            resolver: Resolves the references in it.
        """
        return Shape(collect(schema, resolver), self._follow)

    def _follow(self, part: Part) -> Shape:
        schema, resolver = part
        if id(schema) not in self._known:
            self._known[id(schema)] = self.of(schema, resolver)
        return self._known[id(schema)]
