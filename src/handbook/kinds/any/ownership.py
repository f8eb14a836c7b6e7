"""Owners of entries and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handbook.base.language import _
from handbook.base.table import Several
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry, Use
from handbook.read.values import day_at, owner_ids


@dataclass(frozen=True, slots=True)
class Owned:
    """An entry or page with its owners.

    Attributes:
        entry: The entry or page.
        owners: The owners; at least one is the team itself or one of its roles.
        review: The date of the next review, or `None`.
    """

    entry: Entry
    owners: Several
    review: date | None


@dataclass(frozen=True, slots=True)
class OwnedKind:
    """Owned content of one type.

    Attributes:
        title: The title of the content type.
        entries: The entries and pages, by name.
    """

    title: str
    entries: tuple[Owned, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Everything that refers to a team or role.

    Attributes:
        owners: The team or role, and for a team its roles.
        kinds: The owned content, by type.
        involved: The entries that only mention it, by the title of their type.
    """

    owners: tuple[Entry, ...]
    kinds: tuple[OwnedKind, ...]
    involved: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def number(self) -> int:
        """The number of owned entries and pages."""
        return sum(len(kind.entries) for kind in self.kinds)


@figure({})
def owners_of(basis: Basis, entry: Entry | None) -> Several:
    """Return the owners of an entry or page as entries, the accountable one first.

    The owner of the handbook owns pages without an owner, and entries of content types without an owner
    field. Other entries without an owner are unassigned.

    Args:
        basis: The data that figures are calculated from.
        entry: The entry, or the front matter of a page; `None` for a page without front matter.
    """
    shape = entry.kind.shape.field("owner") if entry else None
    if entry is None or shape is None:
        return _resolved(basis, _owner_kinds(basis), [basis.settings.owner])
    ids = owner_ids(entry.data)
    if not ids and basis.catalogue.imprints.get(entry.page) is entry:
        return owners_of(basis, None)
    return _resolved(basis, shape.refs, ids)


def _resolved(basis: Basis, kinds: Sequence[str], ids: Iterable[str]) -> Several:
    return Several(filter(None, (basis.catalogue.resolve(kinds, each) for each in ids)))


@figure({})
def ownership(basis: Basis, owner: Entry) -> Ownership:
    """Return the owned content of a team or role, and its mentions. A team owns what its roles own.

    Args:
        basis: The data that figures are calculated from.
        owner: An entry of the content type `team` or `role`.
    """
    owners = (owner, *_roles(basis, owner))
    owned: dict[str, list[Owned]] = {}
    for entry in owned_by(basis, owners):
        owned.setdefault(_(entry.kind.title), []).append(
            Owned(entry, owners_of(basis, entry), day_at(entry.data, ("review", "next")))
        )
    involved: dict[str, dict[Entry, None]] = {}
    for use in basis.catalogue.uses(owner):
        if not _is_owner(use) and use.entry not in owners:
            involved.setdefault(_(use.entry.kind.title), {})[use.entry] = None
    return Ownership(
        owners,
        tuple(
            OwnedKind(title, tuple(sorted(found, key=lambda each: each.entry.name)))
            for title, found in sorted(owned.items())
        ),
        tuple((title, tuple(entries)) for title, entries in involved.items()),
    )


def owned_by(basis: Basis, owners: Iterable[Entry]) -> Iterable[Entry]:
    """Return the entries and pages that one of these owners owns."""
    uses = (use for owner in owners for use in basis.catalogue.uses(owner) if _is_owner(use))
    return dict.fromkeys(use.entry for use in uses)


def _is_owner(use: Use) -> bool:
    """Return whether a reference is in the field `owner` of an entry, alone or in a list."""
    return use.pointer[:1] == ("owner",) and len(use.pointer) <= len(("owner", 0))


def _owner_kinds(basis: Basis) -> Sequence[str]:
    """Return the kinds that can own a handbook."""
    shape = basis.catalogue.described("handbook").shape.field("owner")
    return shape.refs if shape else ()


def _roles(basis: Basis, team: Entry) -> Iterator[Entry]:
    """Yield the entries that belong to a team and can own something, too."""
    kinds = _owner_kinds(basis)
    for use in basis.catalogue.uses(team):
        if use.entry.kind.name in kinds and tuple(use.pointer) == (team.kind.name,):
            yield use.entry
