"""Find the changes that retire an entry: its own, and those of the entries that send people to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.kinds.any.hb345_ended_in_use import STANDING
from handbook.kinds.tool.hb347_leftovers import LEFTOVERS
from handbook.read.context import Context
from handbook.read.life import has_ended
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.places import walk
from handbook.read.yaml.document import Pointer
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.proposal import Operation

_GONE = ("retired", "replaced")
_STATUS, _SUCCESSOR = "status", "replaced_by"


def retirement(context: Context, kind_name: str, entry_id: str, instead: str) -> list[Operation]:
    """Return the changes that retire an entry.

    Args:
        context: The site.
        kind_name: The name of its kind.
        entry_id: Its ID.
        instead: The ID of the entry that replaces it; empty if none does.

    Raises:
        NotWrittenError: There is no such entry, entries of this kind can't be retired, or the replacement is
            not in use.
    """
    draft = Draft(context)
    entry = draft.entry(kind_name, entry_id)
    state = state_when_gone(entry.kind)
    if not state or (instead and entry.kind.shape.field(_SUCCESSOR) is None):
        what = "field for a replacement" if state else "status for this"
        option = f"--instead {instead}" if instead else '--why "The reason."'
        raise NotWrittenError(
            f"{entry.kind.title} have no {what}. Run `handbook remove {kind_name} {entry_id} {option}`"
        )
    if instead == entry_id:
        raise NotWrittenError("An entry cannot replace itself")
    if instead and has_ended(draft.entry(kind_name, instead).value):
        raise NotWrittenError(f"`{instead}` has ended too. Name an entry that is in use")
    return [*_of_entry(entry, state, instead), *_of_others(context, entry, instead)]


def state_when_gone(kind: Kind) -> str:
    """Return the company's word for the state of an entry that is gone; empty if there is none."""
    shape = kind.shape.field(_STATUS)
    choices = shape.choices if shape else ()
    return next((each for each in choices if shape and shape.meanings.get(each, each) in _GONE), "")


def _of_entry(entry: RawEntry, state: str, instead: str) -> Iterator[Operation]:
    name = (entry.kind.name, entry.id)
    yield Operation("set", *name, f"/{_STATUS}", state)
    if instead:
        yield Operation("set", *name, f"/{_SUCCESSOR}", instead)
    for field in LEFTOVERS if entry.kind.name == "tool" else ():
        if field in entry.value:
            yield Operation("unset", *name, f"/{field}")


def _of_others(context: Context, entry: RawEntry, instead: str) -> Iterator[Operation]:
    """Yield what changes in entries that refer to one, besides the references that HB345 corrects."""
    for other in context.entries:
        if other is entry or context.site.layer_of(other.source.path):
            continue
        for pointer, shape, value in walk(other.kind.shape, other.value):
            if value != entry.id or entry.kind.name not in shape.refs:
                continue
            name = (other.kind.name, other.id)
            path = "".join(f"/{step}" for step in pointer)
            if pointer[0] in STANDING:
                is_last = len(_items(other, pointer[:1])) == 1
                yield Operation("unset", *name, f"/{pointer[0]}" if is_last else f"/{pointer[0]}/{value}")
            elif pointer == (_SUCCESSOR,) and instead:
                yield Operation("unset" if other.id == instead else "set", *name, path, instead)
            elif isinstance(pointer[-1], int) and instead in _items(other, pointer[:-1]):
                yield Operation("unset", *name, path)


def _items(entry: RawEntry, pointer: Pointer) -> list[Any]:
    found: Any = entry.value
    for step in pointer:
        found = found[step]
    return found if isinstance(found, list) else []
