"""Registry of schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource
from referencing.jsonschema import DRAFT202012


def make_registry(schemas: Mapping[str, Mapping[str, Any]]) -> Registry[Any]:
    """Return a registry of schemas by file name; their `$id` is ignored."""

    def retrieve(uri: str) -> Resource[Any]:
        name = uri.rpartition("/")[2]
        if name not in schemas:
            raise NoSuchResource(uri)
        return DRAFT202012.create_resource(schemas[name])

    known = [(name, DRAFT202012.create_resource(schema)) for name, schema in schemas.items()]
    empty: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]  # an attrs alias
    return empty.with_resources(known).crawl()
