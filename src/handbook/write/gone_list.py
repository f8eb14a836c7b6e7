"""List a removed entry in `sources/gone.yaml`, so that its old address can say why it is gone."""

from __future__ import annotations

from typing import Any

from handbook.base.language import N_, speaking, translate
from handbook.read.audiences import FIELD
from handbook.read.former_ids import FORMER
from handbook.read.gone import GONE
from handbook.read.languages import make_language
from handbook.read.modelines import FOLDER, START
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import GONE_FILE, GONE_SCHEMA
from handbook.read.yaml.faults import FaultKind
from handbook.write.draft import Draft
from handbook.write.editor import has_editor_files
from handbook.write.errors import NotWrittenError
from handbook.write.lines import Writer

_HEAD = N_("Entries that were removed. The old address of each shows a page that says why.")


def list_as_gone(draft: Draft, entry: RawEntry, why: str) -> None:
    """Add an entry to the list of removed entries.

    Args:
        draft: The draft.
        entry: The entry as it was.
        why: The reason for its removal, for readers who follow an old link.

    Raises:
        NotWrittenError: There is no reason, or the list can't be extended.
    """
    if not why.strip():
        raise NotWrittenError(
            f"Readers who follow an old link to `{entry.id}` need a reason. Say why it is removed, or name "
            "the entry that replaces it"
        )
    item = _item(draft, entry, why)
    document = draft.document(GONE_FILE)
    # What can't be read has no value either.
    if document.value is None and all(fault.kind is FaultKind.EMPTY for fault in document.faults):
        lines = "".join(f"{line}\n" for line in Writer().fields({GONE: [item]}, None))
        draft.put(GONE_FILE, f"{_start(draft)}{lines}".encode())
        draft.editing(GONE_FILE)
        return
    editing = draft.editing(GONE_FILE)
    known = editing.value.get(GONE) if isinstance(editing.value, dict) else None
    if isinstance(known, list) and known:
        editing.insert((GONE,), len(known), item)
    else:
        editing.set((GONE,), [item])
    draft.put_text(GONE_FILE, editing.text)


def _item(draft: Draft, entry: RawEntry, why: str) -> dict[str, Any]:
    name = entry.value.get("name") or entry.value.get("title")
    item: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind.name,
        **({"name": name} if isinstance(name, str) and "\n" not in name.strip() else {}),
        "day": draft.context.today.isoformat(),
        "why": " ".join(why.split()),
    }
    # What only some people could see stays theirs.
    more = {field: entry.value[field] for field in (FORMER, FIELD) if entry.value.get(field)}
    return {**item, **more}


def _start(draft: Draft) -> str:
    """Return what is above the list: the comments of a file without a list, or those of a new one."""
    known = draft.data(GONE_FILE).decode()
    if known.strip():
        return known if known.endswith(("\n", "\r")) else f"{known}\n"
    site = draft.context.site
    modeline = f"{START}../{FOLDER}/{GONE_SCHEMA}\n" if has_editor_files(site) else ""
    with speaking(make_language(site.language, {})):
        return f"{modeline}# {translate(_HEAD)}\n"
