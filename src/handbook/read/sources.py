"""Read the files of each kind and split them into entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from handbook.base.findings import MOST_OF_A_FILE
from handbook.base.words import shown
from handbook.read.context import Context, Misshapen, RawEntry
from handbook.read.files import Site, Source, read_source
from handbook.read.pages import PAGE_SUFFIX, Page, read_pages
from handbook.read.schemas.checking import check_schemas
from handbook.read.schemas.former_names import with_current_names
from handbook.read.schemas.kinds import SCHEMA_SUFFIX, SCHEMAS, Kind, read_schema_files
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.settings import SETTINGS_FILE
from handbook.read.tree import Tree
from handbook.read.yaml.document import json_pointer
from handbook.read.yaml.faults import FaultKind

SOURCE_SUFFIX = ".yaml"


def read_context(site: Site, today: date) -> Context:
    """Read a whole site. The context includes everything that is wrong, for the rules to report.

    Args:
        site: The folder.
        today: The current day for rules about dates.
    """
    tree = _look_through(site)
    # Settings can change the schemas, so they are read first, and checked with everything else later.
    settings = _read_settings(site, tree)
    schemas = check_schemas(tuple(read_schema_files(site.root)))
    kinds = schemas.kinds
    setting = _settings_entry(settings, schemas.settings)
    sources: list[Source] = [setting.source] if setting else []
    entries: list[RawEntry] = []
    misshapen: list[Misshapen] = []
    if setting and not isinstance(setting.source.document.value, (dict, type(None))):
        misshapen.append(_no_mapping(setting.source, "Start with `rules:` or `limits:`"))
    broken: set[str] = set()
    seen = {site.root / SETTINGS_FILE} if schemas.settings else set()
    for kind in sorted(kinds.values(), key=lambda kind: kind.name):
        for path, is_collection in _paths_of(site, tree, kind):
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
                    if not part.id:
                        broken.add(kind.name)
    unread = [site.shown(path) for path in _unread(site, tree, kinds.values(), seen)]
    # The content of a file with the wrong extension must not be reported as missing too.
    broken |= {
        kind.name
        for kind in kinds.values()
        if any(_could_be_of(kind, PurePosixPath(path)) for path in unread)
    }
    pages = read_pages(site, tree)
    return Context(
        site=site,
        tree=tree,
        today=today,
        kinds=kinds,
        schema_problems=schemas.problems,
        settings_kind=schemas.settings,
        setting=setting,
        sources=sources,
        unread=unread,
        entries=entries,
        misshapen=misshapen,
        broken_kinds=frozenset(broken),
        pages=pages,
        page_kind=schemas.pages,
        imprints=[imprint for page in pages for imprint in _imprint(page, schemas.pages)],
    )


def _look_through(site: Site) -> Tree:
    """Return the files of a site, and everything else in its folders, including those that engines copy."""
    tree = Tree(site)
    for folder in (
        site.root / "sources",
        site.root / SCHEMAS,
        site.root / "macros",
        site.docs,
        site.overrides,
    ):
        if folder is not None:
            tree.look_through(folder)
    return tree


def _imprint(page: Page, kind: Kind | None) -> Iterator[RawEntry]:
    """Yield the front matter of a page, if any. The other fields are for the theme."""
    said = (
        {} if kind is None else {name: page.meta[name] for name in kind.shape.properties if name in page.meta}
    )
    if kind is not None and said:
        source = Source(page.shown_path, page.document)
        yield RawEntry(kind, page.path.removesuffix(PAGE_SUFFIX), said, source, (), named_by_file=True)


def _read_settings(site: Site, tree: Tree) -> Source | None:
    """Return the settings file, if it exists."""
    path = site.root / SETTINGS_FILE
    return read_source(site, path) if tree.has(path) else None


def _settings_entry(source: Source | None, kind: Kind | None) -> RawEntry | None:
    """Return the content of the settings file, if it exists and has a schema."""
    if source is None or kind is None:
        return None
    value = source.document.value
    said = value if isinstance(value, dict) else {}
    return RawEntry(kind, PurePosixPath(SETTINGS_FILE).stem, said, source, (), named_by_file=True)


def _unread(site: Site, tree: Tree, kinds: Iterable[Kind], seen: Collection[Path]) -> Iterator[Path]:
    """Yield files that look like sources but belong to no kind, or like schemas but are not read."""
    top = {Path(source).stem for kind in kinds for source in kind.sources if "/" not in source}
    found = [path for path in sorted(site.root.iterdir()) if path.stem.replace("-", "_").lower() in top]
    for path in [*found, *tree.below(site.root / "sources")]:
        if path.suffix.lower() in {".yaml", ".yml", ".json"} and path not in seen and path.is_file():
            yield path
    schemas = site.root / SCHEMAS
    for path in tree.below(schemas):
        is_read = path.parent == schemas and path.name.endswith((SCHEMA_SUFFIX, PATCH_SUFFIX))
        if not is_read and path.stem.endswith((".patch", ".schema")):
            yield path


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
            for found in tree.below(path, (SOURCE_SUFFIX,), folders=True):
                yield found, False
        elif tree.has(path):
            yield path, True


def _split(source: Source, kind: Kind, *, is_collection: bool) -> Iterator[RawEntry | Misshapen]:
    """Yield the entries of a file: a collection if it has the kind's plural, otherwise a single entry."""
    document = source.document
    value = document.value
    if not isinstance(value, dict):
        hint = f"Start with `{kind.plural}:` and a list below it" if is_collection else "Start with `name:`"
        yield _no_mapping(source, hint)
        return
    if kind.plural in value:
        yield from _split_collection(source, kind, value)
    elif is_collection:
        first = next(iter(value), "")
        yield Misshapen(
            source,
            partial(document.key_span, (first,)),
            f"Unknown field {shown(first)}, expected `{kind.plural}`",
            f"Use `{kind.plural}:` with a list below it",
            json_pointer((first,)),
        )
    else:
        stem = Path(source.path).stem
        filled_in = {**value, "id": value.get("id", stem)}
        yield _with_current_names(RawEntry(kind, stem, filled_in, source, (), named_by_file=True))


