"""Find the entries that cells name: by ID, by name, or by a name that can only be a misspelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook.base.words import Names
from handbook.imports.cells import parts_of
from handbook.imports.fields import folded
from handbook.imports.ids import made_id
from handbook.read.context import Context

_ENTITY = re.compile(r"^(?:group|user|component|resource|system|api|domain):(?:[^/\s]+/)?", re.IGNORECASE)
_TEAM_WORDS = re.compile(r"\b(?:team|squad|group|dept|department|abteilung|the|equipe)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:&|/|\+|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


class Directory:
    """The entries that references can name."""

    def __init__(self, context: Context) -> None:
        self._ids: dict[str, dict[str, str]] = {}
        self._names: dict[str, Names] = {}
        for entry in context.entries:
            value = entry.value
            aliases = value.get("aliases")
            names = [value.get("name"), value.get("title"), *(aliases if isinstance(aliases, list) else ())]
            self.add(entry.kind.name, entry.id, map(str, filter(None, names)))

    def add(self, kind: str, entry_id: str, names: Iterable[str]) -> None:
        """Add an entry."""
        known = self._ids.setdefault(kind, {})
        for name in (entry_id, *names):
            known.setdefault(folded(name), entry_id)
            known.setdefault(short_name(name), entry_id)
        self._names.pop(kind, None)

    def find(self, name: str, kinds: Sequence[str]) -> str | None:
        """Return the ID of the entry that a name means, if there is one."""
        text = _ENTITY.sub("", name)
        for kind in kinds:
            known = self._ids.get(kind, {})
            found = known.get(folded(text)) or known.get(short_name(text))
            if found:
                return found
        for kind in kinds:
            known = self._ids.get(kind, {})
            names = self._names.setdefault(kind, Names(known))
            near = names.certain(folded(text))
            if near:
                return known[near]
        return None

    def split(self, value: object, kinds: Sequence[str]) -> list[str]:
        """Return the names in a cell. A name of an entry can have an "and" in it."""
        found: list[str] = []
        for part in parts_of(value):
            pieces = [part] if self.find(part, kinds) else [each for each in _BETWEEN.split(part) if each]
            found += [_ENTITY.sub("", each) for each in pieces]
        return list(dict.fromkeys(found))


def short_name(name: str) -> str:
    """Return a name without words such as "team", in which lists differ."""
    return folded(_TEAM_WORDS.sub(" ", name)) or folded(name)


def new_reference_id(name: str) -> str:
    """Return the ID of an entry that is made for a name."""
    return made_id(short_name(name)) or made_id(name)
