"""Follow the sources of a served site: read what has changed, and make again what readers open.

After a change of entries or of the text of pages, everything is read and checked, which takes little time
because a memory knows the other files. The site's files are made again when a browser asks for them. That is
exact without knowing what each page shows. Everything else builds the whole site again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Condition, RLock
from typing import Protocol

from click import ClickException
from jinja2 import TemplateError

from handbook.base.errors import HandbookError
from handbook.base.language import Language
from handbook.base.memory import Memory, using
from handbook.base.named_tuples import NamedTuple
from handbook.loaded.handbook import Handbook, load
from handbook.output.text import render
from handbook.publish.built_site import Building, BuiltSite
from handbook.publish.contents import SiteContents
from handbook.publish.errors import BuildError
from handbook.publish.handover import handed_over
from handbook.publish.judging import failed
from handbook.publish.loading import give
from handbook.publish.outline import is_plain, outline, text_files, titled_by_macros
from handbook.publish.site_files import kept_on_failure
from handbook.publish.watched_files import WatchedFiles
from handbook.read.files import CONFIG, Site, find_site
from handbook.render.environment import ViewError
from handbook.write.errors import reason

_log = logging.getLogger("mkdocs.plugins.handbook")


class Served(Building, Protocol):
    """What builds a served site.

    Attributes:
        built: The last whole build.
        memory: What the first build has read and checked.
    """

    built: BuiltSite
    memory: Memory


class Look(NamedTuple):
    """A page of the site as it is now.

    Attributes:
        version: What names its content.
        problems: Why the site isn't as its sources are, ready to print; empty if it is.
    """

    version: str
    problems: str


class Preview:
    """A served site that follows its sources.

    Args:
        plugin: Builds the site.
        build: Builds all of it.
        since: When the first build began, in nanoseconds.
        watched: Returns the files and folders that the site is made of.
    """

    def __init__(
        self, plugin: Served, build: Callable[[], None], since: int, watched: Callable[[], Iterable[str]]
    ) -> None:
        self._plugin = plugin
        self._build = build
        self._watched = watched
        self._since = since
        self._files = WatchedFiles((), since)
        self._memory = _next(plugin.memory)
        self._left: frozenset[str] = frozenset()
        self._builds = 0
        self._must_build = False
        self._problems = ""
        self._refused: dict[str, str] = {}
        # Each request has a thread of its own, but MkDocs builds one page at a time.
        self._making = RLock()
        self._news = Condition()
        self.changes = 0

    @property
    def site(self) -> Site:
        """The site."""
        return self._plugin.contents.handbook.site

    @property
    def language(self) -> Language:
        """The language of the readers."""
        return self._plugin.contents.handbook.language

    def begin(self) -> bool:
        """Note how the files are now, and return whether some have changed during the first build."""
        self._files = WatchedFiles(self._watched(), self._since)
        return self._files.has_late

    def update(self) -> None:
        """Take in what has changed, and tell the pages that are open."""
        with self._making:
            changed = self._files.changes(self._watched())
            if not changed:
                return
            self._left |= changed
            begun = time.monotonic()
            self._refused.clear()
            with errors_of_engine() as said:
                try:
                    self._problems = self._take_in()
                except (BuildError, HandbookError, OSError) as error:
                    self._problems = error_message(error)
            if self._problems:
                if not said:  # Otherwise, the engine has printed the reason.
                    _log.error(self._problems)
            else:
                self._left = frozenset()
                _log.info(f"Read the change in {time.monotonic() - begun:.2f} seconds")
        with self._news:
            self.changes += 1
            self._news.notify_all()

    def wait(self, changes: int, seconds: float) -> bool:
        """Wait for another change than the first ones. Return whether there was one."""
        with self._news:
            return self._news.wait_for(lambda: self.changes != changes, seconds)

    def refresh(self, published: str) -> None:
        """Make a file of the site again, if it isn't current.

        Args:
            published: Its path in the site.
        """
        with self._making:
            # Nothing fits what a failed build has left.
            if not self._must_build:
                built = self._plugin.built
                self._try(built.page_at(published) or published, partial(built.refresh, published))

    def refresh_all(self) -> None:
        """Make every file of the site again that isn't current."""
        with self._making:
            if not self._must_build:
                self._try("", self._plugin.built.refresh_all)

    def look(self, published: str) -> Look:
        """Return a page as it is now.

        Args:
            published: Its path in the site.
        """
        with self._making:
            self.refresh(published)
            built = self._plugin.built
            problems = self._problems or self._refused.get(built.page_at(published) or published, "")
            try:
                content = Path(built.config.site_dir, published).read_bytes()
            except (OSError, ValueError):  # The path can be anything.
                content = b""
            return Look(self.version(content), problems)

    def version(self, page: bytes) -> str:
        """Return what names the content of a page. A whole build can change what the page loads."""
        return f"{self._builds}.{blake2b(page, digest_size=12).hexdigest()}"

    def _take_in(self) -> str:
        """Take in what has changed. Return why it can't be shown; empty if it can."""
        old = self._plugin.contents
        texts = text_files(old.handbook)
        must_build = self._must_build or not is_plain(self._plugin.built.config, self.site)
        must_build |= not self._left <= texts.keys()
        with using(self._memory):
            site = find_site(self.site.root) if str(self.site.root / CONFIG) in self._left else self.site
            handbook = load(site, audience=handed_over().audience)
        self._memory = _next(self._memory)
        if not handbook.is_sound:
            return failed([render(handbook.report)])
        contents = SiteContents(handbook, old.own)
        if must_build or outline(contents) != outline(old):
            return self._build_all(handbook)
        plugin = self._plugin
        plugin.contents, plugin.look = contents, plugin.look.renewed(contents)
        plugin.built.renew()
        renamed = {path for path, page in contents.pages.items() if page.titles != old.pages[path].titles}
        written = {texts[file] for file in self._left}
        for page in renamed | written | set(titled_by_macros(handbook)):
            self._try(page, partial(plugin.built.read, page))
        return ""

    def _build_all(self, handbook: Handbook) -> str:
        """Build the whole site. Return why it can't be built; empty if it can."""
        self._must_build = True
        give(handbook)
        try:
            site = Path(self._plugin.built.config.site_dir)
            with using(self._memory), errors_of_engine() as said, kept_on_failure(site):
                self._build()
        except (ClickException, OSError) as error:
            return "\n".join(said) or error_message(error)
        finally:
            give(None)
        self._must_build = False
        self._builds += 1
        return ""

    def _try(self, name: str, make: Callable[[], None]) -> None:
        """Make something, and note why if it can't be made."""
        if name in self._refused:
            return
        errors = self._plugin.look.errors
        try:
            make()
            if errors:
                self._refused[name] = failed(errors)
        except (ClickException, HandbookError, TemplateError, ViewError, OSError) as error:
            self._refused[name] = error_message(error)
        finally:
            errors.clear()
        if name in self._refused:
            _log.error(self._refused[name])


def _next(memory: Memory) -> Memory:
    """Return a memory for the next run, with what one has asked for or found."""
    return Memory(memory.results, memory.of_engine)


def error_message(error: Exception) -> str:
    """Return why something failed, as it is printed."""
    if isinstance(error, ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {reason(error)}"
    return str(error)


@contextmanager
def errors_of_engine() -> Iterator[list[str]]:
    """Collect what MkDocs says about errors."""
    said: list[str] = []
    listener = logging.Handler(logging.ERROR)
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)
