"""Two states, entry by entry: what is new, gone, renamed or changed, what that means, and whom it reaches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from handbook.check.context import RawEntry
from handbook.compare.states import Name, State
from handbook.compare.values import Difference, Place, differences
from handbook.compare.weights import USUAL, WEIGHTS, Weight, heaviest, weights_at
from handbook.read.audiences import AUDIENCES, FIELD
from handbook.read.audiences import USUAL as EVERYBODY_INSIDE
from handbook.read.former_ids import FORMER, former_id, former_name
from handbook.read.kinds import Kind
from handbook.read.shapes import Shape

What = Literal["added", "removed", "renamed", "changed"]


class EntryChange(NamedTuple):
    """What has become of an entry.

    Attributes:
        what: What happened to it as a whole.
        kind: Its kind, as the later state knows it, or the earlier when it is gone from there.
        id: Its id now, or that it had when it is gone.
        former_id: The id that it had, when it has another now; behind its kind, when that was another.
        leads_to: The id of the entry that takes its place, when it is gone and one does; behind its kind,
            when that is another.
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
    leads_to: str
    name: str
    weight: Weight
    differences: tuple[Difference, ...]
    reaches: Mapping[str, int]
    entry: RawEntry


class LostId(NamedTuple):
    """An id that led somewhere and leads nowhere now.

    Attributes:
        name: Its kind and the id.
        entry: The entry that it led to, as it stands now, or as it stood when that is gone.
        is_gone: Whether that is gone.
        others: The ids of earlier days that led there and are lost with it, each with its kind.
    """

    name: Name
    entry: RawEntry
    is_gone: bool
    others: tuple[Name, ...] = ()


class Comparison(NamedTuple):
    """What lies between two states.

    Attributes:
        before: What the earlier state is called.
        after: What the later one is called.
        kinds: The kinds of either, by name; of one that both have, the later.
        changes: What has changed, the weightiest first, then by kind and id.
        lost: The ids that lead nowhere now.
        gaps: What could not be compared, as sentences.
    """

    before: str
    after: str
    kinds: Mapping[str, Kind]
    changes: tuple[EntryChange, ...]
    lost: tuple[LostId, ...]
    gaps: tuple[str, ...]

    @property
    def weights(self) -> Mapping[Weight, int]:
        """How many changes have each weight."""
        found = Counter(change.weight for change in self.changes)
        return {weight: found[weight] for weight in WEIGHTS}


def compare(before: State, after: State) -> Comparison:
    """What lies between two states of a handbook."""
    pairs = _pairs(before, after)
    lost = tuple(_lost(before, after, pairs))
    changes = sorted(
        _changes(before, after, pairs, {each.name for each in lost}),
        key=lambda change: (WEIGHTS.index(change.weight), change.kind.name, change.id),
    )
    gaps = [f"in {state.label}, {gap}" for state in (before, after) for gap in state.gaps]
    gaps += _unsure(before, after, pairs)
    kinds = {**before.kinds, **after.kinds}
    return Comparison(before.label, after.label, kinds, tuple(changes), lost, tuple(gaps))


_Pairs = Mapping[Name, Name | None]
"""The entries there are now, each with the name that it had before, if it was there."""


def _pairs(before: State, after: State) -> _Pairs:
    found: dict[Name, Name | None] = {
        name: name if name in before.entries else None for name in after.entries
    }
    for was, entry in after.former.items():
        now = (entry.kind.name, entry.id)
        # Of several former ids the first one counts; what was there under its own id has not been renamed.
        if was in before.entries and found[now] is None:
            found[now] = was
    return found


def _changes(before: State, after: State, pairs: _Pairs, lost: Collection[Name]) -> Iterator[EntryChange]:
    for name, was in pairs.items():
        entry = after.entries[name]
        if was is None:
            if not before.may_hold(name):
                yield _change("added", entry, after)
            continue
        # Two kinds have no fields to compare.
        found = tuple(_differences(before.entries[was], entry, lost)) if was[0] == name[0] else ()
        if was != name:
            yield _change("renamed", entry, after, found)._replace(former_id=former_id(name[0], was))
        elif found:
            yield _change("changed", entry, after, found)
    kept = set(pairs.values())
    for name, entry in before.entries.items():
        if name in kept or after.may_hold(name):
            continue
        change = _change("removed", entry, before)
        heir = after.former.get(name)
        if heir:
            # Whoever has the old address is led on.
            leads_to = former_id(name[0], (heir.kind.name, heir.id))
            change = change._replace(weight="notable", leads_to=leads_to)
        yield change


def _lost(before: State, after: State, pairs: _Pairs) -> Iterator[LostId]:
    """The ids that lead nowhere any more."""

    def is_lost(name: Name) -> bool:
        return name not in after.entries and name not in after.former and not after.may_hold(name)

    former: dict[Name, list[Name]] = defaultdict(list)
    for name, entry in before.former.items():
        if is_lost(name):
            former[entry.kind.name, entry.id].append(name)
    now = {**{was: after.entries[name] for name, was in pairs.items() if was}, **after.former}
    for name, entry in before.entries.items():
        if name in now:
            yield from (LostId(other, now[name], is_gone=False) for other in former[name])
        elif is_lost(name):
            yield LostId(name, entry, is_gone=True, others=tuple(former[name]))


def _unsure(before: State, after: State, pairs: _Pairs) -> Iterator[str]:
    """What is found in one state only, and may be in the other where that cannot be read."""
    new = Counter(name[0] for name, was in pairs.items() if was is None and before.may_hold(name))
    kept = set(pairs.values())
    gone = Counter(name[0] for name in before.entries if name not in kept and after.may_hold(name))
    for found, there, other in ((new, after, before), (gone, before, after)):
        for kind, number in sorted(found.items()):
            entries = there.kinds[kind].counted(number)
            yield f"{entries} of {there.label} may stand in what cannot be read in {other.label}"


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
        "",
        " ".join(str(called).split()),
        heaviest([*_OF_THE_WHOLE[what], *(difference.weight for difference in found)]),
        found,
        dict(sorted(reaches.items())),
        entry,
    )


def _differences(before: RawEntry, after: RawEntry, lost: Collection[Name]) -> Iterator[Difference]:
    shape = after.kind.shape
    then, now = ({name: part for name, part in raw.value.items() if name != "id"} for raw in (before, after))
    for difference in differences(Place(shape, weights_at(shape, USUAL)), then, now):
        if difference.place.field == FIELD and _says_who_sees(shape):
            yield difference._replace(weight=_weight_of_audience(difference))
        elif difference.place.pointer[:1] == (FORMER,):
            yield difference._replace(weight=_weight_of_former_ids(difference, after.kind, lost))
        else:
            yield difference


def _weight_of_former_ids(difference: Difference, kind: Kind, lost: Collection[Name]) -> Weight:
    """Nobody notices as long as each of them leads somewhere."""
    gone = difference.before if isinstance(difference.before, list) else [difference.before]
    return "breaking" if any(former_name(kind.name, str(name)) in lost for name in gone) else "editorial"


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
