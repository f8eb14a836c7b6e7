"""Make fields optional, wherever a schema requires them: conditions and alternatives included."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

_LISTS = ("allOf", "anyOf", "oneOf")
_SCHEMAS = ("then", "else")


def without_requirement(schema: Any, names: Collection[str]) -> Any:
    """Return a schema that no longer requires some fields of its object.

    Args:
        schema: The schema of the object.
        names: The fields.
    """
    if not isinstance(schema, Mapping) or not names:
        return schema
    found = dict(schema)
    if isinstance(found.get("required"), list):
        found["required"] = _others(found["required"], names)
    if isinstance(found.get("dependentRequired"), Mapping):
        found["dependentRequired"] = {
            name: _others(needed, names) if isinstance(needed, list) else needed
            for name, needed in found["dependentRequired"].items()
            if name not in names
        }
    for keyword in _LISTS:
        if isinstance(found.get(keyword), list):
            parts = [without_requirement(part, names) for part in found[keyword]]
            # An alternative that only asked for such a field can no longer be met.
            found[keyword] = [part for part in parts if keyword == "allOf" or part != {"required": []}]
            if not found[keyword]:
                del found[keyword]
    for keyword in _SCHEMAS:
        if keyword in found:
            found[keyword] = without_requirement(found[keyword], names)
    if isinstance(found.get("dependentSchemas"), Mapping):
        parts_by_name = found["dependentSchemas"].items()
        found["dependentSchemas"] = {name: without_requirement(part, names) for name, part in parts_by_name}
    return found


def _others(required: list[Any], names: Collection[str]) -> list[Any]:
    return [name for name in required if not isinstance(name, str) or name not in names]
