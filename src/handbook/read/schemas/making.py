"""Make kinds from schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.language import N_
from handbook.read.pages import PAGE_SCHEMA
from handbook.read.schemas.kinds import GONE_FILE, GONE_SCHEMA, Kind
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.remembered import shapes_of
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import Validator
from handbook.read.settings import SETTINGS_FILE, SETTINGS_SCHEMA


def make_kinds(
    schemas: Mapping[str, Mapping[str, Any]], schemas_key: str = "", *, is_of_engine: bool = False
) -> tuple[dict[str, Kind], Kind | None, Kind | None, Kind | None]:
    """Return the kinds that a set of schemas declares, by name, and three that have no entries of their own.

    These are the settings, the front matter of pages, which can refer to others, and the file of removed
    entries. There is none without its schema.

    Args:
        schemas: Valid schemas by file name, which is also their `$id`.
        schemas_key: What names them in the memory; empty if they aren't to be remembered.
        is_of_engine: Whether they come with the engine, and nothing changes them.
    """
    declared = {name: schema["x-kind"] for name, schema in schemas.items() if "x-kind" in schema}
    others: Mapping[str, Mapping[str, Any]] = {
        SETTINGS_SCHEMA: {"name": "handbook", "sources": [SETTINGS_FILE]},
        PAGE_SCHEMA: {"name": "page", "plural": "pages", "title": N_("Pages")},
        GONE_SCHEMA: {"name": "gone", "sources": [GONE_FILE]},
    }
    names = [*declared, *(name for name in others if name in schemas)]
    shapes = shapes_of(schemas, dict.fromkeys(names), schemas_key, is_of_engine=is_of_engine)
    settings, pages, gone = (
        _make_kind(name, each, schemas, shapes[name]) if name in schemas else None
        for name, each in others.items()
    )
    kinds = {kind["name"]: _make_kind(name, kind, schemas, shapes[name]) for name, kind in declared.items()}
    return kinds, settings, pages, gone


def _make_kind(
    file: str, declared: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]], shape: Shape
) -> Kind:
    schema = schemas[file]
    return Kind(
        name=declared["name"],
        plural=declared.get("plural", ""),
        label=schema.get("title", declared["name"]),
        title=declared.get("title", ""),
        description=schema.get("description", ""),
        sources=tuple(declared.get("sources", ())),
        page=declared.get("page", ""),
        icon=declared.get("icon", ""),
        is_wide=declared.get("wide", False),
        schema=schema,
        shape=shape,
        validator=Validator(schema, schemas),
        resolver=Resolver(schemas, file),
    )
