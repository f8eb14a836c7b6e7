"""Find the files of a site and read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbook.base.errors import HandbookError
from handbook.base.language import ENGLISH
from handbook.base.named_tuples import NamedTuple
from handbook.read.macro_settings import DEFAULT, MacroSettings, read_macro_settings
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.yaml.document import Document, read_document
from handbook.read.yaml.faults import Fault, FaultKind

CONFIG = "mkdocs.yml"

WORKFLOWS = ".github/workflows/"
"""The folder of GitHub's workflows, from the top of a repository."""

FOLDERS = ("schemas", "macros", "sources")
"""The folders at the top of a site with the handbook's files, besides its pages."""

_ONLY_IN_SOURCES = frozenset({FaultKind.TAG, FaultKind.MERGE_KEY, FaultKind.KEY, FaultKind.ALIAS})
"""The faults of sources that engines accept in their configuration."""

_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""The folders of installed packages."""


class Source(NamedTuple):
    """A file that was read.

    Attributes:
        path: Its path, relative to the site's folder, with forward slashes.
        document: Its content.
    """

    path: str
    document: Document


class Site(NamedTuple):
    """The folder that a company owns and edits.

    Attributes:
        root: The folder with `mkdocs.yml`, absolute.
        docs: The folder of the hand-written pages, absolute.
        directory_urls: Whether `a/b.md` is published at `a/b/` (otherwise at `a/b.html`).
        navigation: Every page and folder that the navigation names; `None` if it lists every page.
        name: The name of the site; empty if it has none.
        url: The address of the site, with a slash at the end; empty if it has none.
        overrides: The folder with the site's own files for the theme, absolute; `None` if it has none.
        macros: The settings of mkdocs-macros; `None` if it does not render the pages.
        language: The code of the language of the pages, as the theme has it.
        prefix: What the paths of its files start with: empty, or `../core/` for a layer below another site.
        layers: The handbooks that it extends, the lowest first.
    """

    root: Path
    docs: Path
    directory_urls: bool = True
    navigation: tuple[str, ...] | None = None
    name: str = ""
    url: str = ""
    overrides: Path | None = None
    macros: MacroSettings | None = DEFAULT
    language: str = ENGLISH
    prefix: str = ""
    layers: tuple[Site, ...] = ()

    @property
    def upwards(self) -> tuple[Site, ...]:
        """Return the layers and the site itself, the lowest first: a later one overrides those before it."""
        return (*self.layers, self)

    def relative(self, path: Path) -> str:
        """Return a path as edit links show it; of a layer, such as `../core/sources/roles.yaml`."""
        home = self._home(path) or self
        return f"{home.prefix}{name_in(path, home.root)}"

    def shown(self, path: Path) -> str:
        """Return a path as findings show it: text that can be printed, whatever the file's name is."""
        home = self._home(path)
        text = f"{home.prefix}{name_in(path, home.root)}" if home else path.as_posix()
        return text if text.isascii() else os.fsencode(text).decode("utf-8", "backslashreplace")

    def layer_of(self, path: str) -> Site | None:
        """Return the layer of a file, by its path as in findings; `None` for a file of the site itself."""
        if not self.layers:
            return None
        found = [layer for layer in self.layers if path.startswith(layer.prefix) and layer.owns(path)]
        return max(found, key=lambda layer: len(layer.root.parts), default=None)

    def owns(self, path: str) -> bool:
        """Return whether a path, as in findings, is one that a handbook has its files at.

        A layer can be the top of a repository, which has files of other handbooks too.
        """
        name = path.removeprefix(self.prefix)
        folders = (*FOLDERS, self.docs.relative_to(self.root).as_posix())
        return name.startswith(tuple(f"{folder}/" for folder in folders)) or (
            "/" not in name and name.endswith((".yaml", ".yml"))
        )

    def _home(self, path: Path) -> Site | None:
        """Return the innermost of the layers and the site that contains a path."""
        if not self.layers:
            is_below = str(path).startswith(start_of(self.root)) or path.is_relative_to(self.root)
            return self if is_below else None
        found = [site for site in self.upwards if path.is_relative_to(site.root)]
        return max(found, key=lambda site: len(site.root.parts), default=None)


def start_of(folder: Path) -> str:
    """Return what the paths below a folder start with. Comparing parts of paths takes ten times as long."""
    text = str(folder)
    return text if text.endswith(os.sep) else f"{text}{os.sep}"


def name_in(path: Path, folder: Path) -> str:
    """Return a path relative to a folder, with forward slashes."""
    # Every file of a handbook is named.
    start, text = start_of(folder), str(path)
    if text.startswith(start):
        return text[len(start) :].replace(os.sep, "/")
    return path.relative_to(folder).as_posix()


class NoSiteError(HandbookError):
    """Raised if no folder from here upwards contains a handbook."""


