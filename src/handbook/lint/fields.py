"""The fields of a template as a schema, so that they are validated and explained like those of sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.words import lower_first, one_of
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.problems import SchemaProblem, SchemaProblemKind
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shapes
from handbook.read.schemas.validation import Validator

TEMPLATE = "template"
VERSION = "template_version"
"""The fields about the template itself in its download."""

_SCHEMA = "document"
# A single word is a note to the writer, not an address.
_ADDRESS = r"^(https?://\S+|mailto:\S+@\S+|(?![A-Za-z][A-Za-z0-9+.-]*:)(?!//)\S*[./#]\S*)$"
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number", "description": "A number without a unit.", "examples": [12]},
    "date": {
        "type": "string",
        "description": "A date, as YYYY-MM-DD.",
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
    "team": {"type": "string", "description": "The ID or the name of a team."},
}


def declared(template: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Return the fields of a template by ID."""
    return {str(field["id"]): field for field in template.get("fields", ()) if "id" in field}


def is_empty(value: object) -> bool:
    """Return whether a value was not filled in."""
    return value is None or (isinstance(value, str) and not value.strip())


def field_problems(
    template: Mapping[str, Any], values: Mapping[str, Any], *, in_yaml: bool
) -> list[SchemaProblem]:
    """Return the problems of the fields of a document, in no particular order.

    Args:
        template: The template.
        values: The fields of the document.
        in_yaml: Whether they are front matter.
    """
    fields = declared(template)
    if not in_yaml:
        return _by_name(fields, values)
    return _problems(fields, values, in_yaml=True)


def _by_name(fields: Mapping[str, Mapping[str, Any]], values: Mapping[str, Any]) -> list[SchemaProblem]:
    """Return the problems with the names of fields in the messages: people never see the IDs."""
    names = {str(field.get("name") or name): name for name, field in fields.items()}
    titles = {name: title for title, name in names.items()}
    by_name = {titles[name]: fields[name] for name in titles}
    problems = _problems(
        by_name, {titles.get(name, name): value for name, value in values.items()}, in_yaml=False
    )
    return [
        problem._replace(pointer=tuple(names.get(str(part), part) for part in problem.pointer))
        for problem in problems
    ]


def _problems(
    fields: Mapping[str, Mapping[str, Any]], values: Mapping[str, Any], *, in_yaml: bool
) -> list[SchemaProblem]:
    empty = {name for name in fields if name in values and is_empty(values[name])}
    required = [name for name, field in fields.items() if field.get("required")]
    problems = [_not_filled_in(name, fields[name], in_yaml=in_yaml) for name in required if name in empty]
    schema = {
        "$id": _SCHEMA,
        "title": "Document",
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in required if name not in empty],
        "properties": {TEMPLATE: {}, VERSION: {}, **{name: _schema(field) for name, field in fields.items()}},
    }
    schemas = {_SCHEMA: schema}
    shape = Shapes().of(schema, Resolver(schemas, _SCHEMA))
    filled_in = {name: value for name, value in values.items() if name not in empty}
    return [*problems, *schema_problems(Validator(schema, schemas), shape, filled_in)]


def _schema(field: Mapping[str, Any]) -> Mapping[str, Any]:
    rule = _TYPES[field.get("type", "text")]
    description = " ".join(filter(None, (field.get("guidance"), rule.get("description"))))
    about = {"title": field.get("name", ""), **({"description": description} if description else {})}
    choices = {"enum": list(field["choices"])} if field.get("choices") else {}
    return {**rule, **about, **choices}


def _not_filled_in(name: str, field: Mapping[str, Any], *, in_yaml: bool) -> SchemaProblem:
    choices = f"one of {one_of(field['choices'])}" if field.get("choices") else ""
    advice = choices or lower_first(field.get("guidance") or field.get("name", ""))
    where = " after the colon, before any `#`" if in_yaml else ""
    hint = f"Enter a value{where}: {advice}"
    return SchemaProblem(SchemaProblemKind.MISSING, (name,), f"Missing value of `{name}`", hint, at_key=True)