def _with_current_names(entry: RawEntry) -> RawEntry:
    """Return an entry with the current names of its fields and values."""
    value, former = with_current_names(entry.kind.shape, entry.value)
    keys = {each.current: each.former for each in former if each.is_field}
    entry.source.document.former_keys.update(keys)
    # The field `id` can have a former name, too.
    has_new_id = not entry.named_by_file and isinstance(value.get("id"), str)
    return entry._replace(id=value["id"] if has_new_id else entry.id, value=value, former_names=former)


def _no_mapping(source: Source, hint: str) -> Misshapen:
    span = source.document.start_span(())
    return Misshapen(source, span, "The file must start with a field name and a colon", hint)


def _split_collection(source: Source, kind: Kind, value: Mapping[str, Any]) -> Iterator[RawEntry | Misshapen]:
    document = source.document
    for name in value:
        if name != kind.plural:
            yield Misshapen(
                source,
                partial(document.key_span, (name,)),
                f"Unknown field {shown(name)} next to `{kind.plural}`",
                "Remove it, or indent the line if it belongs to an entry",
                json_pointer((name,)),
            )
    items = value[kind.plural]
    if items is None:
        return
    if not isinstance(items, list):
        yield Misshapen(
            source,
            partial(document.key_span, (kind.plural,)),
            f"`{kind.plural}` must be a list",
            "Start each entry with `- id: …`",
            json_pointer((kind.plural,)),
        )
        return
    misshapen = 0
    for index, item in enumerate(items):
        at = (kind.plural, index)
        if isinstance(item, dict):
            entry_id = item.get("id")
            known_id = entry_id if isinstance(entry_id, str) else ""
            yield _with_current_names(RawEntry(kind, known_id, item, source, at, named_by_file=False))
        elif misshapen <= 2 * MOST_OF_A_FILE:  # No more are shown.
            misshapen += 1
            yield Misshapen(
                source,
                partial(document.value_span, at),
                "An entry must be a mapping of fields",
                "Use `- id: …` with the other fields below it",
                json_pointer(at),
            )
