"""The catalogue: every entry by kind and ID, with its references and its uses.

It is long because entries, uses and the catalogue refer to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NoReturn

from handbook.base.errors import HandbookError
from handbook.base.language import Language, _
from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span
from handbook.base.words import suggestion
from handbook.link.gate import Gate
from handbook.link.hidden_links import HIDDEN
from handbook.read.readings import Reading
from handbook.read.schemas.kinds import Kind
from handbook.read.settings import says_off
from handbook.read.values import is_example
from handbook.read.yaml.document import Pointer

_ENGLISH = Language()

_set = object.__setattr__


class UnknownEntryError(HandbookError, LookupError):
    """Raised for a kind or an ID that does not exist. The hint is a sentence with the closest name."""


class HiddenEntryError(UnknownEntryError):
    """Raised for an entry that the audience cannot see."""


class Entry:
    """An entry that passed every check. It can't be changed.

    Attributes:
        kind: Its kind.
        id: Its ID, unique within the kind.
        path: Its file, relative to the site's folder.
        namespace: The title of its namespace; empty if it is in none.
    """

    # There can be many, and a dictionary takes as much memory as the rest of one.
    __slots__ = ("_can_be_example", "_data", "_find_data", "_find_span", "id", "kind", "namespace", "path")

    kind: Kind
    id: str
    path: str
    namespace: str
    _data: Mapping[str, Any]
    _find_data: Callable[[], Mapping[str, Any]] | None
    _find_span: Callable[[], Span]
    _can_be_example: bool

    def __init__(  # noqa: PLR0913 - everything about an entry
        self,
        kind: Kind,
        entry_id: str,
        path: str,
        *,
        find_data: Callable[[], Mapping[str, Any]],
        find_span: Callable[[], Span] = Span,
        namespace: str = "",
        can_be_example: bool = True,
    ) -> None:
        """Take what is known, and functions for the rest: a command asks few entries for it."""
        _set(self, "kind", kind)
        _set(self, "id", entry_id)
        _set(self, "path", path)
        _set(self, "namespace", namespace)
        _set(self, "_find_data", find_data)
        _set(self, "_find_span", find_span)
        _set(self, "_can_be_example", can_be_example)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"`{name}` of an entry can't be changed")

    @property
    def data(self) -> Mapping[str, Any]:
        """Return its fields as in the file: mappings, tuples and plain values."""
        find = self._find_data
        if find is not None:
            _set(self, "_data", find())
            _set(self, "_find_data", None)
        return self._data

    @property
    def span(self) -> Span:
        """Return where it begins in its file.

        If the public sees only a part of the file, this is the first line, because any other number would
        reveal the rest.
        """
        return self._find_span()

    @property
    def name(self) -> str:
        """Return the name that readers know, with what else they must know of it.

        In a namespace, names repeat, so it includes the namespace. An example says that it is one.
        """
        return self._with_notes(self.short_name)

    @property
    def short_name(self) -> str:
        """Return the name without the namespace and any other note."""
        return str(self.data.get("name", self.id))

    @property
    def brief_name(self) -> str:
        """Return the name where space is short: the field `short_name`, if it has one."""
        return self._with_notes(str(self.data.get("short_name") or self.short_name))

    def _with_notes(self, name: str) -> str:
        known = f"{name} ({self.namespace})" if self.namespace else name
        return _("%(name)s (example)", name=known) if self.is_example else known

    @property
    def is_example(self) -> bool:
        """Return whether it only shows how to write one. Figures don't count it."""
        return self._can_be_example and is_example(self.data)

    @property
    def anchor(self) -> str:
        """Return its ID for anchors."""
        return self.id.replace("/", "-")

    @property
    def is_hidden(self) -> bool:
        """Return whether this is a placeholder for an entry hidden from the audience."""
        return self.id == HIDDEN

    @property
    def page(self) -> str:
        """Return its page, as a path below the docs folder."""
        return f"{self.kind.page}/{self.id}.md".removeprefix("/")


class Use(NamedTuple):
    """A place that refers to an entry.

    Attributes:
        entry: The entry that refers to it.
        pointer: The place in that entry.
    """

    entry: Entry
    pointer: Pointer


