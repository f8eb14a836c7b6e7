"""The files of a site: where it begins, which files it has, and what stands in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from handbook.read.document import Document, read_document
from handbook.read.faults import Fault, FaultKind
from handbook.read.macro_settings import DEFAULT, MacroSettings, read_macro_settings

CONFIG = "mkdocs.yml"


class Source(NamedTuple):
    """One file that was read.

    Attributes:
        path: Where it is, relative to the site's folder, with forward slashes.
        document: What stands in it.
    """

    path: str
    document: Document


class Site(NamedTuple):
    """The folder that a company owns and edits.

    Attributes:
        root: The folder with `mkdocs.yml`, absolute.
        docs: The folder of the hand-written pages, absolute.
        directory_urls: Whether `a/b.md` is published at `a/b/` (otherwise at `a/b.html`).
        navigation: Every page and folder that the navigation names; `None` when it lists every page.
        name: What the site is called; empty when it does not say.
        url: Where it is published, with a slash at the end; empty when it does not say.
        macros: How mkdocs-macros is set up; `None` when it does not render the pages.
    """

    root: Path
    docs: Path
    directory_urls: bool = True
    navigation: tuple[str, ...] | None = None
    name: str = ""
    url: str = ""
    macros: MacroSettings | None = DEFAULT

    def relative(self, path: Path) -> str:
        """A path as findings and edit links show it."""
        return path.relative_to(self.root).as_posix()


class NoSiteError(Exception):
    """No folder from here upwards holds a handbook."""


def repository_top(folder: Path) -> Path:
    """Where the repository that a folder is a part of begins; the folder itself when there is none."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def _text(value: object) -> str:
    """A setting; nothing when something else than text stands there, such as the name of a variable."""
    return value if isinstance(value, str) else ""


def find_site(start: Path) -> Site:
    """The site that a folder belongs to: the nearest one upwards with a `mkdocs.yml`.

    Raises:
        NoSiteError: There is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        config = folder / CONFIG
        if config.is_file():
            value = read_document(config.read_bytes()).value
            settings = value if isinstance(value, dict) else {}
            docs, url = settings.get("docs_dir"), _text(settings.get("site_url"))
            return Site(
                folder,
                folder / (docs if isinstance(docs, str) else "docs"),
                settings.get("use_directory_urls") is not False,
                None if settings.get("nav") is None else tuple(named_in(settings["nav"])),
                _text(settings.get("site_name")),
                f"{url.rstrip('/')}/" if url else "",
                read_macro_settings(settings.get("plugins")),
            )
    message = f"{start}: no {CONFIG} here or in a folder above; run this inside a handbook's folder"
    raise NoSiteError(message)


def named_in(navigation: Any) -> Iterator[str]:
    """The pages and folders that a navigation names, as `mkdocs.yml` writes it."""
    if isinstance(navigation, str):
        yield navigation
    elif isinstance(navigation, (list, dict)):
        for item in navigation.values() if isinstance(navigation, dict) else navigation:
            yield from named_in(item)


def read_source(site: Site, path: Path) -> Source:
    """Reads a file of the site."""
    return Source(site.relative(path), read_file(path))


def read_file(path: Path, read: Callable[[bytes], Document] = read_document) -> Document:
    """Reads a file. One that cannot be read is a document with a fault, not an exception.

    Args:
        path: The file.
        read: Reads what stands in it; by default as YAML.
    """
    try:
        return read(path.read_bytes())
    except IsADirectoryError:
        return _unreadable("this is a folder where a file should be", "rename the folder or move its files")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _unreadable(f"the file cannot be read: {reason}", "check that it exists and may be read")


def _unreadable(message: str, hint: str) -> Document:
    return Document("", faults=[Fault(FaultKind.UNREADABLE, message, hint)])


def files_below(folder: Path, suffixes: Iterable[str]) -> Iterator[Path]:
    """Every visible path below a folder that ends like one of the suffixes, in name order.

    Folders with such a name are included, so that reading them can say what is wrong.
    """
    wanted = tuple(suffixes)
    found: list[tuple[str, ...]] = []
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = Path(where).relative_to(folder).parts
        found += [(*above, name) for name in (*folders, *files) if name.endswith(wanted) and name[0] != "."]
    for parts in sorted(found):
        yield folder.joinpath(*parts)
