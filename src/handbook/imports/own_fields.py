"""Fields of the company's own for columns that no field of the schema can take."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.language import ENGLISH, Language, _, speaking
from handbook.imports.cell import says_nothing
from handbook.imports.dates import days_of
from handbook.imports.fields import NAMESPACE, folded
from handbook.imports.ids import made_id
from handbook.imports.mapping import Mapped, field_for
from handbook.imports.table import Table
from handbook.imports.texts import clean, links_in
from handbook.read.context import Context
from handbook.read.languages import nearest_language, read_strings
from handbook.read.schemas.kinds import SCHEMAS, Kind
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.schemas.shapes import Shapes
from handbook.read.yaml.document import read_document
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError

_PROPERTIES = "properties"
_LONG = 120
_YES_OR_NO = frozenset({"yes", "no", "true", "false", "ja", "nein", "oui", "non"})


def own_fields(
    context: Context, table: Table, kind: Kind, mapped: Mapped
) -> tuple[dict[str, Mapping[str, Any]], Mapped]:
    """Return the new fields for columns without one, if people agreed to that, and the mapping with them."""
    columns = dict(mapped.columns)
    fields: dict[str, Mapping[str, Any]] = {}
    known = kind.shape.properties
    for column in table.columns:
        is_agreed = "fields" in mapped.create or field_for(column) in mapped.create
        if column not in columns and is_agreed:
            name = _field_name(column) or f"column_{len(fields) + 1}"
            while name in known or name in fields:
                name = f"{name}_2"
            columns[column] = name
        path = columns.get(column)
        if path and "." not in path and path != NAMESPACE and path not in known and is_agreed:
            fields[path] = _field(table, column, context.site.language)
    return fields, mapped._replace(columns=columns)


def with_fields(
    context: Context, kind: Kind, fields: Mapping[str, Mapping[str, Any]]
) -> tuple[Context, Kind]:
    """Return a handbook and a kind with new fields."""
    if not fields:
        return context, kind
    schema = {**kind.schema, "properties": {**kind.schema.get("properties", {}), **fields}}
    wider = kind._replace(schema=schema, shape=Shapes().of(schema, kind.resolver))
    return context._replace(kinds={**context.kinds, kind.name: wider}), wider


def add_fields(draft: Draft, kind: Kind, fields: Mapping[str, Mapping[str, Any]]) -> None:
    """Add fields of the company's own to the patch of a schema in a draft."""
    if not fields:
        return
    path = f"{SCHEMAS}/{kind.name}{PATCH_SUFFIX}"
    try:
        draft.put(path, _with_properties(draft.data(path), fields).encode())
    except (ValueError, AttributeError, TypeError) as error:
        raise NotWrittenError(
            f"{path} is invalid. Run `handbook validate` and fix the errors first"
        ) from error


def _with_properties(data: bytes, fields: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a patch with more properties, each on a line of its own. Everything else stays as it is."""
    patch = json.loads(data) if data.strip() else {}
    known = patch.get(_PROPERTIES)
    lines = [f"{_json(name)}: {_json(field)}" for name, field in fields.items()]
    if not known:
        new = "".join(f",\n    {line}" for line in lines)[1:]
        others = {name: part for name, part in patch.items() if name != _PROPERTIES}
        head = "".join(f"  {_json(name)}: {_json(part)},\n" for name, part in others.items())
        return f'{{\n{head}  "{_PROPERTIES}": {{{new}\n  }}\n}}\n'
    document = read_document(data)
    last = (_PROPERTIES, list(known)[-1])
    start, text = document.written(last)
    end = start + len(text)
    key = document.offset(document.key_span(last))
    before = re.search(r"\s*$", document.text[:key])
    between = before[0] if before and "\n" in before[0] else " "
    new = "".join(f",{between}{line}" for line in lines)
    return document.text[:end] + new + document.text[end:]


def _json(value: Any) -> str:
    """Return a value as JSON on one line, as the schemas have it."""
    text = json.dumps(value, ensure_ascii=False)
    return f"{{ {text[1:-1]} }}" if isinstance(value, Mapping) and value else text


def _field_name(column: str) -> str:
    """Return the name of a field for a column; empty if no letter or digit of its title can be in one."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    name = made_id(words).replace("-", "_")
    return name if not name or name[0].isalpha() else f"column_{name}"


def _field(table: Table, column: str, language: str) -> dict[str, Any]:
    """Return the schema of a field for a column that has none."""
    cells = [row.cells[column] for row in table.rows if column in row.cells]
    known = [cell for cell in cells if not says_nothing(cell)]
    title = folded(column)
    code = nearest_language(language) or ENGLISH
    with speaking(Language() if code == ENGLISH else Language(code, read_strings(code).all)):
        description = _("From the column %(column)s of an imported file.", column=column)
    described = {
        "title": title[:1].upper() + title[1:] if "_" in column or title == column else column,
        "description": description,
    }
    return {**described, **_type_of(known)}


def _type_of(cells: Sequence[Any]) -> dict[str, Any]:  # noqa: PLR0911 - one for each type
    if any(isinstance(cell, list) for cell in cells):
        return {"type": "array", "items": {"$ref": "common.schema.json#/$defs/line"}}
    if cells and all(isinstance(cell, bool) or clean(cell).casefold() in _YES_OR_NO for cell in cells):
        return {"type": "boolean"}
    if all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in cells) and cells:
        return {"type": "number"}
    texts = [clean(cell) for cell in cells]
    if texts and all(len(days_of(cell).dates) == 1 and not days_of(cell).rest for cell in cells):
        return {"$ref": "common.schema.json#/$defs/date"}
    if texts and all(links_in(text) == [text] and text.startswith("http") for text in texts):
        return {"$ref": "common.schema.json#/$defs/url"}
    if any("\n" in text or "<" in text or len(text) > _LONG for text in texts):
        return {"$ref": "common.schema.json#/$defs/markdown"}
    return {"$ref": "common.schema.json#/$defs/line"}
