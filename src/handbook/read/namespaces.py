"""Namespaces: folders of entries whose IDs and names repeat, such as an activation metric of each product.

The folder is the first part of the ID: `sources/metrics/payments/activation.yaml` is the metric
`payments/activation`. In the same folder, `activation` is enough. The rest of the engine knows whole IDs
only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from handbook.base.regex import regex
from handbook.read.files import Site
from handbook.read.former_ids import FORMER
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.places import walk
from handbook.read.settings import NAMESPACES
from handbook.read.yaml.document import Pointer

_SIMPLE_ID = regex(r"[a-z0-9]+(-[a-z0-9]+)*")


def namespaces_in(settings: Mapping[str, Any]) -> frozenset[str]:
    """Return the namespaces in the content of a settings file, valid or not."""
    named = settings.get(NAMESPACES)
    return frozenset(map(str, named)) if isinstance(named, Mapping) else frozenset()


def folder_of(site: Site, kind: Kind, path: Path) -> str:
    """Return the first folder of a file below the folder of its kind; empty if it is directly there."""
    for source in kind.sources:
        if source.endswith("/") and path.is_relative_to(site.root / source):
            parts = path.relative_to(site.root / source).parts
            return parts[0] if len(parts) > 1 else ""
    return ""


def in_namespace(entry: RawEntry, name: str) -> RawEntry:
    """Return an entry with its whole ID and former IDs."""
    former = entry.value.get(FORMER)
    value = entry.value
    if isinstance(former, list):
        start = f"{entry.kind.name}/{name}/"
        whole = [f"{start}{each}" if _is_simple(each) else each for each in former]
        value = {**value, FORMER: whole}
    return entry._replace(id=f"{name}/{entry.id}" if entry.id else "", value=value)


def _is_simple(value: object) -> bool:
    return isinstance(value, str) and _SIMPLE_ID.fullmatch(value) is not None


def with_whole_ids(entries: Sequence[RawEntry]) -> list[RawEntry]:
    """Return the entries with whole IDs in their references. Their own namespace has priority."""
    known: dict[str, set[str]] = {}
    for entry in entries:
        if "/" in entry.id:
            known.setdefault(entry.kind.name, set()).add(entry.id)
    return [_with_whole_ids(entry, known) if "/" in entry.id else entry for entry in entries]


def _with_whole_ids(entry: RawEntry, known: Mapping[str, Collection[str]]) -> RawEntry:
    changes = dict(_changes(entry, known))
    return entry._replace(value=_changed(entry.value, changes)) if changes else entry


def _changes(entry: RawEntry, known: Mapping[str, Collection[str]]) -> Iterator[tuple[Pointer, str]]:
    start = entry.id.rpartition("/")[0]
    for pointer, shape, value in walk(entry.kind.shape, entry.value):
        whole = f"{start}/{value}"
        if isinstance(value, str) and any(whole in known.get(kind, ()) for kind in shape.refs):
            yield pointer, whole


def _changed(value: Any, changes: Mapping[Pointer, str], at: tuple[str | int, ...] = ()) -> Any:
    """Return a value with the parts at some places replaced."""
    if at in changes:
        return changes[at]
    if not any(tuple(pointer[: len(at)]) == at for pointer in changes):
        return value
    if isinstance(value, Mapping):
        return {name: _changed(part, changes, (*at, name)) for name, part in value.items()}
    return [_changed(part, changes, (*at, index)) for index, part in enumerate(value)]
