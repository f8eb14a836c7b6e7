"""Check one schema file: its keywords, patterns and meanings, whatever the other schemas contain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from handbook.base.problem import Problem
from handbook.base.words import lower_first, suggestion
from handbook.read.schemas.kinds import SchemaFile
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.problems import NO_HINT, SchemaProblem
from handbook.read.schemas.reference_problems import Parts
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shape, Shapes
from handbook.read.schemas.validation import Validator, pattern_error
from handbook.read.yaml.document import Document, json_pointer

_Schema: TypeAlias = Mapping[str, Any]

_LANGUAGE = Path(__file__).with_name("schema_language.json")


def problems_of_file(file: SchemaFile, parts: Parts) -> Iterator[Problem]:
    """Yield the problems of a schema that don't depend on the others.

    Args:
        file: The file.
        parts: Every schema in it.
    """
    document = file.document
    for fault in document.faults:
        yield Problem(file.path, document.fault_span(fault), fault.message, fault.hint)
    if document.faults:
        return
    if not isinstance(document.value, dict):
        yield Problem(file.path, document.start_span(()), "A schema must be a mapping", "Start with `{`")
        return
    mistakes = _mistakes_in(document)
    for mistake in mistakes:
        places = file.places
        at = places.value_span
        at = places.key_span if mistake.at_key else places.start_span if mistake.at_start else at
        pointer = mistake.pointer
        yield Problem(file.path, at(pointer), mistake.message, mistake.hint, json_pointer(pointer))
    if not mistakes:
        yield from _wrong_patterns(file, parts)
        yield from _wrong_meanings(file, parts)


@lru_cache(maxsize=64)
def _mistakes_in(document: Document) -> tuple[SchemaProblem, ...]:
    """Return the mistakes in a schema by the schema language. The same text is checked once."""
    language, validator, shape = _language()
    mistakes = schema_problems(validator, shape, document.value)
    return tuple(mistake._replace(hint=_hint(mistake, language)) for mistake in mistakes)


@lru_cache(maxsize=1)
def _language() -> tuple[_Schema, Validator, Shape]:
    """Return the schema language with its validator and shape."""
    from handbook.read.yaml.json_text import read_json  # noqa: PLC0415 - most runs know that the schemas are right

    language: Any = read_json(_LANGUAGE.read_text(encoding="utf-8"))
    return language, Validator(language, {}), Shapes().of(language, Resolver({}, ""))


def _hint(mistake: SchemaProblem, language: _Schema) -> str:
    """Return the fix for a schema. A keyword means the same at every depth, so its own description helps."""
    if mistake.hint != NO_HINT:
        return mistake.hint
    keyword = next((part for part in reversed(mistake.pointer) if isinstance(part, str)), "")
    description = language["properties"].get(keyword, {}).get("description", "")
    return (
        f"Use a valid value: {lower_first(description.rstrip('.'))}"
        if description
        else "See JSON Schema 2020-12 for this keyword"
    )


def _wrong_patterns(file: SchemaFile, parts: Parts) -> Iterator[Problem]:
    for pointer, schema in parts:
        own = {(*pointer, "pattern"): schema["pattern"]} if "pattern" in schema else {}
        below = schema.get("patternProperties", {})
        for at, pattern in (own | {(*pointer, "patternProperties", name): name for name in below}).items():
            error = pattern_error(pattern)
            if error:
                message = f"Invalid pattern: {error}"
                yield file.problem(at, message, "Use syntax that both JavaScript and Python support")


def _wrong_meanings(file: SchemaFile, parts: Parts) -> Iterator[Problem]:
    for pointer, schema in parts:
        known = schema["x-states"]["built_in"] if "x-states" in schema else ()
        for word, meaning in schema.get("x-meanings", {}).items() if known else ():
            if meaning not in known:
                message = f"Unknown meaning `{meaning}`"
                yield file.problem((*pointer, "x-meanings", word), message, suggestion(meaning, known))
