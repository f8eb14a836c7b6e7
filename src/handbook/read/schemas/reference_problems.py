"""Check the references between schemas: known, not circular, and not too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from handbook.base.problem import Problem
from handbook.base.words import suggestion
from handbook.read.schemas.kinds import SchemaFile
from handbook.read.schemas.references import Resolver, UnresolvableError

Place: TypeAlias = tuple[str | int, ...]
Parts: TypeAlias = Sequence[tuple[Place, Any]]
"""Every schema in a file, with its place."""

_Schema: TypeAlias = Mapping[str, Any]
_MOST_BURDEN = 10_000
_DEEPEST = 100
_REFERENCES = ("$ref", "$dynamicRef")
_IN_PLACE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")


def _references(schema: _Schema) -> Iterator[tuple[str, str]]:
    for keyword in _REFERENCES:
        if isinstance(schema.get(keyword), str):
            yield keyword, schema[keyword]


def _file_of(reference: str) -> str:
    return reference.partition("#")[0].rpartition("/")[2]


class Burdens:
    """How many schemas a value is checked against, for each schema that is known already.

    Attributes:
        known: The numbers by the identity of a schema; 0 while it is being counted.
        has_circle: Whether any schema led back to itself.
    """

    def __init__(self) -> None:
        self.known: dict[int, int] = {}
        self.has_circle = False


def targets(parts: Parts) -> set[str]:
    """Return the names of the files that a schema refers to."""
    found = {_file_of(reference) for _, schema in parts for _, reference in _references(schema)}
    return found - {""}


def problems_of_references(
    file: SchemaFile,
    parts: Parts,
    resolver: Resolver,
    files: Mapping[str, SchemaFile],
    burdens: Burdens,
) -> Iterator[Problem]:
    """Yield the problems of the references in a file.

    Args:
        file: The file.
        parts: Every schema in it.
        resolver: Resolves its references.
        files: Every file by name, with those that can't be used because of problems reported there.
        burdens: Those of the files so far.
    """
    is_reported = False
    for pointer, schema in parts:
        if pointer and "$id" in schema:
            message = "`$id` is allowed only at the top of a file"
            yield file.problem((*pointer, "$id"), message, "Remove it")
        for keyword, reference in _references(schema):
            name, at = _file_of(reference), (*pointer, keyword)
            if name in files and name not in resolver.schemas:
                continue  # The problem is reported in that file.
            target = _resolve(resolver, reference)
            if target is None:
                other = files.get(name or file.name)
                if other and other.patch and not file.is_of_patch(at):
                    # The target was there before the patch of its file.
                    place = reference.partition("#")[2].strip("/").split("/")
                    message = f"`{place[-1]}` can't be removed: other parts of the schemas need it"
                    yield other.problem(place, message, "Remove this line")
                    continue
                hint = suggestion(name, files) if name and name not in files else ""
                yield file.problem(at, f"Unknown schema `{reference}`", hint or "Correct the part after `#`")
            elif _burden(schema, resolver, burdens) > _MOST_BURDEN:
                if not is_reported:
                    message = (
                        f"Too complex: a value would be checked against more than {_MOST_BURDEN:,} schemas"
                    )
                    yield file.problem(at, message, "Use a single, direct reference to each schema")
                is_reported = True
            elif burdens.has_circle and _leads_back(schema, resolver):
                message = f"Circular reference `{reference}`"
                yield file.problem(at, message, "Use a reference to another schema")


def _resolve(resolver: Resolver, reference: str) -> tuple[Any, Resolver] | None:
    """Return the target of a reference, and the resolver of the references in it."""
    try:
        resolved = resolver.lookup(reference)
    except UnresolvableError:
        return None
    return (resolved.contents, resolved.resolver) if isinstance(resolved.contents, (dict, bool)) else None


def _burden(schema: Any, resolver: Resolver, burdens: Burdens, depth: int = 0) -> int:
    """Return the number of schemas that a value is checked against; too many if they are nested too deep."""
    if not isinstance(schema, dict):
        return 1
    if depth > _DEEPEST:
        return _MOST_BURDEN + 1
    known = burdens.known
    if id(schema) not in known:
        known[id(schema)] = 0
        parts: list[tuple[Any, Resolver]] = []
        for keyword in _IN_PLACE[:-1]:
            part = schema.get(keyword, [])
            parts += [(each, resolver) for each in (part if isinstance(part, list) else [part])]
        parts += [(part, resolver) for part in schema.get(_IN_PLACE[-1], {}).values()]
        parts += filter(None, (_resolve(resolver, reference) for _, reference in _references(schema)))
        burden = 1 + sum(_burden(part, own, burdens, depth + 1) for part, own in parts)
        known[id(schema)] = min(burden, _MOST_BURDEN + 1)
    # A circular reference is reported separately.
    burdens.has_circle |= not known[id(schema)]
    return known[id(schema)]


def _leads_back(start: _Schema, resolver: Resolver) -> bool:
    """Return whether checking a value against a schema would check the same value against it again."""
    seen: set[int] = set()
    waiting: list[tuple[Any, Resolver]] = [(start, resolver)]
    while waiting:
        schema, own = waiting.pop()
        if isinstance(schema, list):
            waiting += [(part, own) for part in schema]
        if not isinstance(schema, dict):
            continue
        if seen and schema is start:
            return True
        if id(schema) not in seen:
            seen.add(id(schema))
            waiting += [(schema[keyword], own) for keyword in _IN_PLACE[:-1] if keyword in schema]
            waiting += [(part, own) for part in schema.get(_IN_PLACE[-1], {}).values()]
            found = (_resolve(own, reference) for _, reference in _references(schema))
            waiting += [target for target in found if target]
    return False
