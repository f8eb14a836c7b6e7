"""The schemas themselves: they must be right before they can say anything about a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from referencing.exceptions import Unresolvable

from handbook.check.context import json_pointer
from handbook.check.problem import Problem
from handbook.check.schema_errors import SchemaProblem, schema_problems
from handbook.check.words import nearest, suggestion
from handbook.read.document import read_document
from handbook.read.kinds import Kind, SchemaFile, make_kinds
from handbook.read.registry import make_registry
from handbook.read.shapes import Shape
from handbook.read.validation import Validator

_LANGUAGE = Path(__file__).with_name("schema_language.json")


def check_schemas(files: Sequence[SchemaFile]) -> tuple[dict[str, Kind], list[Problem]]:
    """The kinds that the sound schemas declare, and what is wrong with the others."""
    schemas: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    sound: list[str] = []
    for file in files:
        own = list(_problems_of_schema(file))
        problems += own
        if isinstance(file.document.value, dict):
            schemas[file.name] = file.document.value
        if not own:
            sound.append(file.name)
    registry = make_registry(schemas)
    for file in files:
        if file.name in sound:
            own = list(_unresolved(file, registry.resolver(file.name), schemas))
            problems += own
            if own:
                sound.remove(file.name)
    kinds = make_kinds(schemas, sound)
    for file in files:
        problems += _unknown_kinds(file, kinds)
    return kinds, problems


def _problems_of_schema(file: SchemaFile) -> Iterator[Problem]:
    document = file.document
    for fault in document.faults:
        yield Problem(file.path, document.fault_span(fault), fault.message, fault.hint)
    if document.faults:
        return
    if not isinstance(document.value, dict):
        yield Problem(file.path, document.start_span(()), "a schema is a mapping", "begin with `{`")
        return
    for problem in _mistakes_in(document.text):
        span = document.key_span(problem.pointer) if problem.at_key else document.value_span(problem.pointer)
        yield Problem(file.path, span, problem.message, problem.hint, json_pointer(problem.pointer))


@lru_cache(maxsize=64)
def _mistakes_in(text: str) -> tuple[SchemaProblem, ...]:
    """What the language of schemas says against a schema; the same text is looked at once."""
    language: Any = read_document(_LANGUAGE.read_bytes()).value
    schema = read_document(text.encode()).value
    shape = Shape(language, make_registry({}).resolver())
    return tuple(schema_problems(Validator(language, {}), shape, schema))


def _subschemas(
    value: Any, pointer: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        yield pointer, value
        for name, part in value.items():
            if name not in {"examples", "enum", "const", "default"}:
                yield from _subschemas(part, (*pointer, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _subschemas(part, (*pointer, index))


def _unresolved(file: SchemaFile, resolver: Any, schemas: Mapping[str, Any]) -> Iterator[Problem]:
    for pointer, schema in _subschemas(file.document.value):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            continue
        whole = f"{file.name}{reference}" if reference.startswith("#") else reference
        try:
            resolver.lookup(whole)
        except Unresolvable:
            name = reference.partition("#")[0]
            hint = suggestion(name, schemas) if name and name not in schemas else "check the part after `#`"
            at = (*pointer, "$ref")
            yield Problem(
                file.path,
                file.document.value_span(at),
                f"`{reference}` leads to no schema",
                hint,
                json_pointer(at),
            )


def _unknown_kinds(file: SchemaFile, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    for pointer, schema in _subschemas(file.document.value):
        reference = schema.get("x-ref")
        names = (
            [reference] if isinstance(reference, str) else reference if isinstance(reference, list) else []
        )
        for name in names:
            if isinstance(name, str) and not name.startswith("#") and name not in kinds:
                at = (*pointer, "x-ref")
                near = nearest(name, kinds)
                yield Problem(
                    file.path,
                    file.document.value_span(at),
                    f"there is no kind `{name}`",
                    f"did you mean `{near}`?" if near else suggestion(name, kinds),
                    json_pointer(at),
                )
