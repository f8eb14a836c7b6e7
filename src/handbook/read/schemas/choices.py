"""Put the choices of a company into the schemas: its words for a taxonomy, and its states.

Schemas declare the fields by `x-vocabulary` and `x-states`. The settings `vocabularies` and `states` change
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import one_of, shown, suggestion
from handbook.read.choice_settings import STATES, VOCABULARIES, OwnChoices
from handbook.read.schemas.references import DATA, parts
from handbook.read.values import as_mapping

_Schema: TypeAlias = Mapping[str, Any]
_Place: TypeAlias = tuple[str | int, ...]


class Declared(NamedTuple):
    """The choices of one name as the schemas have them.

    Attributes:
        words: The choices; none if every word is allowed.
        meanings: The choices that an own one can mean.
    """

    words: tuple[str, ...]
    meanings: tuple[str, ...]


class WrongChoice(NamedTuple):
    """A setting for choices that changes nothing, with its place in the settings."""

    pointer: _Place
    message: str
    hint: str


def declared_choices(schemas: Mapping[str, _Schema]) -> dict[tuple[str, str], Declared]:
    """Return the choices that schemas declare, by setting and name.

    Args:
        schemas: Valid schemas by file name.
    """
    found: dict[tuple[str, str], Declared] = {}
    for schema in schemas.values():
        for part in parts(schema):
            place = _declares(part)
            if place:
                words = tuple(word for word in part.get("enum", ()) if isinstance(word, str))
                meanings = tuple(part["x-states"]["built_in"]) if place[0] == STATES else words
                found.setdefault(place, Declared(words, meanings))
    return found


def _declares(schema: _Schema) -> tuple[str, str] | None:
    """Return the setting and the name of the choices of a field, if a company can have its own."""
    if isinstance(schema.get("x-vocabulary"), str):
        return VOCABULARIES, schema["x-vocabulary"]
    states = schema.get("x-states")
    return (STATES, str(states.get("name"))) if isinstance(states, Mapping) else None


def with_choices(schemas: Mapping[str, _Schema], own: tuple[OwnChoices, ...]) -> dict[str, _Schema]:
    """Return schemas with the choices of the company.

    Args:
        schemas: Valid schemas by file name.
        own: The choices.
    """
    by_place = {(each.setting, each.name): each for each in own}

    def change(schema: _Schema) -> _Schema:
        place = _declares(schema)
        return _with_choices(schema, by_place[place]) if place in by_place else schema

    changed = {name: _rewritten(schema, change) for name, schema in schemas.items()}
    return {name: _rewritten(schema, _with_conditions) for name, schema in changed.items()}


def _rewritten(value: Any, change: Callable[[_Schema], _Schema]) -> Any:
    """Return a schema with every part changed. Unchanged parts stay the same objects."""
    if isinstance(value, Mapping):
        found = {name: part if name in DATA else _rewritten(part, change) for name, part in value.items()}
        is_same = all(found[name] is part for name, part in value.items())
        return change(value if is_same else found)
    if isinstance(value, list):
        items = [_rewritten(part, change) for part in value]
        return value if all(map(_is, items, value)) else items
    return value


def _is(one: object, other: object) -> bool:
    return one is other


def _with_choices(field: _Schema, own: OwnChoices) -> _Schema:
    """Return a field with the choices of the company."""
    found = dict(field)
    before = list(field.get("enum", ()))
    words = [] if own.replaces else list(before)
    meanings = {**field.get("x-meanings", {}), **{each.id: each.means for each in own.choices if each.means}}
    known = set(words)
    for each in own.choices:
        if each.id and each.id not in known:
            known.add(each.id)
            words.insert(_position(words, meanings, each.means), each.id)
    words = [word for word in words if word not in own.dropped]
    if (before or own.replaces) and words:
        found["enum"] = words
        if found.get("default", words[0]) not in words:
            del found["default"]
        if any(f"{word} (" in str(field.get("description", "")) for word in before if word not in words):
            # It lists words that are no longer there.
            found["description"] = f"{str(field['description']).partition(':')[0].rstrip('.')}."
    titles = {**field.get("x-titles", {}), **{each.id: each.title for each in own.choices if each.title}}
    annotations = {"x-titles": titles, "x-meanings": meanings}
    return found | {name: value for name, value in annotations.items() if value}


def _position(words: Sequence[Any], meanings: Mapping[str, str], meaning: str) -> int:
    """Return where to add a choice: after the last of the same meaning, so that lists keep their order."""
    alike = [at for at, word in enumerate(words) if meanings.get(word, word) == meaning] if meaning else []
    return alike[-1] + 1 if alike else len(words)


def _with_conditions(schema: _Schema) -> _Schema:
    """Return a schema whose conditions on a state hold for every state of the same meaning."""
    fields = {
        name: field["x-meanings"]
        for name, field in as_mapping(schema.get("properties")).items()
        if isinstance(field, Mapping) and field.get("x-meanings")
    }
    if not fields or "allOf" not in schema:
        return schema
    return {**schema, "allOf": [_with_condition(part, fields) for part in schema["allOf"]]}


def _with_condition(part: Any, fields: Mapping[str, Mapping[str, str]]) -> Any:
    condition = as_mapping(as_mapping(part).get("if"))
    asked = as_mapping(condition.get("properties"))
    changed = {
        name: {**field, "enum": _and_alike(field["enum"], fields[name])}
        for name, field in asked.items()
        if name in fields and isinstance(as_mapping(field).get("enum"), list)
    }
    return {**part, "if": {**condition, "properties": {**asked, **changed}}} if changed else part


def _and_alike(words: list[Any], meanings: Mapping[str, str]) -> list[Any]:
    return [*words, *(word for word, meaning in meanings.items() if meaning in words and word not in words)]


def wrong_choices(
    own: Iterable[OwnChoices],
    declared: Mapping[tuple[str, str], Declared],
    of_layers: Iterable[OwnChoices] = (),
) -> Iterator[WrongChoice]:
    """Yield the settings for choices that name something unknown.

    Args:
        own: The settings.
        declared: The choices of the schemas, by setting and name.
        of_layers: The settings of layers, whose choices can be changed again.
    """
    below = [(each.setting, each.name, choice.id) for each in of_layers for choice in each.choices]
    for each in own:
        names = [name for setting, name in declared if setting == each.setting]
        if each.name not in names:
            message = f"Unknown name {shown(each.name)} in `{each.setting}`"
            yield WrongChoice((each.setting, each.name), message, suggestion(each.name, names))
            continue
        words, meanings = declared[each.setting, each.name]
        more = [word for setting, name, word in below if (setting, name) == (each.setting, each.name)]
        yield from _wrong_choices(each, Declared((*words, *more), meanings))


def _wrong_choices(own: OwnChoices, known: Declared) -> Iterator[WrongChoice]:
    place: _Place = (own.setting, own.name)
    if own.dropped and own.dropped >= {*known.words, *(each.id for each in own.choices)}:
        yield WrongChoice(place, "No state remains", "Keep at least one")
    for word in sorted(own.dropped - set(known.words)):
        message = f"Unknown state {shown(word)}"
        yield WrongChoice((*place, word), message, suggestion(word, known.words))
    words: _Place = place if own.replaces else (*place, "add")
    visited: set[str] = set()
    for index, each in enumerate(own.choices):
        at = (*place, each.id) if own.setting == STATES else (*words, index)
        if each.means and each.means not in known.meanings:
            message = f"Unknown meaning {shown(each.means)}"
            yield WrongChoice((*at, "means"), message, suggestion(each.means, known.meanings))
        elif not each.means and own.setting == STATES and each.id not in known.words:
            hint = f"Add `means:` with {one_of(known.meanings)}"
            yield WrongChoice(at, f"Missing meaning of the state {shown(each.id)}", hint)
        elif each.id in visited:
            yield WrongChoice(at, f"Duplicate choice {shown(each.id)}", "Remove it")
        visited |= {each.id} - {""}
