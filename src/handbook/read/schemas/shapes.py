"""Collect everything that schemas say about the values at one place: names, texts, references, keys of lists.

Schemas distribute this over `$ref`, `allOf` and others. A shape collects it, so that the rest of the engine
can ask "is this Markdown?" or "which fields are allowed?" without knowledge of JSON Schema.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any

from handbook.read.audiences import AUDIENCES, may_see, strictest
from handbook.read.schemas.facets import facets
from handbook.read.schemas.references import Resolver, names_in

_PROSE = "Two words."
"""A text that only the patterns of free text allow."""
_PLAIN = frozenset({"boolean", "integer", "number", "string"})
"""The types of values without fields."""


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
    """

    def __init__(
        self, schema: Mapping[str, Any], resolver: Resolver, known: dict[int, Shape] | None = None
    ) -> None:
        """Collect the contents of a schema.

        Args:
            schema: The schema.
            resolver: Resolves the references in it.
            known: The shapes of subschemas by identity, so that each is collected only once.
        """
        self._known = {} if known is None else known
        self._facet_list = facets(schema, resolver)
        said: dict[str, Any] = {}
        for facet in reversed(self._facet_list):
            said.update(facet.schema)
        self.title: str = said.get("title", "")
        self.description: str = said.get("description", "")
        self.markdown: bool = said.get("x-text") == "markdown"
        self.verbatim: bool = said.get("x-text") == "verbatim"
        self.link: bool = said.get("format") == "uri-reference"
        self.date: bool = said.get("format") == "date"
        self.audience: str = strictest(
            AUDIENCES[0],
            *(facet.schema["x-audience"] for facet in self._facet_list if "x-audience" in facet.schema),
        )
        self.refs: tuple[str, ...] = names_in(said.get("x-ref", ()))
        self.pattern: str = said.get("pattern", "")
        self.off: tuple[str, ...] = tuple(said.get("x-off", ()))
        self.key: str | None = said.get("x-key")
        self.more: bool = said.get("x-more", True)
        self.change: Any = said.get("x-change")
        self.choices: tuple[Any, ...] = tuple(said.get("enum", ()))
        self.titles: Mapping[str, str] = said.get("x-titles", {})
        self.meanings: Mapping[str, str] = said.get("x-meanings", {})
        self.setting: str = (
            f"vocabularies.{said['x-vocabulary']}"
            if "x-vocabulary" in said
            else f"states.{said['x-states']['name']}"
            if "x-states" in said
            else ""
        )
        former = said.get("x-former", {})
        self.former_names: tuple[str, ...] = tuple(former.get("names", ()))
        self.former_values: Mapping[str, str] = {
            old: new for old, new in former.get("values", {}).items() if old not in self.choices
        }
        self.examples: tuple[Any, ...] = tuple(said.get("examples", ()))
        self.default: Any = said.get("default")
        self.types: tuple[str, ...] = names_in(said.get("type", ()))

    def _below(self, schema: Mapping[str, Any], resolver: Resolver) -> Shape:
        """Return the shape of a part of the schema."""
        shape = self._known.get(id(schema))
        if shape is None:
            shape = self._known[id(schema)] = Shape(schema, resolver, self._known)
        return shape

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
        for facet in self._facet_list:
            for name, schema in facet.schema.get("properties", {}).items():
                if isinstance(schema, Mapping):
                    shape = self._below(schema, facet.resolver)
                    first = found.setdefault(name, shape)
                    # A field is hidden from readers if any part of the schema hides it.
                    if not may_see(first.audience, shape.audience):
                        found[name] = copy(first)
                        found[name].audience = shape.audience
        return found

    @cached_property
    def required(self) -> frozenset[str]:
        """Return the required fields."""
        return frozenset(
            name for facet in self._facet_list if facet.always for name in facet.schema.get("required", ())
        )

    @cached_property
    def is_open(self) -> bool:
        """Return whether a value there can have fields that the schema doesn't name."""
        closing = ("additionalProperties", "unevaluatedProperties")
        types = set(self.types) - {"null"}
        is_plain = (bool(types) and types <= _PLAIN) or bool(self.choices)
        return not is_plain and not any(
            facet.schema.get(keyword) is False for facet in self._facet_list for keyword in closing
        )

    @cached_property
    def items(self) -> Shape | None:
        """Return the shape of a list's items, if they have the same one."""
        for facet in self._facet_list:
            if isinstance(facet.schema.get("items"), Mapping):
                return self._below(facet.schema["items"], facet.resolver)
        return None

    @cached_property
    def others(self) -> Shape | None:
        """Return the shape of fields without a name in the schema, if there is one."""
        for facet in self._facet_list:
            for keyword in ("additionalProperties", "unevaluatedProperties"):
                if isinstance(facet.schema.get(keyword), Mapping):
                    return self._below(facet.schema[keyword], facet.resolver)
        return None

    def field(self, name: str) -> Shape | None:
        """Return the shape of a field; none if it is off."""
        if name in self.off_fields:
            return None
        return self.properties.get(name) or self._by_pattern(name) or self.others

    def _by_pattern(self, name: str) -> Shape | None:
        """Return the shape of a field that matches a name pattern of the schema."""
        for facet in self._facet_list:
            for pattern, schema in facet.schema.get("patternProperties", {}).items():
                if isinstance(schema, Mapping) and re.search(pattern, name):
                    return self._below(schema, facet.resolver)
        return None

    def item(self, index: int) -> Shape | None:
        """Return the shape of an item of a list."""
        for facet in self._facet_list:
            first = facet.schema.get("prefixItems", ())
            if index < len(first) and isinstance(first[index], Mapping):
                return self._below(first[index], facet.resolver)
        return self.items

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

    @cached_property
    def traits(self) -> frozenset[str]:
        """Return what there is at this place or below it. Every entry asks, so it is collected at once."""
        found = set[str]()
        for shape in self._all_shapes():
            if shape.former_names or shape.former_values:
                found.add("former name")
            if shape.off_fields:
                found.add("off")
            if shape.titles or shape.meanings:
                found.add("word")
        return frozenset(found)

    def _all_shapes(self) -> Iterator[Shape]:
        """Yield the shape and every shape below it, the closest first."""
        seen: set[int] = set()
        waiting = deque([self])
        while waiting:
            shape = waiting.popleft()
            yield shape
            identity = id(shape._facet_list[0].schema) if shape._facet_list else 0  # noqa: SLF001
            if identity not in seen:
                seen.add(identity)
                waiting += [*shape.properties.values(), *filter(None, (shape.items, shape.others))]
