"""Entries of every kind that say something unmistakable in every field, made from the schemas.

A mark is a word that stands nowhere else. It begins with the lowest audience that may see it: that of the
entry or of the field, whichever is higher.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handbook.read.audiences import AUDIENCES, strictest
from handbook.read.schemas.facets import facets
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.shapes import Shape

HIGHEST = AUDIENCES[-1]
_AMOUNTS = {audience: 4_117_000_000 * (at + 1) for at, audience in enumerate(AUDIENCES)}
_DEEPEST = 12
_ITEM = "#"


def prefix(audience: str) -> str:
    """What the marks of an audience begin with."""
    return f"xq{audience}"


def digits(audience: str) -> str:
    """What the marked amounts of money of an audience begin with."""
    return str(_AMOUNTS[audience])[:6]


def mark_id(kind: Kind, audience: str) -> str:
    """The id of the marked entry of a kind for an audience."""
    return f"{prefix(audience)}{kind.name.replace('_', '')}"


def source_of(kind: Kind) -> str:
    """A file for marked entries of a kind."""
    return f"{next(source for source in kind.sources if source.endswith('/'))}marks.yaml"


class Marker:
    """Makes the marked entry of one kind for one audience.

    Attributes:
        marks: Every mark in the entry, with the field it stands in. Dates, most numbers and fixed choices
            hold none.
    """

    def __init__(self, kind: Kind, kinds: Mapping[str, Kind], audience: str) -> None:
        self._kind = kind
        self._kinds = kinds
        self._audience = audience
        self._count = itertools.count(1)
        self._schemas = dict(_schemas_of(kind))
        self.marks: dict[str, str] = {}

    def entry(self) -> dict[str, Any]:
        """An entry that its schema has nothing to say against, with as many fields as that allows."""
        whole = self._object(self._kind.shape, "", self._audience, 0)
        whole |= {"id": mark_id(self._kind, self._audience), "audience": self._audience}
        _point_at_items(whole, self._kind.shape, whole, ())
        for _ in range(200):
            wrong = schema_problems(self._kind.validator, self._kind.shape, whole)
            if not wrong:
                break
            _take_out(whole, wrong[0].pointer)
        assert self._kind.validator.fits(whole), (self._kind.name, wrong)
        text = json.dumps(whole)
        self.marks = {mark: field for mark, field in self.marks.items() if mark in text}
        return whole

    def _object(self, shape: Shape, path: str, audience: str, depth: int) -> dict[str, Any]:
        return {
            name: self._value(field, f"{path}.{name}".removeprefix("."), audience, depth + 1)
            for name, field in shape.properties.items()
            if depth < _DEEPEST
        }

    def _value(self, shape: Shape, path: str, audience: str, depth: int) -> Any:
        audience = strictest(audience, shape.audience)
        if shape.items is not None:
            return self._list(shape, shape.items, path, audience, depth)
        if shape.properties:
            return self._object(shape, path, audience, depth)
        if shape.refs:
            # To what few may see, so that it must leave no trace.
            return self._reference(shape, HIGHEST)
        if shape.choices or "boolean" in shape.types:
            return [*shape.choices, True][0]
        if set(shape.types) & {"integer", "number"}:
            return self._number(shape, path, audience)
        return self._text(shape, path, audience)

    def _list(self, shape: Shape, items: Shape, path: str, audience: str, depth: int) -> list[Any]:
        if items.refs:
            return (
                [_ITEM]
                if items.refs[0].startswith(_ITEM)
                else [self._reference(items, each) for each in AUDIENCES]
            )
        key = items.field(shape.key) if shape.key else None
        if key is not None and key.refs and not key.refs[0].startswith(_ITEM):
            # An item about something hidden is hidden with it.
            return [
                {
                    **self._object(items, path, strictest(audience, each), depth),
                    shape.key: self._reference(key, each),
                }
                for each in AUDIENCES
            ]
        found = [self._value(items, path, audience, depth + 1) for _ in range(2)]
        identity = [json.dumps(item.get(shape.key) if shape.key else item) for item in found]
        return found if identity[0] != identity[1] else found[:1]

    def _reference(self, shape: Shape, audience: str) -> str:
        kind = shape.refs[0]
        return _ITEM if kind.startswith(_ITEM) else mark_id(self._kinds[kind], audience)

    def _number(self, shape: Shape, path: str, audience: str) -> Any:
        if path.startswith(("cost.amount", "salary.")):
            number = _AMOUNTS[audience] + next(self._count)
            self.marks[str(number)] = path
            return number
        lowest = self._keywords(shape, "minimum")
        return next(iter(shape.examples), max([*lowest, 1]))

    def _text(self, shape: Shape, path: str, audience: str) -> str:
        mark = f"{prefix(audience)}{self._kind.name.replace('_', '')}{next(self._count):04}x"
        text = f"https://example.com/{mark}" if shape.link else mark
        if shape.markdown:
            text += f" [{prefix(HIGHEST)}words]({self._kind.page}/{mark_id(self._kind, HIGHEST)}.md)"
        fits = all(re.search(pattern, text) for pattern in self._keywords(shape, "pattern"))
        if shape.date or not fits:
            return str(next(iter(shape.examples), "2026-09-01"))
        self.marks[mark] = path
        return text

    def _keywords(self, shape: Shape, keyword: str) -> list[Any]:
        return [each[keyword] for each in self._schemas.get(id(shape.row), ()) if keyword in each]


def _schemas_of(kind: Kind) -> Iterator[tuple[int, list[Mapping[str, Any]]]]:
    """Yields every schema of each place below an entry, by the identity of its row."""
    seen = set[int]()
    waiting = [kind.shape]
    while waiting:
        shape = waiting.pop()
        named = [part for _, part in (*shape.fields, *shape.patterns, *shape.first)]
        for part in (*named, *filter(None, (shape.rest, shape.other))):
            below = shape.follow(part)
            if id(below.row) not in seen:
                seen.add(id(below.row))
                yield id(below.row), [facet.schema for facet in facets(*part)]
                waiting.append(below)


def _point_at_items(value: Any, shape: Shape, whole: Mapping[str, Any], above: Sequence[str]) -> Any:
    """Puts the last item of a list where an item of it is meant; that one itself refers to none."""
    if isinstance(value, dict):
        inside = (*above, *(part for part in value.values() if isinstance(part, str)))
        for name in list(value):
            field = shape.field(name)
            if field is not None:
                part = _point_at_items(value[name], field, whole, inside)
                if part is None or part == []:
                    del value[name]
                else:
                    value[name] = part
        return value
    if isinstance(value, list):
        if shape.items is None:
            return value
        found = [_point_at_items(part, shape.items, whole, above) for part in value]
        return [part for part in found if part is not None]
    if shape.refs and shape.refs[0].startswith(_ITEM):
        last = list(_keys(whole, shape.refs[0]))[-1:]
        return last[0] if last and last[0] not in above else None
    return value


def _keys(whole: Mapping[str, Any], reference: str) -> Iterator[str]:
    items: list[Any] = [whole]
    for part in reference.removeprefix(_ITEM).split("/"):
        items = [item for parent in items for item in parent.get(part, ())]
    yield from (item["id"] for item in items)


def _take_out(whole: dict[str, Any], pointer: Sequence[Any]) -> None:
    """Takes out what is wrong, or what it stands in when that is missing something."""
    at: Any = whole
    for part in pointer[:-1]:
        at = at[part]
    del at[pointer[-1]]
