"""Find the entries that cells name: by ID, by name, or by a name that can only be a misspelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook.base.words import Names
from handbook.imports.cells import parts_of
from handbook.imports.fields import folded
from handbook.imports.ids import made_id
from handbook.imports.translations import translations_of
from handbook.read.context import Context

_ENTITY = re.compile(r"^(?:group|user|component|resource|system|api|domain):(?:[^/\s]+/)?", re.IGNORECASE)
_TEAM_WORDS = re.compile(r"\b(?:team|squad|group|dept|department|abteilung|the|equipe)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:&|/|\+|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


class Directory:
    """The entries that references can name."""

    def __init__(self, context: Context) -> None:
        self._ids: dict[str, dict[str, str]] = {}
        self._names: dict[str, Names] = {}
        self._titles: dict[str, list[tuple[str, str]]] = {}
        self._by_words: dict[str, dict[frozenset[str], str]] = {}
        for entry in context.entries:
            value = entry.value
            aliases = value.get("aliases")
            names = [value.get("name"), value.get("title"), *(aliases if isinstance(aliases, list) else ())]
            self.add(entry.kind.name, entry.id, map(str, filter(None, names)))

    def add(self, kind: str, entry_id: str, names: Iterable[str]) -> None:
        """Add an entry."""
        known = self._ids.setdefault(kind, {})
        for name in (entry_id, *names):
            self._titles.setdefault(kind, []).append((name, entry_id))
            known.setdefault(folded(name), entry_id)
            known.setdefault(short_name(name), entry_id)
        self._names.pop(kind, None)
        self._by_words.pop(kind, None)

    def find(self, name: str, kinds: Sequence[str]) -> str | None:
        """Return the ID of the entry that a name means, if there is one."""
        text = _ENTITY.sub("", name)
        for kind in kinds:
            known = self._ids.get(kind, {})
            found = known.get(folded(text)) or known.get(short_name(text))
            if found:
                return found
        for kind in kinds:
            near = self._names_of(kind).certain(folded(text))
            if near:
                return self._ids[kind][near]
        return self._find_otherwise(text, kinds)

    def nearest(self, name: str, kinds: Sequence[str]) -> str | None:
        """Return the ID of the entry with the closest name, if any is close enough."""
        found = ((kind, self._names_of(kind).nearest(folded(name))) for kind in kinds)
        return next((self._ids[kind][near] for kind, near in found if near), None)

    def _names_of(self, kind: str) -> Names:
        return self._names.setdefault(kind, Names(self._ids.get(kind, {})))

    def _find_otherwise(self, name: str, kinds: Sequence[str]) -> str | None:
        """Return the ID of the entry whose name has these words in another order or language."""
        wanted = _words_of(name)
        for kind in kinds:
            if kind not in self._by_words:
                named = [
                    (each, entry_id) for each, entry_id in self._ids.get(kind, {}).items() if " " in each
                ]
                self._by_words[kind] = {_words_of(each): entry_id for each, entry_id in reversed(named)}
                for title, entry_id in self._titles.get(kind, ()):
                    for each in translations_of(title):
                        self._by_words[kind].setdefault(_words_of(each), entry_id)
            if wanted in self._by_words[kind]:
                return self._by_words[kind][wanted]
        return None

    def split(self, value: object, kinds: Sequence[str]) -> list[str]:
        """Return the names in a cell. A name of an entry can have an "and" in it."""
        found: list[str] = []
        for part in parts_of(value):
            pieces = [] if self.find(part, kinds) else [each for each in _BETWEEN.split(part) if each]
            # Of two unknown names, no one can tell that they are two: "Marketing and sales".
            is_several = any(self.find(each, kinds) for each in pieces)
            found += [_ENTITY.sub("", each) for each in (pieces if is_several else [part])]
        return list(dict.fromkeys(found))


def _words_of(name: str) -> frozenset[str]:
    return frozenset(folded(_BETWEEN.sub(" ", name)).split())


def short_name(name: str) -> str:
    """Return a name without words such as "team", in which lists differ."""
    return folded(_TEAM_WORDS.sub(" ", name)) or folded(name)


def new_reference_id(name: str) -> str:
    """Return the ID of an entry that is made for a name."""
    return made_id(_TEAM_WORDS.sub(" ", name)) or made_id(name)
