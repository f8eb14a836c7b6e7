"""From files to entries: which kind reads which file, and what each file holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing.exceptions import Unresolvable

from handbook.check.context import Context, Misshapen, RawEntry, json_pointer
from handbook.check.rule import Problem
from handbook.check.schema_errors import schema_problems
from handbook.check.words import nearest, suggestion
from handbook.read.document import FaultKind, read_document
from handbook.read.files import Site, Source, files_below, read_source
from handbook.read.kinds import Kind, SchemaFile, make_kinds, make_registry, read_schema_files
from handbook.read.pages import read_pages
from handbook.read.shapes import Shape

SOURCE_SUFFIX = ".yaml"
_LANGUAGE = Path(__file__).with_name("schema_language.json")


def read_context(site: Site) -> Context:
    """Reads a whole site. Whatever is wrong with it stands in the context, for the rules to report."""
    schemas = read_schema_files(site.root)
    kinds, problems = _check_schemas(schemas)
    sources: list[Source] = []
    entries: list[RawEntry] = []
    misshapen: list[Misshapen] = []
    broken: set[str] = set()
    seen: set[Path] = set()
    for kind in sorted(kinds.values(), key=lambda kind: kind.name):
        for path, is_collection in _paths_of(site, kind):
            seen.add(path)
            source = read_source(site, path)
            sources.append(source)
            if source.document.value is None:
                if not any(fault.kind is FaultKind.EMPTY for fault in source.document.faults):
                    broken.add(kind.name)
                continue
            for part in _split(source, kind, is_collection=is_collection):
                if isinstance(part, Misshapen):
                    misshapen.append(part)
                    broken.add(kind.name)
                else:
                    entries.append(part)
    unread = [
        site.relative(path)
        for path in files_below(site.root / "sources", (".yaml", ".yml", ".json"))
        if path not in seen and path.is_file()
    ]
    return Context(
        site=site,
        kinds=kinds,
        schema_problems=problems,
        sources=sources,
        unread=unread,
        entries=entries,
        misshapen=misshapen,
        broken_kinds=frozenset(broken),
        pages=read_pages(site),
    )


def _paths_of(site: Site, kind: Kind) -> Iterator[tuple[Path, bool]]:
    """The files a kind's entries stand in; whether each can only be a collection."""
    for source in kind.sources:
        path = site.root / source
        if source.endswith("/"):
            for found in files_below(path, (SOURCE_SUFFIX,)):
                yield found, False
        elif path.exists() or path.is_symlink():
            yield path, True


def _split(source: Source, kind: Kind, *, is_collection: bool) -> Iterator[RawEntry | Misshapen]:
    """The entries of a file. One that names the kind's plural is a collection, any other a single entry."""
    document = source.document
    value = document.value
    if not isinstance(value, dict):
        yield Misshapen(
            source,
            document.start_span(()),
            "the file must begin with a field's name and a colon",
            f"begin with `{kind.plural}:` and a list below it" if is_collection else "begin with `name:`",
        )
        return
    if kind.plural in value:
        yield from _split_collection(source, kind, value)
    elif is_collection:
        first = next(iter(value), "")
        yield Misshapen(
            source,
            document.key_span((first,)),
            f"`{first}` stands where `{kind.plural}` should",
            f"the file holds `{kind.plural}:` and a list below it",
            json_pointer((first,)),
        )
    else:
        stem = Path(source.path).stem
        yield RawEntry(kind, stem, {**value, "id": value.get("id", stem)}, source, (), named_by_file=True)


def _split_collection(source: Source, kind: Kind, value: Mapping[str, Any]) -> Iterator[RawEntry | Misshapen]:
    document = source.document
    for name in value:
        if name != kind.plural:
            yield Misshapen(
                source,
                document.key_span((name,)),
                f"`{name}` has no place beside `{kind.plural}`",
                f"the file holds `{kind.plural}:` only; indent the line if it belongs to an entry",
                json_pointer((name,)),
            )
    items = value[kind.plural]
    if items is None:
        return
    if not isinstance(items, list):
        yield Misshapen(
            source,
            document.key_span((kind.plural,)),
            f"`{kind.plural}` must be a list",
            "begin each entry with `- id: …`",
            json_pointer((kind.plural,)),
        )
        return
    for index, item in enumerate(items):
        at = (kind.plural, index)
        if isinstance(item, dict):
            entry_id = item.get("id")
            yield RawEntry(
                kind, entry_id if isinstance(entry_id, str) else "", item, source, at, named_by_file=False
            )
        else:
            yield Misshapen(
                source,
                document.value_span(at),
                "an entry must be a mapping of fields",
                "write `- id: …` and the other fields below it",
                json_pointer(at),
            )


def _check_schemas(files: list[SchemaFile]) -> tuple[dict[str, Kind], list[Problem]]:
    """The kinds that the sound schemas declare, and what is wrong with the others."""
    language = read_document(_LANGUAGE.read_bytes()).value
    assert isinstance(language, dict)  # noqa: S101  # it ships with this module
    shape = Shape(language, make_registry({}).resolver())
    validator = Draft202012Validator(language)
    schemas: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    sound: list[str] = []
    for file in files:
        own = list(_problems_of_schema(file, shape, validator))
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


def _problems_of_schema(file: SchemaFile, shape: Shape, validator: Draft202012Validator) -> Iterator[Problem]:
    document = file.document
    for fault in document.faults:
        yield Problem(file.path, document.fault_span(fault), fault.message, fault.hint)
    if document.faults:
        return
    if not isinstance(document.value, dict):
        yield Problem(file.path, document.start_span(()), "a schema is a mapping", "begin with `{`")
        return
    for problem in schema_problems(validator, shape, document.value):
        span = document.key_span(problem.pointer) if problem.at_key else document.value_span(problem.pointer)
        yield Problem(file.path, span, problem.message, problem.hint, json_pointer(problem.pointer))


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
