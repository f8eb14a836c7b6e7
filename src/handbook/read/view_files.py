"""The files of views: the site's own, those of its layers, and those of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from handbook.read.files import Site, name_in
from handbook.read.packs import installed
from handbook.read.page_language import DOWNLOAD_VIEW, LARGEST_VIEW
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.tree import Tree

VIEWS = "macros"
"""The folder of views, in a site and among the files of the engine."""
VIEW_SUFFIX = ".jinja"
FIGURE_VIEWS = "figures/"
"""The start of the names of the views of figures."""


def shipped_view(name: str) -> bytes | None:
    """Return the content of a view of a kind pack or the engine; `None` if they have none of that name."""
    return _shipped_view(name, installed(VIEWS))


def _shipped_view(name: str, folders: Iterable[Path]) -> bytes | None:
    for folder in folders:
        with suppress(UnusableError):
            return read_plain_file(folder / name, follow=True)
    return None


def is_shipped_view(path: Path, name: str) -> bool:
    """Return whether a view comes with the engine, or is an unchanged copy of one that does.

    Args:
        path: The file.
        name: The name of the view, such as `figures/calendar.jinja`.
    """
    return _is_shipped(path, name, installed(VIEWS))


def _is_shipped(path: Path, name: str, folders: Sequence[Path]) -> bool:
    if any(path == folder / name for folder in folders):
        return True
    with suppress(UnusableError):
        return read_plain_file(path) == _shipped_view(name, folders)
    return False


class ViewFiles:
    """The texts of views by name: a site's own first, then those of its layers and of the engine.

    Attributes:
        own: The views of the site that differ from shipped ones.
    """

    def __init__(self, site: Site, tree: Tree) -> None:
        folder = site.root / VIEWS
        found = {name_in(path, folder): path for path in tree.below(folder, (VIEW_SUFFIX,))}
        shipped = installed(VIEWS)
        self._folders = [*(layer.root / VIEWS for layer in reversed(site.layers)), *shipped]
        self._texts: dict[str, str | None] = {}
        self._own = found
        self.own: Mapping[str, Path] = {
            name: path for name, path in found.items() if not _is_shipped(path, name, shipped)
        }

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all views."""
        found = set(self._own)
        for folder in self._folders:
            found |= {name_in(path, folder) for path in folder.rglob(f"*{VIEW_SUFFIX}")}
        return frozenset(found)

    def text(self, name: str) -> str | None:
        """Return the text of a view; `None` if there is none that can be read."""
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def _read(self, name: str) -> str | None:
        if name not in self.names:
            return None
        paths = [self._own.get(name), *(folder / name for folder in self._folders)]
        path = next(path for path in paths if path is not None and path.is_file())
        try:
            data = read_plain_file(path, follow=path not in self._own.values())
            return data.decode() if len(data) <= LARGEST_VIEW else None
        except (UnusableError, UnicodeDecodeError):
            return None

    def to_follow(self) -> Iterator[str]:
        """Yield the views that a page or a download starts with, and that the site changes in any part."""
        parts = [name for name in self.own if is_part(name)]
        yield from (name for name in sorted(self.names) if not is_part(name) and (parts or name in self.own))


def is_part(name: str) -> bool:
    """Return whether a view is only a part of others, which import it."""
    return name.rpartition("/")[2].startswith("_")


def kind_of_view(name: str) -> str:
    """Return the name of the content type that a view shows, if it is of a content type."""
    download = DOWNLOAD_VIEW.fullmatch(name)
    return download["kind"] if download else name.removesuffix(VIEW_SUFFIX)
