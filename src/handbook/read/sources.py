"""Read the files of each kind and split them into entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.choice_settings import make_own_choices
from handbook.read.context import Context
from handbook.read.day import day_of
from handbook.read.files import FOLDERS, Site, Source, read_source
from handbook.read.layers import find_layers
from handbook.read.namespaces import folder_of, in_namespace, namespaces_in, with_whole_ids
from handbook.read.overrides import combine, combine_pages, overridden
from handbook.read.pages import PAGE_SUFFIX, Page, read_pages
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.raw import Misshapen, RawEntry
from handbook.read.readings import read_readings
from handbook.read.schemas.checking import CheckedSchemas, check_schemas
from handbook.read.schemas.kinds import GONE_FILE, Kind, SchemaFile, read_schema_files
from handbook.read.settings import SETTINGS_FILE, kinds_off, merge_settings
from handbook.read.splitting import no_mapping, split, without_off
from handbook.read.tree import Tree
from handbook.read.unread import SOURCE_SUFFIX, misplaced_kind, unread_files
from handbook.read.yaml.faults import FaultKind


class _Found(NamedTuple):
    """What the sources of one site contain.

    Attributes:
        sources: The files.
        entries: The entries in them.
        misshapen: The parts of files that are not entries.
        broken: The names of the kinds with an unreadable file.
        paths: The files, absolute.
        other_folders: The folders that are no namespaces, by the first file in each.
    """

    sources: list[Source]
    entries: list[RawEntry]
    misshapen: list[Misshapen]
    broken: set[str]
    paths: set[Path]
    other_folders: dict[str, str]


def read_context(site: Site, today: date | None = None) -> Context:
    """Read a whole site with its layers. The context includes everything that is wrong, for rules to report.

    Args:
        site: The folder.
        today: The day that counts as today. By default, that of the settings or of the clock.
    """
    layers = find_layers(site)
    site = site._replace(layers=layers.sites)
    tree = _look_through(site)
    # Settings can change the schemas, so they are read first, and checked with everything else later.
    settings = [_read_one(each, tree, SETTINGS_FILE) for each in site.upwards]
    said = merge_settings([_content(source) for source in settings])
    schemas = _changed(read_schema_files(site), said)
    kinds = schemas.kinds
    *of_layers, setting = [_as_entry(source, schemas.settings) for source in settings]
    gone = [_read_one(each, tree, GONE_FILE) for each in site.upwards]
    gone_files = [file for source in gone if (file := _as_entry(source, schemas.gone))]
    known = [*filter(None, of_layers), *filter(None, [setting])]
    namespaces = namespaces_in(said)
    found = [_read_sources(each, tree, kinds, namespaces) for each in site.upwards]
    entries, idle = combine([each.entries for each in found])
    misshapen = [part for each in found for part in each.misshapen]
    misshapen += [
        no_mapping(each.source, f"Start with {start}")
        for files, start in ((known, "`rules:` or `limits:`"), (gone_files, "`gone:`"))
        for each in files
        if not isinstance(each.source.document.value, (dict, type(None)))
    ]
    all_off = schemas.kinds_off.values()
    off = {kind.name: [path for path, _ in _paths_of(site, tree, kind)] for kind in all_off}
    seen = found[-1].paths | ({site.root / SETTINGS_FILE} if schemas.settings else set())
    seen |= {site.root / GONE_FILE} if schemas.gone else set()
    seen |= {path for paths in off.values() for path in paths}
    unread = [
        file
        for file in unread_files(site, tree, kinds, seen)
        if not any(_could_be_of(kind, PurePosixPath(file.path)) for kind in all_off)
    ]
    # The content of a file with the wrong name or in the wrong folder must not be reported as missing too.
    broken = {file.kind.name for file in unread if file.kind}
    unclear = [PurePosixPath(file.path) for file in unread if not file.kind]
    broken |= {kind.name for kind in kinds.values() if any(_could_be_of(kind, path) for path in unclear)}
    of_pages = [read_pages(each, tree) for each in site.upwards]
    pages = combine_pages(of_pages)
    overridden_pages = overridden(of_pages, pages)
    return Context(
        site=site,
        layers=layers,
        tree=tree,
        today=day_of(_content(settings[-1]), today),
        kinds=kinds,
        kinds_off=schemas.kinds_off,
        files_off={name: [site.shown(path) for path in paths] for name, paths in off.items()},
        schema_problems=schemas.problems,
        schemas_key=schemas.key,
        dropped_requirements=schemas.dropped,
        choices=schemas.choices,
        settings_kind=schemas.settings,
        setting=setting,
        settings_of_layers=[each for each in of_layers if each],
        sources=[
            *(each.source for each in (*known, *gone_files)),
            *(source for each in found for source in each.sources),
        ],
        unread=unread,
        other_folders=found[-1].other_folders,
        entries=with_whole_ids(entries) if namespaces else entries,
        idle_overrides=idle,
        overridden=[
            *overridden([each.entries for each in found], entries),
            *(imprint for page in overridden_pages for imprint in _imprint(page, schemas.pages)),
        ],
        overridden_pages=overridden_pages,
        texts_off=[
            _text(path)
            for kind in all_off
            for each in site.upwards
            for path, _ in _paths_of(each, tree, kind)
        ],
        misshapen=misshapen,
        # What a layer contains is unknown when it can't be used.
        broken_kinds=frozenset(
            kinds if layers.are_incomplete else broken.union(*(each.broken for each in found))
        ),
        readings=read_readings(site, tree),
        pages=pages,
        page_kind=schemas.pages,
        imprints=[imprint for page in pages for imprint in _imprint(page, schemas.pages)],
        gone_kind=schemas.gone,
        gone_files=gone_files,
    )


def read_schemas(site: Site, files: Iterable[SchemaFile]) -> CheckedSchemas:
    """Return the content of schemas as the settings of a site and its layers change it."""
    tree = Tree(site)
    settings = [_read_one(each, tree, SETTINGS_FILE) for each in site.upwards]
    return _changed(files, merge_settings([_content(source) for source in settings]))


def _changed(files: Iterable[SchemaFile], settings: Mapping[str, Any]) -> CheckedSchemas:
    return check_schemas(tuple(files), make_own_choices(settings), kinds_off(settings))


def _read_sources(site: Site, tree: Tree, kinds: Mapping[str, Kind], namespaces: Collection[str]) -> _Found:
    """Return the entries of a site or a layer."""
    found = _Found([], [], [], set(), set(), {})
    for kind in sorted(kinds.values(), key=lambda kind: kind.name):
        for path, is_collection in _paths_of(site, tree, kind):
            found.sources.append(source := read_source(site, path))
            if not is_collection and not site.prefix and misplaced_kind(source, kind, kinds):
                continue
            found.paths.add(path)
            folder = folder_of(site, kind, path) if namespaces else ""
            if folder and folder not in namespaces and folder not in found.other_folders.values():
                found.other_folders[source.path] = folder
            if source.document.value is None:
                if not any(fault.kind is FaultKind.EMPTY for fault in source.document.faults):
                    found.broken.add(kind.name)
                continue
            for part in split(source, kind, is_collection=is_collection):
                if isinstance(part, Misshapen):
                    found.misshapen.append(part)
                    found.broken.add(kind.name)
                else:
                    found.entries.append(in_namespace(part, folder) if folder in namespaces else part)
                    if not part.id:
                        found.broken.add(kind.name)
    return found


def _look_through(site: Site) -> Tree:
    """Return the files of a site, and everything else in its folders, including those that engines copy."""
    tree = Tree(site)
    for each in site.upwards:
        for folder in (*(each.root / name for name in FOLDERS), each.docs):
            tree.look_through(folder)
    if site.overrides is not None:
        tree.look_through(site.overrides)
    return tree


def _text(path: Path) -> str:
    """Return the text of a file that is not read as YAML; empty if it is unreadable."""
    try:
        return read_plain_file(path).decode("utf-8", "replace")
    except UnusableError:
        return ""


def _imprint(page: Page, kind: Kind | None) -> Iterator[RawEntry]:
    """Yield the front matter of a page, if any. The other fields are for the theme."""
    if kind is None:
        return
    names = (*kind.shape.properties, *kind.shape.off_fields)
    said = {name: page.meta[name] for name in names if name in page.meta}
    if said:
        source = Source(page.shown_path, page.document)
        page_id = page.path.removesuffix(PAGE_SUFFIX)
        yield without_off(RawEntry(kind, page_id, said, source, (), named_by_file=True))


def _read_one(site: Site, tree: Tree, name: str) -> Source | None:
    """Return a file of a site, if it exists."""
    path = site.root / name
    return read_source(site, path) if tree.has(path) else None


def _content(source: Source | None) -> Mapping[str, Any]:
    """Return the content of a file, valid or not; without one, nothing."""
    value = source.document.value if source else None
    return value if isinstance(value, dict) else {}


def _as_entry(source: Source | None, kind: Kind | None) -> RawEntry | None:
    """Return the content of a file as an entry, if it exists and has a schema."""
    if source is None or kind is None:
        return None
    stem = PurePosixPath(source.path).stem
    return without_off(RawEntry(kind, stem, _content(source), source, (), named_by_file=True))


def _could_be_of(kind: Kind, path: PurePosixPath) -> bool:
    """Return whether a file would belong to a kind if it had another extension."""
    renamed = str(path.with_suffix(SOURCE_SUFFIX))
    return any(
        renamed == source or (source.endswith("/") and renamed.startswith(source)) for source in kind.sources
    )


def _paths_of(site: Site, tree: Tree, kind: Kind) -> Iterator[tuple[Path, bool]]:
    """Yield the files of a kind, and whether each can only be a collection."""
    for source in kind.sources:
        path = site.root / source
        if source.endswith("/"):
            yield from ((found, False) for found in tree.below(path, (SOURCE_SUFFIX,), folders=True))
        elif tree.has(path):
            yield path, True
