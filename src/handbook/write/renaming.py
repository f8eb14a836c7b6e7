"""Replace former names of fields and values in a YAML file. Everything else in it stays unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from handbook.base.span import Span
from handbook.read.schemas.former_names import FormerName
from handbook.read.yaml.document import Document, Pointer, read_document
from handbook.write.errors import NotWrittenError
from handbook.write.scalars import written
from handbook.write.splicing import Splice, encoded, is_same, spliced


class Renamed(NamedTuple):
    """A name that was replaced.

    Attributes:
        name: The name.
        span: Its place before the change.
    """

    name: FormerName
    span: Span


def with_new_names(
    data: bytes, path: str, document: Document, names: Iterable[tuple[Pointer, FormerName]]
) -> tuple[bytes, Sequence[Renamed]]:
    """Return a file with the current names.

    Args:
        data: The file.
        path: The name of the file in messages.
        document: Its content.
        names: The former names, each with the place of its entry in the file.

    Raises:
        NotWrittenError: The names can't be replaced without another change.
    """
    places: dict[Splice, Renamed] = {}
    value = document.value
    # The deepest first: a renamed field is on the way to what is in it.
    for at, name in sorted(names, key=lambda each: -len(each[1].pointer)):
        pointer = (*at, *name.pointer)
        span = document.key_span(pointer) if name.is_field else document.value_span(pointer)
        start = document.offset(span)
        end = start + span.end_column - span.column
        places[Splice(start, end, _as_before(document.text[start:end], name))] = Renamed(name, span)
        value = _replaced(value, pointer, name)
    after = encoded(data, document, spliced(document.text, places))
    if after is None:
        raise NotWrittenError(f"{path} is not UTF-8, or it has changed. Save it as UTF-8")
    result = read_document(after)
    if result.faults or not is_same(result.value, value):
        raise NotWrittenError(f"Could not rename fields in {path}. Rename them as `handbook validate` says")
    return after, [places[splice] for splice in sorted(places)]


def _as_before(raw: str, name: FormerName) -> str:
    """Return the current name with the quotes of the former one."""
    quote = raw[:1] if raw[:1] in {'"', "'"} and raw[1:-1] == name.former else ""
    return f"{quote}{name.current}{quote}" if quote else written(name.current)


def _replaced(value: Any, pointer: Pointer, name: FormerName) -> Any:
    """Return a value with one name replaced."""
    if not pointer:
        return name.current
    first, *rest = pointer
    if isinstance(value, list):
        return [_replaced(part, rest, name) if index == first else part for index, part in enumerate(value)]
    if name.is_field and not rest:
        return {name.current if key == first else key: part for key, part in value.items()}
    return {key: _replaced(part, rest, name) if key == first else part for key, part in value.items()}
