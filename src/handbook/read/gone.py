"""Entries that were removed without a successor: `sources/gone.yaml` says when, why, and what to use."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.audiences import FIELD, USUAL
from handbook.read.former_ids import FORMER, former_name
from handbook.read.raw import RawEntry
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.values import list_at

GONE = "gone"
"""The key of the list in the file."""


class Gone(NamedTuple):
    """An entry that was removed.

    Attributes:
        kind: Its content type.
        id: Its last ID.
        day: The day of its removal.
        why: The reason, without a full stop.
        instead: The kind and ID of the entry to use instead, if there is one.
        name: Its name.
        audience: The lowest audience that could see it.
        others: Its former IDs, each with the kind.
        file: The file.
        position: Its position in the file.
    """

    kind: str
    id: str
    day: str
    why: str
    instead: tuple[str, str] | None
    name: str
    audience: str
    others: tuple[tuple[str, str], ...]
    file: RawEntry
    position: int

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Return its kind and ID, and the former ones."""
        return ((self.kind, self.id), *self.others)

    @property
    def said(self) -> str:
        """Return when and why it was removed, as a part of a message."""
        return f"removed on {self.day}: {self.why}"

    def instead_of(self, kinds: Container[str], ids: Mapping[str, Container[str]]) -> str:
        """Return the ID to use instead where one of some kinds can be; empty if there is none."""
        kind, entry_id = self.instead or ("", "")
        return entry_id if kind in kinds and entry_id in ids.get(kind, ()) else ""


def removed_entries(file: RawEntry, sound_files: Container[str]) -> Iterator[Gone]:
    """Yield the items of a file, except those that its schema refuses.

    Args:
        file: The file.
        sound_files: The paths of files that are known to have no mistakes.
    """
    is_sound = file.source.path in sound_files or file.kind.validator.fits(file.value)
    mistakes = () if is_sound else schema_problems(file.kind.validator, file.kind.shape, file.value)
    wrong = {tuple(problem.pointer)[1:2] for problem in mistakes}
    for index, item in enumerate(list_at(file.value, (GONE,))):
        if (index,) not in wrong and isinstance(item, dict):
            yield _removed_entry(file, index, item)


def _removed_entry(file: RawEntry, index: int, item: dict[str, Any]) -> Gone:
    kind = item["kind"]
    instead = item.get("instead")
    return Gone(
        kind,
        item["id"],
        item["day"],
        " ".join(item["why"].split()).removesuffix("."),
        former_name(kind, instead) if instead else None,
        item.get("name", item["id"]),
        item.get(FIELD, USUAL),
        tuple(former_name(kind, str(each)) for each in list_at(item, (FORMER,))),
        file,
        index,
    )
