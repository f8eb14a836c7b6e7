"""Compare two versions entry by entry: additions, removals, renames, changes, impact and who is affected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from handbook.base.named_tuples import NamedTuple
from handbook.diff.states import Name, State
from handbook.diff.values import Difference, EntryPlace, differences
from handbook.diff.weights import USUAL, WEIGHTS, Weight, heaviest, weights_at
from handbook.read.audiences import AUDIENCES, FIELD
from handbook.read.audiences import USUAL as WHOLE_COMPANY
from handbook.read.former_ids import FORMER, former_id, former_name
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape

What = Literal["added", "removed", "renamed", "changed"]


class EntryChange(NamedTuple):
    """The change of an entry.

    Attributes:
        what: The event.
        kind: Its kind in the later state, or in the earlier one if it was removed.
        id: Its current ID, or its last one if it was removed.
        former_id: Its earlier ID if it was renamed, after the earlier kind if that has changed.
        leads_to: The ID of the entry that replaces it, if it was removed; after the kind of that entry if it
            differs.
        name: Its current or last name.
        weight: The impact of the change on readers.
        differences: The differences of an entry that is in both states.
        reaches: The number of entries that refer to it, by the name of their kind.
        entry: The entry at its current or last place.
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
    """An ID that was removed without a redirect or a note.

    Attributes:
        name: Its kind and the ID.
        entry: The entry that it opened, in its current or last state.
        lost: What opened it: the entry itself, which was removed, a redirect of the entry, or a note that the
            entry was removed.
        others: The former IDs that are lost with the entry, each with its kind.
    """

    name: Name
    entry: RawEntry
    lost: Literal["entry", "redirect", "note"]
    others: tuple[Name, ...] = ()


class Comparison(NamedTuple):
    """The changes between two versions.

    Attributes:
        before: The name of the earlier version.
        after: The name of the later version.
        kinds: The kinds of both versions by name; the later version has priority.
        changes: The changes, those with the highest impact first, then by kind and ID.
        lost: IDs that were removed without a redirect.
        gaps: The parts that could not be compared, as sentences.
    """

    before: str
    after: str
    kinds: Mapping[str, Kind]
    changes: tuple[EntryChange, ...]
    lost: tuple[LostId, ...]
    gaps: tuple[str, ...]

    @property
    def weights(self) -> Mapping[Weight, int]:
        """Return the number of changes of each impact."""
        numbers = Counter(change.weight for change in self.changes)
        return {weight: numbers[weight] for weight in WEIGHTS}


def compare_states(before: State, after: State) -> Comparison:
    """Compare two states of a handbook."""
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
"""The current entries, each with its earlier name if it existed."""


def _pairs(before: State, after: State) -> _Pairs:
    found: dict[Name, Name | None] = {
        name: name if name in before.entries else None for name in after.entries
    }
    for was, entry in after.former.items():
        now = (entry.kind.name, entry.id)
        # The first of several former IDs counts. An entry that already had its ID was not renamed.
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
        # Entries of different kinds have no fields to compare.
        found = tuple(_differences(before.entries[was], entry, lost)) if was[0] == name[0] else ()
        if was != name:
            yield _change("renamed", entry, after, found)._replace(former_id=former_id(name[0], was))
        elif found:
            yield _change("changed", entry, after, found)
    stored = set(pairs.values())
    for name, entry in before.entries.items():
        if name in stored or after.may_hold(name):
            continue
        yield _removal(name, entry, before, after)


def _removal(name: Name, entry: RawEntry, before: State, after: State) -> EntryChange:
    change = _change("removed", entry, before)
    successor = after.former.get(name)
    if successor:
        # The old address redirects to it.
        leads_to = former_id(name[0], (successor.kind.name, successor.id))
        change = change._replace(weight="notable", leads_to=leads_to)
    elif name in after.gone:
        instead = after.gone[name].instead
        if instead and instead in after.entries:
            change = change._replace(leads_to=former_id(name[0], instead))
    return change


def _lost(before: State, after: State, pairs: _Pairs) -> Iterator[LostId]:
    """Yield IDs that were removed without a redirect."""
    # To switch off a content type is to give up its addresses.
    off = after.context.kinds_off if after.context else {}

    def is_lost(name: Name) -> bool:
        if name[0] in off:
            return False
        is_known = name in after.entries or name in after.former or name in after.gone
        return not is_known and not after.may_hold(name)

    former: dict[Name, list[Name]] = defaultdict(list)
    for name, entry in before.former.items():
        if is_lost(name):
            former[entry.kind.name, entry.id].append(name)
    now = {**{was: after.entries[name] for name, was in pairs.items() if was}, **after.former}
    for name, entry in before.entries.items():
        if name in now:
            yield from (LostId(other, now[name], "redirect") for other in former[name])
        elif is_lost(name):
            yield LostId(name, entry, "entry", others=tuple(former[name]))
    for name, gone in before.gone.items():
        if is_lost(name):
            yield LostId(name, gone.file, "note")


def _unsure(before: State, after: State, pairs: _Pairs) -> Iterator[str]:
    """Yield a sentence for entries in one state that might be in an unreadable part of the other."""
    new = Counter(name[0] for name, was in pairs.items() if was is None and before.may_hold(name))
    stored = set(pairs.values())
    gone = Counter(name[0] for name in before.entries if name not in stored and after.may_hold(name))
    for found, there, other in ((new, after, before), (gone, before, after)):
        for kind, number in sorted(found.items()):
            entries = there.kinds[kind].counted(number)
            yield f"{entries} of {there.label} might be in an unreadable part of {other.label}"


_OF_THE_WHOLE: Mapping[What, Sequence[Weight]] = {
    "added": ("notable",),
    # The old address redirects to the entry, but readers have to learn the new name.
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
    for difference in differences(EntryPlace(shape, weights_at(shape, USUAL)), then, now):
        if difference.place.field == FIELD and _says_who_sees(shape):
            yield difference._replace(weight=_weight_of_audience(difference))
        elif difference.place.pointer[:1] == (FORMER,):
            yield difference._replace(weight=_weight_of_former_ids(difference, after.kind, lost))
        else:
            yield difference


def _weight_of_former_ids(difference: Difference, kind: Kind, lost: Collection[Name]) -> Weight:
    """Return `editorial` as long as every former ID still redirects."""
    gone = difference.before if isinstance(difference.before, list) else [difference.before]
    return "breaking" if any(former_name(kind.name, str(name)) in lost for name in gone) else "editorial"


def _says_who_sees(shape: Shape) -> bool:
    field = shape.field(FIELD)
    return field is not None and WHOLE_COMPANY in field.choices


def _weight_of_audience(difference: Difference) -> Weight:
    """Return `breaking` if more people can see the entry: that cannot be undone."""
    then, now = (
        AUDIENCES.index(value) if value in AUDIENCES else AUDIENCES.index(WHOLE_COMPANY)
        for value in (difference.before, difference.after)
    )
    return "breaking" if now < then else "notable"
