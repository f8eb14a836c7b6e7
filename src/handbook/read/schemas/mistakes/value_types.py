"""Explain values of the wrong type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from handbook.base.thousands import hint_of_two
from handbook.base.words import shown
from handbook.read.schemas.mistakes.mistake import Mistake
from handbook.read.schemas.mistakes.notations import days_meant, hint_of_days, number_meant
from handbook.read.schemas.problems import Meant, SchemaProblem, SchemaProblemKind
from handbook.read.yaml.respelling import AS_LIST, AS_QUOTED, AS_TEXT, AS_UNCOMMENTED
from handbook.read.yaml.scalars import resolve_plain

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_SEVERAL_IDS = re.compile(r"[\w-]+(, *[\w-]+)+")
_MARKED = re.compile(r"[^\w\s\"'(\[{]\s*\w.*", re.DOTALL)
"""A text that starts with a sign, such as a list pasted from a document: `• one • two`, `-one -two`."""
_SWITCHES = dict.fromkeys(("yes", "on", "y"), "true") | dict.fromkeys(("no", "off", "n"), "false")


def wrong_type(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield the problem of a value whose type is not allowed."""
    wanted: Any = mistake.error.validator_value
    yield type_problem(mistake, wanted if isinstance(wanted, list) else [wanted])


def type_problem(mistake: Mistake, wanted: Sequence[str]) -> SchemaProblem:
    """Return the problem of a value that should have one of these JSON types."""
    value = mistake.value
    if value is None:
        hint = mistake.or_remove("Add a value")
        is_item = bool(mistake.pointer) and isinstance(mistake.pointer[-1], int)
        meant = Meant(AS_UNCOMMENTED, is_safe=is_item) if "string" in wanted else None
        return mistake.problem(SchemaProblemKind.TYPE, f"Missing value{mistake.of}", hint, meant=meant)
    names = " or ".join(_TYPES.get(name, name) for name in wanted)
    if isinstance(value, str) and not value.strip():
        message = f"{mistake.name} must be {names}, not empty text"
        return mistake.problem(SchemaProblemKind.TYPE, message, mistake.or_remove("Add a value"))
    found = f"the text {shown(value)}" if isinstance(value, str) else shown(value)
    if "string" in wanted and isinstance(value, (int, float)) and not isinstance(value, bool):
        found = "a number"  # Its original notation is lost: 1.10, 007.
    message = f"{mistake.name} must be {names}, not {found}"
    hint, meant = (
        _number_hint(mistake, wanted)
        or _date_hint(mistake)
        or (_type_hint(mistake, wanted), _meant(mistake, wanted))
    )
    meant = meant or _restructured(value, wanted)
    return mistake.problem(SchemaProblemKind.TYPE, message, hint, meant=meant)


def _restructured(value: Any, wanted: Sequence[str]) -> Meant | None:
    """Return the same text as another type."""
    if "string" in wanted and _is_text_with_colon(value):
        # A field can be meant; its name has no spaces or capital letters.
        name = str(next(iter(value)))
        return Meant(AS_QUOTED, is_safe=not name.islower() or " " in name)
    if "array" in wanted and isinstance(value, str):
        return Meant(AS_LIST, is_safe=bool(_SEVERAL_IDS.fullmatch(value) or _MARKED.match(value)))
    return None


def _date_hint(mistake: Mistake) -> tuple[str, Meant] | None:
    """Return the advice and the date for a date without hyphens, which is a number."""
    if not mistake.shape or not mistake.shape.date or not isinstance(mistake.value, int):
        return None
    days = days_meant(str(mistake.value))
    return (hint_of_days(days), Meant(str(days[0]))) if days else None


