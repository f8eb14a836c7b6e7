"""Find the places that refer to an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from handbook.link.catalogue import Entry, Use
from handbook.read.raw import Connection, RawEntry
from handbook.read.schemas.places import walk
from handbook.read.yaml.document import Pointer


class Uses:
    """The places that refer to entries.

    Only the entries that name an ID in their files are looked into, and only when someone asks for it.
    """

    def __init__(
        self,
        references: Iterable[Connection],
        visible: Sequence[tuple[RawEntry, Entry]],
        linked: Mapping[tuple[str, str], Entry],
    ) -> None:
        """Take what refers to entries.

        Args:
            references: All references in the files.
            visible: The entries and pages that the audience can see, as in their files and as shown, in the
                order of the uses.
            linked: The entries that the audience can see, by kind and ID.
        """
        self._visible = [entry for _, entry in visible]
        self._linked = linked
        self._naming = _places_by_name(references, visible)
        self._known: dict[int, Sequence[tuple[Entry, Use]]] = {}
        self._pointers: dict[Pointer, Pointer] = {}

    def of(self, entry: Entry) -> Sequence[Use]:
        """Return the places that refer to an entry."""
        target = self._linked.get((entry.kind.name, entry.id))
        return tuple(
            use
            for place in sorted(self._naming.get(entry.id, ()))
            for named, use in self._uses_in(place)
            if named is target
        )

    def _uses_in(self, place: int) -> Sequence[tuple[Entry, Use]]:
        """Return the references in what the audience can see of one of them, each with what it names."""
        if place not in self._known:
            entry = self._visible[place]
            found: list[tuple[Entry, Use]] = []
            for pointer, shape, value in walk(entry.kind.shape, entry.data):
                names = ((kind, value) for kind in shape.refs if isinstance(value, str))
                named = next((self._linked[name] for name in names if name in self._linked), None)
                if named:
                    # Many entries have references at the same places.
                    found.append((named, Use(entry, self._pointers.setdefault(pointer, pointer))))
            self._known[place] = found
        return self._known[place]


def _places_by_name(
    references: Iterable[Connection], visible: Iterable[tuple[RawEntry, Entry]]
) -> Mapping[str, Sequence[int]]:
    """Return the places in the list of those that name an ID, by ID."""
    places = {id(raw): place for place, (raw, _) in enumerate(visible)}
    found: dict[str, list[int]] = defaultdict(list)
    for raw, _, _, value in references:
        place = places.get(id(raw))
        # The references of an entry follow each other.
        if place is not None and place not in found[value][-1:]:
            found[value].append(place)
    return found
