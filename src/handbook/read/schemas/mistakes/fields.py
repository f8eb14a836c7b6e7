"""Fields that are missing, unknown or out of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from handbook.base.words import Names, first_sentence, one_of, shown, suggestion
from handbook.read.schemas.mistakes.mistake import Mistake
from handbook.read.schemas.problems import NO_HINT, Meant, SchemaProblem, SchemaProblemKind, meant_by
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import fits_pattern
from handbook.read.yaml.document import Pointer

_USUAL_NAMES = {
    "description": "summary",
    "desc": "summary",
    "title": "name",
    "label": "name",
    "state": "status",
    "responsible": "owner",
    "maintainer": "owner",
    "alternatives": "replaced_by",
}
"""Names of fields in other systems, with the names of the same fields here."""
_MOST_MISSPELT = 50
"""The maximum number of unknown fields that are treated as misspelt. More are something else."""


def missing(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield the missing fields: required ones, and those that another field requires."""
    known = mistake.shape.properties if mistake.shape else {}
    wanted: Any = mistake.error.validator_value
    present: Mapping[str, Any] = mistake.value
    strange = islice((name for name in present if name not in known), _MOST_MISSPELT)
    names = Names(known)
    meant = {_USUAL_NAMES.get(name) or names.nearest(name) for name in strange}
    required: Sequence[str] = (
        wanted
        if mistake.keyword == "required"
        else [name for key, names in wanted.items() if key in present for name in names]
    )
    for name in required:
        # A misspelt field is reported at its place, and not a second time as missing.
        if name in present or name in meant:
            continue
        field = known.get(name)
        hint = f"Add `{name}: …`"
        if field and field.choices:
            hint += f", one of {one_of(field.choices)}"
        elif field and field.description:
            hint += f": {first_sentence(field.description)}"
        yield mistake.problem_of_whole(SchemaProblemKind.MISSING, f"Missing field `{name}`", hint)


def unexpected(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield the fields that are not in the schema."""
    known = mistake.shape.properties if mistake.shape else {}
    patterns = tuple(mistake.schema.get("patternProperties", ()))
    forbidden = [
        name
        for name in mistake.value
        if name not in known and not any(fits_pattern(pattern, name) for pattern in patterns)
    ]
    free = [other for other in known if other not in mistake.value]
    names = Names(free)
    former = mistake.shape.former_fields if mistake.shape else {}
    taken: set[str] = set()
    for name in forbidden:
        usual = _USUAL_NAMES.get(name)
        meant = Meant(usual, is_safe=False) if usual in free else meant_by(names, name)
        place = (
            "" if name in former or usual in free else _place(mistake, str(name), is_known=meant is not None)
        )
        meant = None if name in former or place else meant
        # Of two misspellings of one field, only one can become that field.
        if meant and meant.value in taken:
            meant = None
        taken |= {meant.value} if meant else set()
        if name in former:
            # The reader replaces it, unless the current name is there, too.
            hint = f"Merge it into `{former[name]}`, its current name, and remove it"
        elif usual in free:
            hint = f"Did you mean `{usual}`?"
        elif place:
            hint = place
        else:
            hint = names.suggestion(name) or (
                NO_HINT if free else "Remove it; all possible fields are already set"
            )
        yield mistake.problem_of_key(
            f"Unknown field {shown(name)}{_in(mistake.shape, mistake.pointer)}", hint, name, meant=meant
        )
    if not forbidden:
        yield mistake.problem_of_whole(SchemaProblemKind.UNEXPECTED, "Invalid combination of fields", NO_HINT)


def _place(mistake: Mistake, name: str, *, is_known: bool) -> str:
    """Return the advice to move a field into another one; empty if none has it.

    Args:
        mistake: The unknown fields.
        name: One of them.
        is_known: Whether it can be a typing error instead.
    """
    fields = mistake.shape.properties if mistake.shape else {}
    homes = {home: shape.items or shape for home, shape in fields.items()}
    homes = {home: shape for home, shape in homes.items() if name in shape.properties}
    above = None
    for each in mistake.value:
        if each == name:
            break
        above = each if each in homes and _has_room(mistake.value[each], name) else above
    if above:
        is_list = fields[above].items is not None
        return f"`{name}` belongs to {'an item of ' if is_list else ''}`{above}`: indent it"
    absent = [home for home in homes if home not in mistake.value]
    if is_known or len(homes) != 1 or not absent:
        return ""
    dash = " after a dash" if fields[absent[0]].items else ""
    return f"`{name}` belongs to `{absent[0]}`: add `{absent[0]}:` and put it below{dash}, indented"


def _has_room(value: Any, name: str) -> bool:
    """Return whether the value of a field can get a field more: a mapping, a list, or nothing yet."""
    return value is None or (isinstance(value, (Mapping, list)) and name not in value)


def forbidden_name(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield a key that `propertyNames` rejects. The error's instance is the key itself."""
    name = str(mistake.value)
    allowed: Any = mistake.error.validator_value if mistake.keyword == "enum" else ()
    yield mistake.problem_of_key(
        f"{'Unknown' if allowed else 'Invalid'} name {shown(name)}",
        suggestion(name, allowed) or "Rename or remove it",
        name,
        meant=meant_by(Names(allowed), name),
    )


def forbidden_field(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield a field that is not allowed together with the others (a schema of `false`)."""
    yield mistake.problem_of_key(
        f"{mistake.name} is not allowed here", "Remove it, or change the field it depends on"
    )


def _in(shape: Shape | None, pointer: Pointer) -> str:
    """Return the container of a field, as the tail of a sentence."""
    last = pointer[-1] if pointer else 0
    if isinstance(last, str):
        return f" in `{last}`"
    if shape is None or not shape.title:
        return ""
    return f" in {shape.title.lower()}"
