"""The fields that a version of the engine adds or removes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.words import first_sentence, shown
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Pointer
from handbook.write.upgrading.record import Record, Shipped

_SETTINGS = "handbook"
_PAGES = "page"


def removed_fields(
    entries: Iterable[RawEntry], shipped: Shipped, before: Record, shapes: Mapping[str, Shape]
) -> Iterator[tuple[str, str]]:
    """Yield the fields that entries have and the new version no longer has: the place, and what to do.

    Args:
        entries: The entries and the settings.
        shipped: What the new version ships.
        before: What was shipped before.
        shapes: The schemas of the site by content type. With a patch, it can still have the field.
    """
    for entry in entries:
        kind = entry.kind.name
        gone = set(before.fields.get(kind, ())) - set(shipped.record.fields.get(kind, ()))
        for path in sorted(gone) if kind in shapes else ():
            for pointer in _places(entry.value, path.split(".")):
                if not _has(shapes[kind], path):
                    span = entry.source.document.key_span((*entry.at, *pointer))
                    place = f"{entry.source.path}:{span.line}:{span.column}"
                    hint = f"Move its content, or add the field in `schemas/{kind}{PATCH_SUFFIX}`"
                    yield place, f"The field {shown(path)} was removed. {hint}"


def _places(value: Any, names: Sequence[str], at: tuple[str | int, ...] = ()) -> Iterator[Pointer]:
    """Yield the places of a field in a value, through lists."""
    if not names:
        yield at
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, names, (*at, index))
    elif isinstance(value, Mapping) and names[0] in value:
        yield from _places(value[names[0]], names[1:], (*at, names[0]))


def _has(shape: Shape, path: str) -> bool:
    """Return whether a schema has a field, or knows it under a new name."""
    below: Shape | None = shape
    for name in path.split("."):
        inner = below and (below.items or below)
        below = inner.field(inner.former_fields.get(name, name)) if inner else None
    return below is not None


def new_fields(kinds: Iterable[str], shipped: Shipped, before: Record) -> Iterator[str]:
    """Yield the new content types and settings, and the new fields of some content types.

    Args:
        kinds: The names of the content types that the site uses.
        shipped: What the new version ships.
        before: What was shipped before.
    """
    used = {*kinds, _SETTINGS}
    for name, kind in shipped.kinds.items():
        if name not in before.fields:
            if name not in (_SETTINGS, _PAGES):
                yield f"Content type `{name}`: {first_sentence(kind.description)}"
            continue
        known = set(before.fields[name])
        for path in shipped.record.fields[name] if name in used else ():
            above = path.rpartition(".")[0]
            if path in known or (above and above not in known) or _is_renamed(kind, path, known):
                continue
            what = "Setting" if name == _SETTINGS else "Field"
            yield f"{what} `{path if name == _SETTINGS else f'{name}.{path}'}`{_meaning(kind, path)}"


def _shape_at(kind: Kind, path: str) -> Shape | None:
    below: Shape | None = kind.shape
    for name in path.split("."):
        below = (below.items or below).field(name) if below else None
    return below


def _is_renamed(kind: Kind, path: str, known: set[str]) -> bool:
    above, _, _ = path.rpartition(".")
    shape = _shape_at(kind, path)
    former = shape.former_names if shape else ()
    return any((f"{above}.{name}" if above else name) in known for name in former)


def _meaning(kind: Kind, path: str) -> str:
    shape = _shape_at(kind, path)
    return f": {first_sentence(shape.description)}" if shape and shape.description else ""
