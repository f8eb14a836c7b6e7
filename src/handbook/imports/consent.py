"""Create what an import needs in the settings and the handbook lacks: words and namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.text import spelled
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.raw import RawEntry
from handbook.read.settings import NAMESPACES, SETTINGS_FILE
from handbook.read.values import as_mapping
from handbook.read.yaml.document import read_document
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.lines import Writer

_VOCABULARIES, _ADD = "vocabularies", "add"


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
