"""Create what an import needs and the handbook lacks: words, namespaces, fields of the company's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.text import spelled
from handbook.imports.cell import says_nothing
from handbook.imports.dates import days_of
from handbook.imports.fields import folded
from handbook.imports.table import Table
from handbook.imports.texts import clean, links_in
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import SCHEMAS, Kind
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.settings import NAMESPACES, SETTINGS_FILE
from handbook.read.values import as_mapping
from handbook.read.yaml.document import read_document
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.lines import Writer

_VOCABULARIES, _ADD = "vocabularies", "add"
_LONG = 120
_YES_OR_NO = frozenset({"yes", "no", "true", "false", "ja", "nein", "oui", "non"})


def with_namespaces(context: Context, namespaces: Mapping[str, str]) -> Context:
    """Return a handbook whose settings have more namespaces."""
    if context.settings_kind is None or not namespaces:
        return context
    file = Source(SETTINGS_FILE, read_document(b""))
    before = context.setting or RawEntry(context.settings_kind, "", {}, file, (), named_by_file=False)
    known = as_mapping(before.value.get(NAMESPACES))
    setting = before._replace(value={**before.value, NAMESPACES: {**known, **namespaces}})
    return context._replace(setting=setting)


def add_settings(draft: Draft, words: Mapping[str, Mapping[str, str]], namespaces: Mapping[str, str]) -> None:
    """Add words to vocabularies and namespaces to the settings of a draft."""
    if not words and not namespaces:
        return
    if not draft.data(SETTINGS_FILE).strip():
        value: dict[str, Any] = {}
        if words:
            value[_VOCABULARIES] = {name: {_ADD: _words(each)} for name, each in words.items()}
        if namespaces:
            value[NAMESPACES] = dict(namespaces)
        draft.put(SETTINGS_FILE, "".join(f"{line}\n" for line in Writer().fields(value)).encode())
        return
    editing = draft.editing(SETTINGS_FILE)
    if not isinstance(editing.value, dict):
        raise NotWrittenError(f"{SETTINGS_FILE} is invalid. Run `handbook validate` and fix the errors first")
    for name, new in words.items():
        vocabularies = editing.value.get(_VOCABULARIES) or {}
        known = vocabularies.get(name)
        added = known if isinstance(known, list) else (known or {}).get(_ADD, [])
        whole = [*added, *(word for word in _words(new) if word not in added)]
        listed = whole if isinstance(known, list) else {**(known or {}), _ADD: whole}
        editing.set((_VOCABULARIES,), {**vocabularies, name: listed})
    if namespaces:
        editing.set((NAMESPACES,), {**(editing.value.get(NAMESPACES) or {}), **namespaces})
    draft.put_text(SETTINGS_FILE, editing.text)


def _words(texts: Mapping[str, str]) -> list[Any]:
    """Return words as the settings have them: with a title if the ID in words isn't the text, as for CRM."""
    return [
        word if spelled(word) in {text, text[:1].upper() + text[1:]} else {"id": word, "title": text}
        for word, text in texts.items()
    ]


def add_fields(draft: Draft, kind: Kind, fields: Mapping[str, Mapping[str, Any]]) -> None:
    """Add fields of the company's own to the patch of a schema in a draft."""
    if not fields:
        return
    path = f"{SCHEMAS}/{kind.name}{PATCH_SUFFIX}"
    data = draft.data(path)
    try:
        patch = json.loads(data) if data else {}
        properties = {**patch.get("properties", {}), **fields}
    except (ValueError, AttributeError, TypeError) as error:
        raise NotWrittenError(
            f"{path} is invalid. Run `handbook validate` and fix the errors first"
        ) from error
    text = json.dumps({**patch, "properties": properties}, indent=2, ensure_ascii=False)
    draft.put(path, f"{text}\n".encode())


def own_field(table: Table, column: str) -> dict[str, Any]:
    """Return the schema of a field for a column that has none."""
    cells = [row.cells[column] for row in table.rows if column in row.cells]
    known = [cell for cell in cells if not says_nothing(cell)]
    title = folded(column)
    described = {
        "title": title[:1].upper() + title[1:] if "_" in column or title == column else column,
        "description": f"From the column {column} of an imported file.",
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
    if texts and all(len(days_of(cell)) == 1 for cell in cells):
        return {"$ref": "common.schema.json#/$defs/date"}
    if texts and all(links_in(text) == [text] and text.startswith("http") for text in texts):
        return {"$ref": "common.schema.json#/$defs/url"}
    if any("\n" in text or "<" in text or len(text) > _LONG for text in texts):
        return {"$ref": "common.schema.json#/$defs/markdown"}
    return {"$ref": "common.schema.json#/$defs/line"}
