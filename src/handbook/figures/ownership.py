"""Who keeps what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.figures.basis import Basis
from handbook.link.catalogue import Entry

_OWNER = ("owner",)
_KEEPERS = ("team", "role")


@dataclass(frozen=True, slots=True)
class Owned:
    """Something that a team or a role keeps.

    Attributes:
        entry: The entry, or the page.
        owner: Who keeps it: the team itself, or one of its roles.
        review: The day of its next review, year-month-day; empty when it has none.
    """

    entry: Entry
    owner: Entry
    review: str


@dataclass(frozen=True, slots=True)
class OwnedKind:
    """What is kept of one kind.

    Attributes:
        title: What the kind is called.
        found: What is kept, by name.
    """

    title: str
    found: tuple[Owned, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """All that a team or a role has to do with.

    Attributes:
        owners: Itself, and for a team its roles.
        kinds: What they keep, kind by kind.
        involved: What only names it, by the title of the kind.
    """

    owners: tuple[Entry, ...]
    kinds: tuple[OwnedKind, ...]
    involved: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def amount(self) -> int:
        """How many entries and pages they keep."""
        return sum(len(kind.found) for kind in self.kinds)


def owner_of(basis: Basis, entry: Entry | None) -> Entry | None:
    """The team or role that keeps an entry or a page; `None` when nobody does.

    Whoever keeps the handbook keeps pages for which nobody is named, and entries of kinds that have no owner.
    For other entries somebody has to be found.

    Args:
        basis: What figures are worked out from.
        entry: The entry, or what a page says of itself; `None` for a page that says nothing.
    """
    shape = entry.kind.shape.field("owner") if entry else None
    if entry is None or shape is None:
        return basis.catalogue.resolve(_KEEPERS, basis.settings.owner)
    if "owner" in entry.data:
        return basis.catalogue.resolve(shape.refs, entry.data["owner"])
    is_page = basis.catalogue.imprints.get(entry.page) is entry
    return owner_of(basis, None) if is_page else None


def ownership(basis: Basis, keeper: Entry) -> Ownership:
    """What a team or a role keeps, and what else names it. What its roles keep counts for a team.

    Args:
        basis: What figures are worked out from.
        keeper: An entry of the kind `team` or `role`.
    """
    owners = _owners(basis, keeper)
    kept: dict[str, list[Owned]] = {}
    for owner, entry in kept_by(basis, owners):
        review = entry.data.get("review", {}).get("next", "")
        kept.setdefault(entry.kind.title, []).append(Owned(entry, owner, review))
    involved: dict[str, dict[Entry, None]] = {}
    for use in basis.catalogue.uses(keeper):
        if tuple(use.pointer) != _OWNER and use.entry not in owners:
            involved.setdefault(use.entry.kind.title, {})[use.entry] = None
    return Ownership(
        owners,
        tuple(
            OwnedKind(title, tuple(sorted(found, key=lambda owned: owned.entry.name)))
            for title, found in sorted(kept.items())
        ),
        tuple((title, tuple(entries)) for title, entries in involved.items()),
    )


def kept_by(basis: Basis, owners: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each of these owners with the entries and pages that it keeps."""
    for owner in owners:
        for use in basis.catalogue.uses(owner):
            if tuple(use.pointer) == _OWNER:
                yield owner, use.entry


def _owners(basis: Basis, keeper: Entry) -> tuple[Entry, ...]:
    """A team and its roles; a role alone."""
    if keeper.kind.name != "team":
        return (keeper,)
    uses = basis.catalogue.uses(keeper)
    return (
        keeper,
        *(use.entry for use in uses if use.entry.kind.name == "role" and tuple(use.pointer) == ("team",)),
    )
