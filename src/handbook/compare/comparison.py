"""Two states, entry by entry: what is new, gone, renamed or changed, what that means, and whom it reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from handbook.check.context import RawEntry
from handbook.compare.states import Name, State
from handbook.compare.values import Difference, Place, differences
from handbook.compare.weights import USUAL, WEIGHTS, Weight, heaviest, weights_at
from handbook.read.audiences import AUDIENCES, FIELD
from handbook.read.audiences import USUAL as EVERYBODY_INSIDE
from handbook.read.former_ids import former_name
from handbook.read.kinds import Kind
from handbook.read.shapes import Shape

FORMER = "former_ids"

What = Literal["added", "removed", "renamed", "changed"]


class EntryChange(NamedTuple):
    """What has become of an entry.

    Attributes:
        what: What happened to it as a whole.
        kind: Its kind, as the later state knows it, or the earlier when it is gone from there.
        id: Its id now, or that it had when it is gone.
        former_id: The id that it had, when it has another now; behind its kind, when that was another.
        name: What it is called now, or was.
        weight: What the change means to readers.
        differences: What is not as it was, in an entry that is there before and after.
        reaches: How many entries refer to it, by the name of their kind.
        entry: The entry where it stands now, or where it stood.
    """

    what: What
    kind: Kind
    id: str
    former_id: str
    name: str
    weight: Weight
    differences: tuple[Difference, ...]
    reaches: Mapping[str, int]
    entry: RawEntry


class Comparison(NamedTuple):
    """What lies between two states.

    Attributes:
        before: What the earlier state is called.
        after: What the later one is called.
        kinds: The kinds of either, by name; of one that both have, the later.
        changes: What has changed, the weightiest first, then by kind and id.
        gaps: What could not be compared, as sentences.
    """

    before: str
    after: str
    kinds: Mapping[str, Kind]
    changes: tuple[EntryChange, ...]
    gaps: tuple[str, ...]

    @property
    def weights(self) -> Mapping[Weight, int]:
        """How many changes have each weight."""
        found = Counter(change.weight for change in self.changes)
        return {weight: found[weight] for weight in WEIGHTS}


def compare(before: State, after: State) -> Comparison:
    """What lies between two states of a handbook."""
    changes = sorted(
        _changes(before, after),
        key=lambda change: (WEIGHTS.index(change.weight), change.kind.name, change.id),
    )
    gaps = [f"in {state.label}, {gap}" for state in (before, after) for gap in state.gaps]
    kinds = {**before.kinds, **after.kinds}
    return Comparison(before.label, after.label, kinds, tuple(changes), tuple(gaps))


def _changes(before: State, after: State) -> Iterator[EntryChange]:
    renamed = _renamed(before, after)
    for name, entry in after.entries.items():
        was = renamed.get(name, name)
        then = before.entries.get(was)
        if then is None:
            yield _change("added", entry, after)
            continue
        # Two kinds have no fields to compare.
        found = tuple(_differences(then, entry)) if was[0] == name[0] else ()
        if was != name:
            former_id = was[1] if was[0] == name[0] else "/".join(was)
            yield _change("renamed", entry, after, found)._replace(former_id=former_id)
        elif found:
            yield _change("changed", entry, after, found)
    kept = {renamed.get(name, name) for name in after.entries}
    for name, entry in before.entries.items():
        if name not in kept:
            yield _change("removed", entry, before)


_OF_THE_WHOLE: Mapping[What, Sequence[Weight]] = {
    "added": ("notable",),
    # Whoever has the old address is led on; whoever knows the old name has to learn the new one.
    "renamed": ("notable",),
    "changed": (),
    "removed": ("breaking",),
}


def _change(what: What, entry: RawEntry, state: State, found: tuple[Difference, ...] = ()) -> EntryChange:
    reaches = Counter(kind for kind, _ in state.users((entry.kind.name, entry.id)))
    called = entry.value.get("name") or entry.value.get("title") or entry.id
    return EntryChange(
        what,
        entry.kind,
        entry.id,
        "",
        " ".join(str(called).split()),
        heaviest([*_OF_THE_WHOLE[what], *(difference.weight for difference in found)]),
        found,
        dict(sorted(reaches.items())),
        entry,
    )


def _renamed(before: State, after: State) -> Mapping[Name, Name]:
    """The entries that have another id now, with the kind and the id that they had."""
    found: dict[Name, Name] = {}
    for name, entry in after.entries.items():
        former = entry.value.get(FORMER)
        for written in former if isinstance(former, list) and name not in before.entries else ():
            was = former_name(name[0], str(written))
            if was in before.entries and was not in after.entries and was not in found.values():
                found.setdefault(name, was)
    return found


def _differences(before: RawEntry, after: RawEntry) -> Iterator[Difference]:
    shape = after.kind.shape
    then, now = ({name: part for name, part in raw.value.items() if name != "id"} for raw in (before, after))
    for difference in differences(Place(shape, weights_at(shape, USUAL)), then, now):
        is_audience = difference.place.field == FIELD and _says_who_sees(shape)
        yield difference._replace(weight=_weight_of_audience(difference)) if is_audience else difference


def _says_who_sees(shape: Shape) -> bool:
    field = shape.field(FIELD)
    return field is not None and EVERYBODY_INSIDE in field.choices


def _weight_of_audience(difference: Difference) -> Weight:
    """What is shown to more people cannot be taken back."""
    then, now = (
        AUDIENCES.index(value) if value in AUDIENCES else AUDIENCES.index(EVERYBODY_INSIDE)
        for value in (difference.before, difference.after)
    )
    return "breaking" if now < then else "notable"
