"""Find the places that refer to an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property

from handbook.link.catalogue import Entry, Use
from handbook.read.raw import Connection, RawEntry
from handbook.read.schemas.places import walk


class Uses:
    """The places that refer to entries.

    Only the entries that name an ID in their files are looked into, and only when someone asks for it.
    """

    def __init__(
        self,
        references: Iterable[Connection],
        visible: Sequence[tuple[RawEntry, Entry]],
        linked: Container[tuple[str, str]],
    ) -> None:
        """Take what refers to entries.

        Args:
            references: All references in the files.
            visible: The entries and pages that the audience can see, as in their files and as shown, in the
                order of the uses.
            linked: The kinds and IDs of the entries that the audience can see.
        """
        self._references = references
        self._visible = visible
        self._linked = linked
        self._known: dict[int, Mapping[tuple[str, str], Sequence[Use]]] = {}

    def of(self, entry: Entry) -> Sequence[Use]:
        """Return the places that refer to an entry."""
        key = entry.kind.name, entry.id
        return tuple(
            use
            for place in sorted(self._naming.get(entry.id, ()))
            for use in self._uses_in(place).get(key, ())
        )

    @cached_property
    def _naming(self) -> Mapping[str, set[int]]:
        """Return the places in the list of those that name an ID, by ID."""
        places = {id(raw): place for place, (raw, _) in enumerate(self._visible)}
        found: dict[str, set[int]] = defaultdict(set)
        for raw, _, _, value in self._references:
            if id(raw) in places:
                found[value].add(places[id(raw)])
        return found

    def _uses_in(self, place: int) -> Mapping[tuple[str, str], Sequence[Use]]:
        """Return the references in what the audience can see of one of them, by kind and ID."""
        if place not in self._known:
            _, entry = self._visible[place]
            found: dict[tuple[str, str], list[Use]] = defaultdict(list)
            for pointer, shape, value in walk(entry.kind.shape, entry.data):
                names = ((kind, value) for kind in shape.refs if isinstance(value, str))
                target = next((name for name in names if name in self._linked), None)
                if target:
                    found[target].append(Use(entry, pointer))
            self._known[place] = found
        return self._known[place]
