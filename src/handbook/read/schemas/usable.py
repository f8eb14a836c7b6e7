"""Find out which schemas can be used, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from handbook.base.problem import Problem
from handbook.base.words import one_of, suggestion
from handbook.read.schemas.collections import wrong_collections
from handbook.read.schemas.file_problems import problems_of_file
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA, SCHEMA_SUFFIX, SchemaFile
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.schemas.reference_problems import Burdens, Parts, Place, problems_of_references, targets
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.subschemas import parts_of

_Schema: TypeAlias = Mapping[str, Any]


def usable_schemas(
    files: Sequence[SchemaFile], schemas: Mapping[str, _Schema]
) -> tuple[set[str], tuple[Problem, ...]]:
    """Return the names of the schemas that can be used, and the problems of all.

    Args:
        files: The schemas.
        schemas: Their content by name.
    """
    parts = {file.name: parts_of(file.document) for file in files}
    problems = [problem for file in files for problem in problems_of_file(file, parts[file.name])]
    wrong = {problem.path for problem in problems}
    sound = [file for file in files if file.path not in wrong]
    schemas = {file.name: schemas[file.name] for file in sound}
    by_name = {file.name: file for file in files}
    burdens = Burdens()
    for file in sound:
        resolver = Resolver(schemas, file.name)
        problems += problems_of_references(file, parts[file.name], resolver, by_name, burdens)
    # The kind of a broken schema is unknown.
    if all(file.path not in wrong or _declared([file]) for file in files):
        names = _declared(files)
        problems += [problem for file in files for problem in _unknown_kinds(file, parts[file.name], names)]
        problems += _wrong_collections(sound)
    problems += _clashes(sound)
    wrong = {problem.path for problem in problems}
    usable = {file.name for file in sound if file.path not in wrong}
    # A schema that refers to an invalid one can't be used either, but has nothing to fix.
    named = {name: targets(parts[name]) for name in usable}
    while resting := {name for name in usable if not named[name] <= usable}:
        usable -= resting
    # What doesn't fit is left out of a schema, so the rest can be used.
    problems += [misfit for file in files for misfit in file.misfits]
    return usable, tuple(dict.fromkeys(problems))


def _declared(files: Iterable[SchemaFile]) -> list[str]:
    """Return the names of the kinds that any file declares, valid or not."""
    declared = [file.content.get("x-kind") for file in files]
    names = [kind.get("name") for kind in declared if isinstance(kind, dict)]
    return [name for name in names if isinstance(name, str)]


def _unknown_kinds(file: SchemaFile, parts: Parts, kinds: Sequence[str]) -> Iterator[Problem]:
    for pointer, schema in parts:
        reference = schema.get("x-ref")
        for name in reference if isinstance(reference, list) else [reference]:
            if isinstance(name, str) and not name.startswith("#") and name not in kinds:
                hint = suggestion(name, kinds) or "Add a schema for it"
                yield file.problem((*pointer, "x-ref"), f"Unknown content type `{name}`", hint)


def _wrong_collections(files: Sequence[SchemaFile]) -> Iterator[Problem]:
    """Yield the problems of the site's own schema of collections. A site can't fix a shipped one."""
    declared = {file.name: file.content.get("x-kind") for file in files}
    plurals = {kind["plural"]: name for name, kind in declared.items() if isinstance(kind, dict)}
    for file in files:
        if file.name == COLLECTIONS_SCHEMA and not Path(file.path).is_absolute():
            yield from wrong_collections(file, plurals)


def _clashes(files: Sequence[SchemaFile]) -> Iterator[Problem]:
    """Yield kinds that would share a name, sources or pages. The site's own kinds are reported."""
    taken: list[tuple[str, str, SchemaFile]] = []
    for file in sorted(files, key=lambda file: not Path(file.path).is_absolute()):
        declared = file.content.get("x-kind")
        if not isinstance(declared, dict):
            continue
        places: list[tuple[Place, str]]
        places = [((keyword,), declared[keyword]) for keyword in ("name", "plural", "page")]
        places += [(("sources", index), source) for index, source in enumerate(declared["sources"])]
        found: dict[str, list[tuple[Place, str]]] = {}
        for place, value in places:
            for keyword, other, owner in taken:
                if keyword == place[0] and (value == other or _is_inside(value, other)):
                    what = "source" if keyword == "sources" else keyword
                    message = f"Duplicate {what} `{value}`: `{other}` belongs to {owner.name}"
                    found.setdefault(owner.name, []).append((place, message))
        for other_name, clashes in found.items():
            place, message = clashes[0]
            if len(clashes) == 1:
                yield file.problem(("x-kind", *place), message, "Rename it")
                continue
            # The schema is a copy with another name.
            fields = one_of(dict.fromkeys(str(place[0]) for place, _ in clashes), "and")
            patch = other_name.replace(SCHEMA_SUFFIX, PATCH_SUFFIX)
            yield file.problem(
                ("x-kind", *place),
                f"Duplicate {fields}: they belong to {other_name}",
                f"Change each of them. To change the content type itself, write schemas/{patch} instead",
            )
        taken += [(str(place[0]), value, file) for place, value in places]


def _is_inside(source: str, other: str) -> bool:
    """Return whether one of two sources is a folder that contains the other."""
    return any(
        folder.endswith("/") and path.startswith(folder)
        for folder, path in ((source, other), (other, source))
    )
