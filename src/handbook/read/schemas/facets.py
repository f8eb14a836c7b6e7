"""Collect every schema that applies to the values at one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.schemas.references import Resolver, UnresolvableError

_IN_PLACE_LISTS = ("allOf", "anyOf", "oneOf")
_IN_PLACE_SCHEMAS = ("if", "then", "else")
_ALWAYS = ("allOf",)
_APPLYING = frozenset({"$ref", "dependentSchemas", *_IN_PLACE_LISTS, *_IN_PLACE_SCHEMAS})
_DEEPEST = 20


class Facet(NamedTuple):
    """A schema that applies at a place.

    Attributes:
        schema: The schema object.
        resolver: Resolves the `$ref`s inside it.
        always: Whether it applies to every value there, not only to some.
    """

    schema: Mapping[str, Any]
    resolver: Resolver
    always: bool


def facets(schema: Mapping[str, Any], resolver: Resolver) -> tuple[Facet, ...]:
    """Yield a schema and every schema it applies to the same value, closest first."""
    seen: set[tuple[int, bool]] = set()
    found: list[Facet] = []

    def collect(schema: Any, resolver: Resolver, depth: int, *, always: bool) -> None:
        # A `$ref` can refer to itself, or to the same place in several ways.
        # Nearly all mappings are of the first type, which is known in less time.
        if not isinstance(schema, (dict, Mapping)) or depth > _DEEPEST or (id(schema), always) in seen:
            return
        seen.add((id(schema), always))
        found.append(Facet(schema, resolver, always))
        if _APPLYING.isdisjoint(schema):
            return
        if isinstance(schema.get("$ref"), str):
            try:
                resolved = resolver.lookup(schema["$ref"])
            except UnresolvableError:
                pass  # the check reports it with its place
            else:
                collect(resolved.contents, resolved.resolver, depth + 1, always=always)
        for keyword in _IN_PLACE_LISTS:
            for part in schema.get(keyword, ()):
                collect(part, resolver, depth + 1, always=always and keyword in _ALWAYS)
        for part in (*map(schema.get, _IN_PLACE_SCHEMAS), *schema.get("dependentSchemas", {}).values()):
            collect(part, resolver, depth + 1, always=False)

    collect(schema, resolver, 0, always=True)
    return tuple(found)
