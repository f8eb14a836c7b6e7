"""The fields that a template asks for, as a schema: they are checked and explained like those of sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.check.schema_problems import SchemaProblem, SchemaProblemKind, schema_problems
from handbook.check.words import lower_first, one_of
from handbook.read.references import Resolver
from handbook.read.shapes import Shape
from handbook.read.validation import Validator

TEMPLATE = "template"
VERSION = "template_version"
"""What the file that a template hands out says of itself."""

_SCHEMA = "document"
# A lone word is a note to the writer, and no address.
_ADDRESS = r"^(https?://\S+|mailto:\S+@\S+|(?![A-Za-z][A-Za-z0-9+.-]*:)(?!//)\S*[./#]\S*)$"
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number", "description": "A number without a unit.", "examples": [12]},
    "date": {
        "type": "string",
        "description": "A day, written year-month-day.",
        "format": "date",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
        "examples": ["2026-09-01"],
    },
    "choice": {"type": "string"},
    "link": {
        "type": "string",
        "description": "An https, http or mailto address, or a relative link.",
        "pattern": _ADDRESS,
        "examples": ["https://example.com/plan"],
    },
    "team": {"type": "string", "description": "The id or the name of a team."},
}


def declared(template: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The fields that a template declares, by id."""
    return {str(field["id"]): field for field in template.get("fields", ())}


def is_empty(value: object) -> bool:
    """Whether nothing was filled in."""
    return value is None or (isinstance(value, str) and not value.strip())


def field_problems(template: Mapping[str, Any], values: Mapping[str, Any]) -> list[SchemaProblem]:
    """What is wrong with the fields of a document, in no particular order."""
    fields = declared(template)
    empty = {name for name in fields if name in values and is_empty(values[name])}
    required = [name for name, field in fields.items() if field.get("required")]
    found = [_not_filled_in(name, fields[name]) for name in required if name in empty]
    schema = {
        "$id": _SCHEMA,
        "title": "Document",
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in required if name not in empty],
        "properties": {TEMPLATE: {}, VERSION: {}, **{name: _schema(field) for name, field in fields.items()}},
    }
    schemas = {_SCHEMA: schema}
    shape = Shape(schema, Resolver(schemas, _SCHEMA))
    filled_in = {name: value for name, value in values.items() if name not in empty}
    return [*found, *schema_problems(Validator(schema, schemas), shape, filled_in)]


def _schema(field: Mapping[str, Any]) -> Mapping[str, Any]:
    rule = _TYPES[field["type"]]
    description = " ".join(filter(None, (field.get("guidance"), rule.get("description"))))
    about = {"title": field["name"], **({"description": description} if description else {})}
    choices = {"enum": list(field["choices"])} if field.get("choices") else {}
    return {**rule, **about, **choices}


def _not_filled_in(name: str, field: Mapping[str, Any]) -> SchemaProblem:
    choices = f"one of {one_of(field['choices'])}" if field.get("choices") else ""
    meant = choices or lower_first(field.get("guidance") or field["name"])
    hint = f"write it right behind the colon, before any `#`: {meant}"
    return SchemaProblem(SchemaProblemKind.MISSING, (name,), f"`{name}` is not filled in", hint, at_key=True)
