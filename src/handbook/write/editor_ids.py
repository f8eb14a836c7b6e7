"""The IDs that exist, for editors: they complete references, and underline those that are wrong.

The IDs are in a schema of their own, which the other schemas for editors refer to. So a new entry adds one
line with its ID and one with its name, and the other schemas only change with the content types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import SCHEMA_SUFFIX
from handbook.read.schemas.references import names_in

IDS_SCHEMA = f"ids{SCHEMA_SUFFIX}"
"""The schema with the IDs. No other schema can have this name in the folder for editors."""

_REFERENCE = "x-ref"
_EXAMPLES = "examples"
_COMBINING = ("anyOf", "allOf")
"""The keywords for a further condition, the first that a schema doesn't have yet."""


def ids_schema(context: Context) -> dict[str, Any]:
    """Return the schema with the IDs of every content type."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDS_SCHEMA,
        "title": "IDs",
        "description": "The IDs that exist, for editors. Written by `handbook editor`.",
        "$defs": {name: _choices(context, name) for name in sorted(context.kinds)},
    }


def _choices(context: Context, kind: str) -> dict[str, Any]:
    """Return the schema of the IDs of a kind."""
    found = dict(sorted(_named(context.ids.get(kind, {}))))
    # With an unreadable file, an ID that is not known can be right.
    if kind in context.broken_kinds or not found:
        return {}
    what = context.kinds[kind].label.lower()
    return {
        # Without this message, editors list all IDs when one is wrong.
        "errorMessage": f"Unknown {what}. Press Ctrl and the space bar for the IDs that exist.",
        "enum": list(found),
        "enumDescriptions": list(found.values()),
    }


def _named(entries: Mapping[str, RawEntry]) -> Iterator[tuple[str, str]]:
    """Yield each ID with the name of its entry. Inside a namespace, the last part of an ID is enough."""
    for entry_id, entry in entries.items():
        name = " ".join(str(entry.value.get("name") or entry.value.get("title") or entry_id).split())
        yield entry_id, name
        if entry.namespace:
            yield entry_id.rpartition("/")[2], name


def with_ids(schema: Any) -> Any:
    """Return a schema whose references allow only the IDs that exist, and offer no examples of others."""
    if isinstance(schema, list):
        return [with_ids(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    kinds = _kinds_of(schema)
    is_reference = kinds or _kinds_of(schema.get("items"))
    found = {name: with_ids(part) for name, part in schema.items() if name != _EXAMPLES or not is_reference}
    keyword = next((name for name in _COMBINING if name not in schema), None)
    if not kinds or keyword is None:
        return found
    allowed: list[Any] = [{"$ref": f"{IDS_SCHEMA}#/$defs/{name}"} for name in kinds]
    # A list of references has a schema for its items.
    allowed += [{"type": name} for name in _other_types(schema)]
    return {**found, keyword: allowed if keyword == "anyOf" else [{"anyOf": allowed}]}


def _kinds_of(schema: Any) -> Sequence[str]:
    """Return the kinds whose IDs a schema allows."""
    names = names_in(schema.get(_REFERENCE, ())) if isinstance(schema, Mapping) else ()
    return [name for name in names if not name.startswith("#")]


def _other_types(schema: Mapping[str, Any]) -> Sequence[str]:
    return [name for name in names_in(schema.get("type", ())) if name != "string"]
