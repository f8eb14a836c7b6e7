"""Find IDs that are misspelt in their definition, not in their references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import Names, likeness
from handbook.read.raw import Connection, RawEntry
from handbook.read.yaml.document import Pointer


class Misspelt(NamedTuple):
    """An ID that is misspelt in its definition.

    Attributes:
        entry: The entry.
        meant: The ID that its references use.
        places: The entries that refer to it, with the place in each.
    """

    entry: RawEntry
    meant: str
    places: Sequence[tuple[RawEntry, Pointer]]


def misspelt_ids(
    unresolved: Iterable[Connection],
    references: Iterable[Connection],
    ids: Mapping[str, Mapping[str, RawEntry]],
    former: Container[tuple[str, str]],
    names: Mapping[tuple[str, str], Sequence[str]],
) -> dict[tuple[str, str], Misspelt]:
    """Return IDs that several references use, but that are misspelt in their definition.

    They are recognised by an entry with a similar ID that nothing refers to. If another ID is as similar,
    or the references use the name of an entry, the references are wrong. If that name is the one of the entry
    with the similar ID, such as Orbit of `orbitt`, it shows how to spell the ID.

    Args:
        unresolved: The references that name no entry.
        references: All references.
        ids: The entries by kind and ID.
        former: The kinds and former IDs of entries.
        names: The IDs of entries by their kind and name, in lowercase.
    """
    kinds_of: dict[str, set[str]] = defaultdict(set)
    wanted: dict[tuple[str, str], list[tuple[RawEntry, Pointer]]] = defaultdict(list)
    for entry, pointer, shape, value in unresolved:
        # A former ID is not misspelt, and neither is one of a kind that is off.
        if not shape.off and not any((kind, value) in former for kind in shape.refs):
            for kind in shape.refs:
                wanted[kind, value].append((entry, pointer))
                kinds_of[value].add(kind)
    used = {(kind, value) for _, _, shape, value in references for kind in shape.refs}
    spare = {
        kind: Names(name for name in entries if (kind, name) not in used) for kind, entries in ids.items()
    }
    every = {kind: Names(ids.get(kind, ())) for kind in set().union(*kinds_of.values())}
    found = {}
    for (kind, name), places in wanted.items():
        near = spare[kind].nearest(name) if len(places) > 1 and kind in spare else None
        if near is None:
            continue
        named = {each for other in kinds_of[name] for each in names.get((other, name.casefold()), ())}
        if named and not (named == {near} and name.islower() and name.count("-") == near.count("-")):
            continue
        least = likeness(name, near)
        if not any(
            every[other].nearest(name, least, near if other == kind else "") for other in kinds_of[name]
        ):
            found[kind, name] = Misspelt(ids[kind][near], name, places)
    return found