class Catalogue:
    """Every entry of a handbook that an audience can see.

    Immutable. The same sources always give the same order.

    Attributes:
        whole: This catalogue with the examples.
    """

    def __init__(  # noqa: PLR0913 - everything the catalogue needs
        self,
        kinds: Mapping[str, Kind],
        entries: Iterable[Entry],
        uses: Callable[[Entry], Sequence[Use]],
        imprints: Iterable[Entry],
        described: Iterable[Kind],
        *,
        gate: Gate,
        language: Language = _ENGLISH,
        off: Collection[str] = (),
        readings: Mapping[tuple[str, str], Sequence[Reading]] = MappingProxyType({}),
    ) -> None:
        by_kind: dict[str, dict[str, Entry]] = {name: {} for name in sorted(kinds)}
        for entry in sorted(entries, key=lambda entry: (entry.kind.name, entry.id)):
            by_kind[entry.kind.name][entry.id] = entry
        self.kinds: Mapping[str, Kind] = MappingProxyType(dict(sorted(kinds.items())))
        self._described = {kind.name: kind for kind in described}
        self.gate = gate
        self.language = language
        self._off = off
        self._readings = readings
        self._nameless = {
            name: Entry(kind, HIDDEN, "", find_data=lambda: MappingProxyType({"name": gate.word}))
            for name, kind in kinds.items()
        }
        self.imprints: Mapping[str, Entry] = MappingProxyType({entry.page: entry for entry in imprints})
        self._known = MappingProxyType({name: MappingProxyType(found) for name, found in by_kind.items()})
        self._entries = self._known
        self._uses = uses
        self.whole: Catalogue = self

    @cached_property
    def counted(self) -> Catalogue:
        """Return the catalogue for figures: no list and no use has an example, but references find them."""
        if not any(entry.is_example for entry in self.all()):
            return self
        entries = {
            kind: MappingProxyType({name: each for name, each in found.items() if not each.is_example})
            for kind, found in self._entries.items()
        }
        from copy import copy  # noqa: PLC0415 - commands that calculate nothing don't need it

        counted = copy(self)
        vars(counted).update(_entries=MappingProxyType(entries))
        return counted

    def kind(self, name: str) -> Kind:
        """Return a kind by name.

        Raises:
            UnknownEntryError: There is no kind of that name, or it is off.
        """
        if name in self._off:
            raise UnknownEntryError(*says_off(name))
        if name not in self.kinds:
            raise UnknownEntryError(f"Unknown content type `{name}`", suggestion(str(name), self.kinds))
        return self.kinds[name]

    def described(self, name: str) -> Kind:
        """Return a kind by name; the settings and the front matter of pages have names, too.

        Raises:
            UnknownEntryError: There is no kind of that name.
        """
        return self._described.get(name) or self.kind(name)

    def entries(self, kind: str) -> Mapping[str, Entry]:
        """Return the entries of a kind by ID, in the order of the IDs.

        Raises:
            UnknownEntryError: There is no kind of that name.
        """
        return self._entries[self.kind(kind).name]

    def entry(self, kind: str, entry_id: str) -> Entry:
        """Return an entry by kind and ID.

        Raises:
            UnknownEntryError: There is no such kind, or no such entry of the kind.
            HiddenEntryError: The audience cannot see the entry.
        """
        found = self._known[self.kind(kind).name]
        if (kind, entry_id) in self.gate.hidden:
            message = f"The entry is hidden from the audience `{self.gate.audience}`"
            raise HiddenEntryError(message, "Use an audience that can see it")
        if entry_id not in found:
            message = f"Unknown {self.kinds[kind].label.lower()} `{entry_id}`"
            raise UnknownEntryError(message, suggestion(str(entry_id), found))
        return found[entry_id]

    def resolve(self, kinds: Iterable[str], entry_id: str) -> Entry | None:
        """Return the entry that a reference names: the first of its kinds with the ID.

        A hidden entry is replaced with a placeholder that has only a name.
        """
        if entry_id == HIDDEN:
            return next((self._nameless[kind] for kind in kinds if kind in self._nameless), None)
        return next(
            (self._known[kind][entry_id] for kind in kinds if entry_id in self._known.get(kind, {})), None
        )

    def uses(self, entry: Entry) -> Sequence[Use]:
        """Return the places that refer to an entry, in the order of kinds, IDs and fields."""
        found = self._uses(entry)
        is_counted = self is not self.whole
        return tuple(use for use in found if not use.entry.is_example) if is_counted else found

    def readings(self, entry: Entry) -> Sequence[Reading]:
        """Return what was measured of an entry, the oldest first; none if the audience can't see it."""
        return self._readings.get((entry.kind.name, entry.id), ())

    def all(self) -> Iterable[Entry]:
        """Return every entry, by kind and ID."""
        for found in self._entries.values():
            yield from found.values()