def repository_top(folder: Path) -> Path:
    """Return the top of the repository that contains a folder, or the folder itself if there is none."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def is_outside(path: Path, repository: Path) -> bool:
    """Return whether a path is outside the repository under check, or is among its installed packages.

    A link in the repository is in it, wherever it points.
    """
    is_within = path.is_relative_to(repository) or path.resolve().is_relative_to(repository)
    return not is_within or not _INSTALLED.isdisjoint(path.parts)


def _text(value: object) -> str:
    """Return a setting; empty if its value is not text, such as the name of a variable."""
    return value if isinstance(value, str) else ""


def top_of(start: Path) -> Path | None:
    """Return the nearest folder upwards with a `mkdocs.yml`, if there is one."""
    return next((folder for folder in (start, *start.parents) if os.path.lexists(folder / CONFIG)), None)


def find_site(start: Path) -> Site:
    """Return the site that contains a folder: the nearest one upwards with a `mkdocs.yml`.

    Raises:
        NoSiteError: There is none, or its `mkdocs.yml` cannot be read.
    """
    start = start.resolve()
    folder = top_of(start)
    if folder:
        return read_site(folder)
    message = f"{start}: Missing {CONFIG} in this folder and its parents"
    raise NoSiteError(message, "Use a folder inside a handbook")


def read_config(config: Path) -> dict[str, Any]:
    """Return the configuration of a site; empty if it is unclear.

    Raises:
        NoSiteError: The file cannot be read.
    """
    try:
        value = config_document(read_plain_file(config)).value
    except UnusableError as error:
        raise NoSiteError(f"{config}: {error.fault.message}. {error.fault.hint}.") from error
    return value if isinstance(value, dict) else {}


@lru_cache(maxsize=8)
def config_document(content: bytes) -> Document:
    """Return a configuration as a document, read once for all that look into it."""
    return read_document(content)


def config_faults(document: Document) -> Sequence[Fault]:
    """Return the faults of a configuration that stop engines, which know more of YAML than sources."""
    return [fault for fault in document.faults if fault.kind not in _ONLY_IN_SOURCES]


def read_site(folder: Path) -> Site:
    """Return the site of a folder with a `mkdocs.yml`.

    Raises:
        NoSiteError: Its `mkdocs.yml` cannot be read, or its docs folder contains the site.
    """
    settings = read_config(folder / CONFIG)
    docs, url, theme = settings.get("docs_dir"), _text(settings.get("site_url")), settings.get("theme")
    # Normalised, but with links: they must be noticed.
    pages = Path(os.path.normpath(folder / (docs if isinstance(docs, str) else "docs")))
    if folder.is_relative_to(pages):
        # It can be the whole disk, which no one may walk through.
        message = f"{folder / CONFIG}: `docs_dir` contains the site's own folder"
        raise NoSiteError(message, "Use a folder below it, such as `docs`")
    overrides = _text(theme.get("custom_dir")) if isinstance(theme, dict) else ""
    return Site(
        folder,
        pages,
        settings.get("use_directory_urls") is not False,
        None if settings.get("nav") is None else tuple(named_in(settings["nav"])),
        _text(settings.get("site_name")),
        f"{url.rstrip('/')}/" if url else "",
        Path(os.path.normpath(folder / overrides)) if overrides else None,
        read_macro_settings(settings.get("plugins")),
        language_of(theme) if isinstance(theme, dict) else ENGLISH,
    )


def language_of(theme: MutableMapping[str, Any]) -> str:
    """Return the language of the pages, from the settings of the theme."""
    return _text(theme.get("language")) or ENGLISH


def named_in(navigation: Any) -> Iterator[str]:
    """Yield the pages and folders that a navigation names, as written in `mkdocs.yml`."""
    if isinstance(navigation, str):
        yield navigation
    elif isinstance(navigation, (list, dict)):
        for item in navigation.values() if isinstance(navigation, dict) else navigation:
            yield from named_in(item)


@lru_cache(maxsize=8)
def shipped(folder: str) -> Path:
    """Return a folder of files that come with the engine.

    In a wheel it is inside the package; in a checkout it is the site's own folder of that name.
    """
    package = Path(__file__).parents[1]
    packaged = package / folder
    return packaged if packaged.is_dir() else package.parents[1] / folder


def read_source(site: Site, path: Path) -> Source:
    """Read a file of the site."""
    return Source(site.shown(path), read_file(path))


def read_file(
    path: Path, read: Callable[[bytes], Document] = read_document, *, follow: bool = False
) -> Document:
    """Read a file. An unreadable file is a document with a fault, not an exception.

    Args:
        path: The file.
        read: Reads its content. By default, as YAML.
        follow: Whether to follow a link.
    """
    try:
        return read(read_plain_file(path, follow=follow))
    except UnusableError as error:
        return Document("", faults=[error.fault])
