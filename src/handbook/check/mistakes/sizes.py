"""Values that are too small, too large, empty or repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handbook.check.mistakes.mistake import Mistake
from handbook.check.schema_problems import SchemaProblem, SchemaProblemKind
from handbook.check.words import count, shown
from handbook.read.validation import frozen_value


def wrong_size(mistake: Mistake) -> Iterator[SchemaProblem]:
    """A value beyond a limit; any keyword that has no better explanation is named."""
    limit, value, keyword = mistake.error.validator_value, mistake.value, mistake.keyword
    length = len(value) if isinstance(value, (str, list, dict)) else 0
    if keyword in {"minLength", "minItems", "minProperties"} and not length:
        hint = mistake.or_delete("write something" if isinstance(value, str) else "add something")
        yield mistake.problem(SchemaProblemKind.SIZE, f"{mistake.name} is empty", hint)
        return
    if keyword == "uniqueItems" and isinstance(value, list):
        index = _first_repeated(value)
        yield mistake.problem(
            SchemaProblemKind.SIZE,
            f"{shown(value[index])} stands in `{mistake.pointer[-1]}` twice"
            if mistake.pointer
            else f"{shown(value[index])} stands here twice",
            "delete one of the two",
            index,
        )
        return
    tail, hint = {
        "minLength": (f"has {count(length, 'character')}, the least is {limit}", "write more"),
        "maxLength": (f"has {count(length, 'character')}, the most is {limit}", "shorten it"),
        "minimum": (f"is {shown(value)}, the least is {limit}", ""),
        "maximum": (f"is {shown(value)}, the most is {limit}", ""),
        "exclusiveMinimum": (f"is {shown(value)}, it must be more than {limit}", ""),
        "exclusiveMaximum": (f"is {shown(value)}, it must be less than {limit}", ""),
        "multipleOf": (f"is {shown(value)}, it must be a multiple of {limit}", ""),
        "minItems": (f"has {count(length, 'item')}, the least is {limit}", "add one"),
        "maxItems": (f"has {count(length, 'item')}, the most is {limit}", "leave some out"),
        "minProperties": (f"has {count(length, 'field')}, the least is {limit}", "add one"),
        "maxProperties": (f"has {count(length, 'field')}, the most is {limit}", "leave some out"),
    }.get(keyword, (f"does not fit `{keyword}` in its schema", ""))
    yield mistake.problem(SchemaProblemKind.SIZE, f"{mistake.name} {tail}", hint)


def _first_repeated(items: Sequence[Any]) -> int:
    """The place of the first item of a list that stands further up as well."""
    seen: set[Any] = set()
    for index, item in enumerate(items):
        frozen = frozen_value(item)
        if frozen in seen:
            return index
        seen.add(frozen)
    return 0