def _number_hint(mistake: Mistake, wanted: Sequence[str]) -> tuple[str, Meant] | None:
    """Return the advice and the number for a text such as `1,200`, `$14` or `20%`."""
    number = number_meant(mistake.value) if isinstance(mistake.value, str) else None
    if number is None or "string" in wanted or not {"integer", "number"}.intersection(wanted):
        return None
    if number.other is None and _is_meant_plain(mistake.value, wanted):
        return None  # It only has quotes.
    if number.unit and not _is_unit_of(mistake, number.unit):
        return None
    least, most = mistake.schema.get("minimum"), mistake.schema.get("maximum")
    most = mistake.schema.get("exclusiveMaximum") if most is None else most
    readings = [each for each in (number.value, number.other) if each is not None]
    is_certain = number.is_certain
    if number.is_percentage:
        readings = [each / 100 for each in readings] if most is not None and most <= 1 else readings
        is_certain = is_certain and most in {1, 100}
    possible = [
        each
        for each in readings
        if ("number" in wanted or isinstance(each, int))
        and (least is None or each >= least)
        and (most is None or each <= most)
    ]
    if not possible:
        return None
    value, *others = possible
    if others and not number.is_local:
        return hint_of_two(json.dumps(value), json.dumps(others[0])), Meant(value, is_safe=False)
    how = f": a number has {number.surplus}" if number.surplus and value == readings[0] else ""
    meant = Meant(value, is_certain, others[0] if others else None)
    return f"Write `{json.dumps(value)}`{how}", meant


def _is_unit_of(mistake: Mistake, unit: str) -> bool:
    """Return whether a field counts in a unit. A currency has a field of its own."""
    about = f"{mistake.name} {mistake.description}".lower()
    return unit.isupper() or unit.lower() in {"k", "m"} or unit.lower().rstrip("s") in about


def _meant(mistake: Mistake, wanted: Sequence[str]) -> Meant | None:
    """Return the value of the right type that was meant."""
    value = mistake.value
    if "string" in wanted and mistake.shape and mistake.shape.date:
        return None
    if "string" in wanted and isinstance(value, (int, float)):
        return Meant(AS_TEXT)
    if isinstance(value, str) and "boolean" in wanted and value.casefold() in _SWITCHES:
        return Meant(_SWITCHES[value.casefold()] == "true")
    if isinstance(value, str) and value.strip() and _is_meant_plain(value, wanted):
        return Meant(resolve_plain(value))
    return None


def _type_hint(mistake: Mistake, wanted: Sequence[str]) -> str:
    value, shape = mistake.value, mistake.shape
    hint = f"Use a value such as {mistake.example}" if mistake.example else ""
    if "string" in wanted and isinstance(value, (int, float)):
        hint = mistake.use_such_as if shape and shape.date else "Add quotes"
    elif isinstance(value, str) and "boolean" in wanted and value.casefold() in _SWITCHES:
        hint = f"Use `{_SWITCHES[value.casefold()]}`"
    elif isinstance(value, str) and _is_meant_plain(value, wanted):
        hint = "Remove the quotes"
    elif "array" in wanted and isinstance(value, dict):
        hint = "Start each item with a dash: `- …`"
    elif "string" in wanted and _is_text_with_colon(value):
        hint = "Put the text in quotes, because it contains a colon and a space"
    elif "array" in wanted and isinstance(value, str) and _MARKED.match(value):
        hint = "Start each item with a hyphen and a space: `- …`"
    elif "array" in wanted and isinstance(value, str) and _SEVERAL_IDS.fullmatch(value):
        hint = f"Use `[{value}]`"
    elif "array" in wanted:
        hint = f"Add a line below with a dash: `- {shown(value)[1:-1]}`"
    elif "object" in wanted and shape and shape.properties:
        names = [name for name in shape.properties if name in shape.required] or list(shape.properties)
        hint = f"Add its fields on separate lines: {', '.join(f'`{name}: …`' for name in names[:5])}"
    return hint


def _is_text_with_colon(value: Any) -> bool:
    """Return whether a mapping can be a text with a colon: it has one field, and no others in it."""
    return (
        isinstance(value, dict)
        and len(value) == 1
        and not isinstance(next(iter(value.values())), (dict, list))
    )


def _is_meant_plain(text: str, wanted: Sequence[str]) -> bool:
    """Return whether a text would be valid without its quotes."""
    longest = 40
    types = tuple(kind for name in wanted for kind in _PYTHON_TYPES.get(name, ()))
    return len(text) <= longest and isinstance(resolve_plain(text), types)
