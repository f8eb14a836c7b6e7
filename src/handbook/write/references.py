"""Change the references to an entry in YAML files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from handbook.read.raw import RawEntry
from handbook.read.schemas.places import walk
from handbook.read.yaml.document import Pointer
from handbook.read.yaml.faults import FaultKind
from handbook.write.changed_values import part_at
from handbook.write.draft import Draft, raw_value
from handbook.write.errors import NotWrittenError
from handbook.write.renaming import with_texts

Name = tuple[str, str]
"""The kind and the ID of an entry."""


def follow(draft: Draft, before: Name, after: Name) -> None:
    """Make every reference to an entry refer to another one, in entries and in the settings.

    An item of a list that names the other one already is removed.

    Args:
        draft: The files of the site, in which both entries might have another state than in the references.
        before: The entry that they refer to.
        after: The entry that they refer to afterwards.

    Raises:
        NotWrittenError: A file can't be changed.
    """
    _check_readable(draft)
    texts: dict[str, dict[tuple[str | int, ...], str]] = defaultdict(dict)
    extra: dict[str, list[Pointer]] = defaultdict(list)
    for entry, pointer in references(draft, before):
        new = _written(entry, pointer, before, after)
        around = part_at(raw_value(entry), pointer[:-1])
        if isinstance(around, list) and new in around:
            extra[entry.source.path].append((*entry.at, *pointer))
        else:
            texts[entry.source.path][(*entry.at, *pointer)] = new
    for path, of_file in texts.items():
        document = draft.document(path)
        draft.put_text(path, with_texts(document, path, of_file))
    for path, pointers in extra.items():
        editing = draft.editing(path)
        for pointer in reversed(pointers):  # The last first: the others keep their places.
            editing.unset(pointer)
        draft.put_text(path, editing.text)


def _check_readable(draft: Draft) -> None:
    """Refuse if a file can't be read: it could have references, which would stay as they are."""
    context = draft.context
    for source in (*context.documents, *context.unreadable_pages):
        for fault in source.document.faults:
            if fault.kind is not FaultKind.EMPTY and context.site.layer_of(source.path) is None:
                span = source.document.fault_span(fault)
                raise NotWrittenError(
                    f"{source.path}:{span.line}:{span.column}: {fault.message}. The file might refer to the "
                    "entry. Run `handbook validate` and fix the errors first"
                )


def references(draft: Draft, name: Name) -> Iterator[tuple[RawEntry, Pointer]]:
    """Yield the entries of the site's own files that refer to an entry, and where they do."""
    context = draft.context
    speaking = [entry for kind in context.kinds.values() for entry in draft.entries(kind)]
    if context.setting is not None:
        speaking.append(context.setting)
    for entry in speaking:
        if context.site.layer_of(entry.source.path):
            continue
        for pointer, shape, value in walk(entry.kind.shape, entry.value):
            if isinstance(value, str) and shape.refs and _refers(draft, shape.refs, entry, value, name):
                yield entry, _as_in_file(entry, pointer)


def _refers(draft: Draft, kinds: Sequence[str], entry: RawEntry, value: str, name: Name) -> bool:
    """Return whether a reference means an entry. Its own namespace has priority."""
    ids = draft.context.ids
    spellings = [f"{entry.namespace}/{value}", value] if entry.namespace else [value]
    possible = [(kind, each) for each in spellings for kind in kinds]
    found = (each for each in possible if each == name or each[1] in ids.get(each[0], {}))
    return next(found, None) == name


def _as_in_file(entry: RawEntry, pointer: Pointer) -> Pointer:
    """Return a place in an entry with the former names of fields, if the file has them."""
    names = entry.source.document.former_keys
    value = raw_value(entry)
    steps: list[str | int] = []
    for step in pointer:
        name = step if not isinstance(value, dict) or step in value else names.get(step, step)
        steps.append(name)
        value = value[name]
    return tuple(steps)


def _written(entry: RawEntry, pointer: Pointer, before: Name, after: Name) -> str:
    """Return a new reference: short, if the old one was short and the new one can be."""
    value = part_at(raw_value(entry), pointer)
    namespace, _, short = after[1].rpartition("/")
    return short if value != before[1] and namespace == entry.namespace else after[1]
