"""Know the content of schemas, which must be valid before they can be used on a source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

from handbook.base.memory import key_of, memory
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.read.choice_settings import OwnChoices
from handbook.read.schemas.choices import Declared, declared_choices, with_choices
from handbook.read.schemas.kinds import Kind, SchemaFile
from handbook.read.schemas.making import make_kinds
from handbook.read.schemas.switched_off import without_kinds

_Schema: TypeAlias = Mapping[str, Any]


class CheckedSchemas(NamedTuple):
    """The content of a set of schemas.

    Attributes:
        kinds: The kinds by name.
        kinds_off: The kinds that the settings switch off, by name.
        settings: The settings, which have no entries.
        pages: The front matter of handwritten pages.
        gone: The file of removed entries.
        problems: The problems of the schemas.
        choices: The choices that the settings can change, by setting and name; none if they change nothing.
        in_force: The schemas as the settings change them, by file name.
        dropped: The lists of patches that make required fields optional.
        key: What names all of this in a memory.
    """

    kinds: Mapping[str, Kind]
    kinds_off: Mapping[str, Kind]
    settings: Kind | None
    pages: Kind | None
    gone: Kind | None
    problems: tuple[Problem, ...]
    choices: Mapping[tuple[str, str], Declared]
    in_force: Mapping[str, _Schema]
    dropped: tuple[Problem, ...]
    key: str


@lru_cache(maxsize=4)
def check_schemas(
    files: tuple[SchemaFile, ...], own: tuple[OwnChoices, ...] = (), off: frozenset[str] = frozenset()
) -> CheckedSchemas:
    """Return the content of the valid schemas, and the problems of the others.

    Most changes to a site don't affect its schemas, so the same files are checked once.

    Args:
        files: The schemas.
        own: The choices of the company.
        off: The names of the kinds that are switched off.
    """
    # References use file names, so a schema's file name is its address, whatever its `$id`.
    schemas = {file.name: {**file.content, "$id": file.name} for file in files}
    files_key = _key(files)
    is_of_engine = all(file.is_of_engine for file in files)
    kept = memory()
    usable: Collection[str] = schemas.keys()
    problems: tuple[Problem, ...] = ()
    # Misfits follow from more than the text of a schema.
    if kept is None or any(file.misfits for file in files) or not kept.recall(files_key):
        from handbook.read.schemas.usable import usable_schemas  # noqa: PLC0415 - most runs know it already

        usable, problems = usable_schemas(files, schemas)
        if kept and not problems:
            kept.keep(files_key, result=True, is_of_engine=is_of_engine)
    sound_schemas: dict[str, _Schema] = {name: schemas[name] for name in sorted(usable)}
    # Only settings for choices need them.
    choices = declared_choices(sound_schemas) if own else {}
    if own:
        sound_schemas = with_choices(sound_schemas, own)
    if off:
        sound_schemas = without_kinds(sound_schemas, off)
    key = key_of(
        "", files_key, *(repr((*each[:-1], sorted(each.dropped))) for each in own), repr(sorted(off))
    )
    kinds, settings, pages, gone = make_kinds(
        sound_schemas, "" if problems else key, is_of_engine=is_of_engine and not own and not off
    )
    return CheckedSchemas(
        MappingProxyType({name: kind for name, kind in kinds.items() if name not in off}),
        MappingProxyType({name: kind for name, kind in kinds.items() if name in off}),
        settings,
        pages,
        gone,
        problems,
        MappingProxyType(choices),
        MappingProxyType(sound_schemas),
        tuple(problem for file in files for problem in file.dropped),
        key,
    )


def _key(files: Iterable[SchemaFile]) -> str:
    """Return what names schemas in the memory."""
    return key_of(
        "schemas",
        *(
            text
            for file in files
            for text in (file.name, file.path, file.document.text, file.patch.text if file.patch else "")
        ),
    )
