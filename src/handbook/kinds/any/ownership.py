"""Owners of entries and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.link.catalogue import Entry

_OWNER = ("owner",)
_KEEPERS = ("team", "role")


@dataclass(frozen=True, slots=True)
class Owned:
    """An entry or page with its owner.

    Attributes:
        entry: The entry or page.
        owner: The owner: the team itself, or one of its roles.
        review: The date of the next review, YYYY-MM-DD; empty if it has none.
    """

    entry: Entry
    owner: Entry
    review: str


@dataclass(frozen=True, slots=True)
class OwnedKind:
    """Owned content of one type.

    Attributes:
        title: The title of the content type.
        found: The entries and pages, by name.
    """

    title: str
    found: tuple[Owned, ...]


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
    def amount(self) -> int:
        """The number of owned entries and pages."""
        return sum(len(kind.found) for kind in self.kinds)


def owner_of(basis: Basis, entry: Entry | None) -> Entry | None:
    """Return the owner of an entry or page, or `None`.

    The owner of the handbook owns pages without an owner, and entries of content types without an owner
    field. Other entries without an owner are unassigned.

    Args:
        basis: The data that figures are calculated from.
        entry: The entry, or the front matter of a page; `None` for a page without front matter.
    """
    shape = entry.kind.shape.field("owner") if entry else None
    if entry is None or shape is None:
        return basis.catalogue.resolve(_KEEPERS, basis.settings.owner)
    if "owner" in entry.data:
        return basis.catalogue.resolve(shape.refs, entry.data["owner"])
    is_page = basis.catalogue.imprints.get(entry.page) is entry
    return owner_of(basis, None) if is_page else None


def ownership(basis: Basis, keeper: Entry) -> Ownership:
    """Return the owned content of a team or role, and its mentions. A team owns what its roles own.

    Args:
        basis: The data that figures are calculated from.
        keeper: An entry of the content type `team` or `role`.
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
    """Yield each of these owners with the entries and pages it owns."""
    for owner in owners:
        for use in basis.catalogue.uses(owner):
            if tuple(use.pointer) == _OWNER:
                yield owner, use.entry


def _owners(basis: Basis, keeper: Entry) -> tuple[Entry, ...]:
    """Return a team with its roles, or a role alone."""
    if keeper.kind.name != "team":
        return (keeper,)
    uses = basis.catalogue.uses(keeper)
    return (
        keeper,
        *(use.entry for use in uses if use.entry.kind.name == "role" and tuple(use.pointer) == ("team",)),
    )
