"""Find audiences that a page or a schema has lowered, so that more people can see content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span
from handbook.diff.trees import TreeChanges
from handbook.read.audiences import AUDIENCES, FIELD, USUAL
from handbook.read.packs import installed
from handbook.read.pages import PAGE_SUFFIX, Page
from handbook.read.plain_file import read_bounded
from handbook.read.schemas.kinds import SCHEMA_SUFFIX
from handbook.read.schemas.patches import PATCH_SUFFIX, patched
from handbook.read.yaml.document import Document, Pointer, read_document

_SCHEMAS = "schemas/"
_KEYWORD = "x-audience"
_DEEPEST = 100


class Lowered(NamedTuple):
    """An audience that was lowered.

    Attributes:
        span: The place where the file sets or set it.
        name: The content it applies to.
        before: The earlier audience.
        after: The current audience; `none` if nothing sets it, empty if the page is gone.
    """

    span: Span
    name: str
    before: str
    after: str


def lowered_audiences(changes: TreeChanges, path: str) -> Iterator[Lowered]:
    """Yield the audiences that a changed file lowers.

    Args:
        changes: The change.
        path: The file, from the top of the repository.
    """
    before, after = changes.before.read(path), changes.after.read(path)
    below_site = path.removeprefix(changes.prefix)
    if path.endswith(PAGE_SUFFIX) and before is not None:
        if after is not None:
            yield from _of_page(path, before, after)
        elif not _has_moved(changes, before):
            yield from _of_removed_page(path, before)
    elif path.startswith(f"{changes.prefix}{_SCHEMAS}") and path.endswith(PATCH_SUFFIX):
        base = read_document(_built_in(below_site.removesuffix(PATCH_SUFFIX) + SCHEMA_SUFFIX))
        then, patch = (read_document(content or b"{}") for content in (before, after))
        yield from _of_schema(_patched(base, then, path), _patched(base, patch, path), patch)
    elif path.startswith(f"{changes.prefix}{_SCHEMAS}") and path.endswith(".json"):
        # A schema of the site replaces the built-in one; without it, the built-in one applies again.
        built_in = _built_in(below_site)
        document = read_document(after or built_in)
        yield from _of_schema(read_document(before or built_in).value, document.value, document)


def _built_in(below_site: str) -> bytes:
    name = below_site.removeprefix(_SCHEMAS)
    return next(filter(None, (read_bounded(folder / name) for folder in installed("schemas"))), b"")


def _patched(base: Document, patch: Document, path: str) -> Any:
    return base.value if patch.faults else patched(base, patch, path).document.value


def _of_page(path: str, before: bytes, after: bytes) -> Iterator[Lowered]:
    then, now = _page(path, before), _page(path, after)
    was, is_now = _audience(then), _audience(now)
    if _rank(is_now) < _rank(was):
        yield Lowered(now.document.key_span([FIELD]), "this page", was, is_now)


def _has_moved(changes: TreeChanges, content: bytes) -> bool:
    """Return whether a new page is the same as one that is gone."""
    new = (path for path in changes.paths if path.endswith(PAGE_SUFFIX) and path not in changes.before.modes)
    return any(changes.after.read(path) == content for path in new)


def _of_removed_page(path: str, before: bytes) -> Iterator[Lowered]:
    """Yield the audience of a page that is gone: its text can be on another one, for more people."""
    was = _audience(_page(path, before))
    if _rank(was) > _rank(USUAL):
        yield Lowered(Span(), "this page", was, "")


def _page(path: str, content: bytes) -> Page:
    return Page(path, path, content.decode("utf-8", "replace").replace("\r\n", "\n"))


def _audience(page: Page) -> str:
    return str(page.meta.get(FIELD, USUAL))


def _of_schema(before: Any, after: Any, places: Document) -> Iterator[Lowered]:
    then, now = (dict(_set_in(value, ())) for value in (before, after))
    for pointer, was in then.items():
        # A removed part can be elsewhere, without an audience.
        is_now = now.get(pointer, "")
        if _rank(is_now) < _rank(was):
            name = ".".join(str(part) for part in pointer if part != "properties") or "all entries"
            yield Lowered(places.key_span([*pointer, _KEYWORD]), name, was, is_now or "none")


def _set_in(value: Any, pointer: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    """Yield the audience of each part of a schema; empty if it sets none."""
    if isinstance(value, Mapping) and len(pointer) < _DEEPEST:
        yield pointer, str(value.get(_KEYWORD, ""))
        for name, part in value.items():
            yield from _set_in(part, (*pointer, name))


def _rank(audience: str) -> int:
    return AUDIENCES.index(audience) if audience in AUDIENCES else -1
