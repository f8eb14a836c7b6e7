"""Put together what the layers of a handbook contain: a later one can override those before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from handbook.read.pages import Page, address
from handbook.read.raw import RawEntry

_Part = TypeVar("_Part")

OVERRIDES = "overrides"
"""The field of an entry that replaces the entry of a layer below with the same kind and ID."""


def combine(layers: Sequence[Sequence[RawEntry]]) -> tuple[list[RawEntry], list[RawEntry]]:
    """Return the entries of all layers without those that are overridden, and the overrides without effect.

    An entry without `overrides` that has the ID of another stays next to it, for a rule to report.

    Args:
        layers: The entries of each layer, the lowest first.
    """
    if len(layers) == 1:
        return list(layers[0]), [entry for entry in layers[0] if entry.overrides]
    found: list[RawEntry] = []
    idle: list[RawEntry] = []
    for entries in layers:
        below = {(entry.kind.name, entry.id) for entry in found}
        replaced = {(entry.kind.name, entry.id) for entry in entries if entry.overrides}
        found = [entry for entry in found if (entry.kind.name, entry.id) not in replaced]
        idle += [entry for entry in entries if entry.overrides and (entry.kind.name, entry.id) not in below]
        found += entries
    return found, idle


def combine_pages(layers: Sequence[Sequence[Page]]) -> list[Page]:
    """Return the pages of all layers by their path. A later layer replaces pages of the same address.

    Args:
        layers: The pages of each layer, the lowest first.
    """
    found: list[Page] = []
    for pages in reversed(layers):
        taken = {address(page.path) for page in found}
        found += [page for page in pages if address(page.path) not in taken]
    return sorted(found, key=lambda page: page.path) if layers[1:] else found


def overridden(layers: Sequence[Sequence[_Part]], kept: Sequence[_Part]) -> list[_Part]:
    """Return what layers contain and a later one overrides.

    Args:
        layers: The entries or pages of each layer, the lowest first.
        kept: Those that no later one overrides.
    """
    known = {id(part) for part in kept} if layers[1:] else set()
    return [part for parts in layers[:-1] for part in parts if id(part) not in known]
