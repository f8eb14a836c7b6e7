"""Explain values that are too small, too large, empty or repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handbook.base.words import count, shown
from handbook.read.schemas.mistakes.mistake import Mistake
from handbook.read.schemas.problems import SchemaProblem, SchemaProblemKind
from handbook.read.schemas.validation import frozen_value


def wrong_size(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield the problem of a value beyond a limit. Keywords without an explanation are named."""
    limit, value, keyword = mistake.error.validator_value, mistake.value, mistake.keyword
    length = len(value) if isinstance(value, (str, list, dict)) else 0
    if keyword in {"minLength", "minItems", "minProperties"} and not length:
        hint = mistake.or_remove("Add a value" if isinstance(value, str) else "Add an item")
        yield mistake.problem(SchemaProblemKind.SIZE, f"Empty value{mistake.of}", hint)
        return
    if keyword == "uniqueItems" and isinstance(value, list):
        index = _first_repeated(value)
        yield mistake.problem(
            SchemaProblemKind.SIZE,
            f"Duplicate value {shown(value[index])}"
            + (f" in `{mistake.pointer[-1]}`" if mistake.pointer else ""),
            "Remove one of them",
            index,
        )
        return
    tail, hint = {
        "minLength": (f"has {count(length, 'character')}, minimum {limit}", "Write more"),
        "maxLength": (f"has {count(length, 'character')}, maximum {limit}", "Shorten it"),
        "minimum": (f"is {shown(value)}, minimum {limit}", f"Use {limit} or more"),
        "maximum": (f"is {shown(value)}, maximum {limit}", f"Use {limit} or less"),
        "exclusiveMinimum": (
            f"is {shown(value)}, but must be more than {limit}",
            f"Use a value above {limit}",
        ),
        "exclusiveMaximum": (
            f"is {shown(value)}, but must be less than {limit}",
            f"Use a value below {limit}",
        ),
        "multipleOf": (f"is {shown(value)}, but must be a multiple of {limit}", f"Use a multiple of {limit}"),
        "minItems": (f"has {count(length, 'item')}, minimum {limit}", "Add more"),
        "maxItems": (f"has {count(length, 'item')}, maximum {limit}", "Remove some"),
        "minProperties": (f"has {count(length, 'field')}, minimum {limit}", "Add more"),
        "maxProperties": (f"has {count(length, 'field')}, maximum {limit}", "Remove some"),
    }.get(keyword, (f"doesn't match `{keyword}` in its schema", ""))
    yield mistake.problem(SchemaProblemKind.SIZE, f"{mistake.name} {tail}", hint)


def _first_repeated(items: Sequence[Any]) -> int:
    """Return the index of the first item of a list that repeats an earlier one."""
    seen: set[Any] = set()
    for index, item in enumerate(items):
        frozen = frozen_value(item)
        if frozen in seen:
            return index
        seen.add(frozen)
    return 0
