"""Watch the sources of a served handbook, including folders that don't exist yet."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileModifiedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from handbook.loaded.handbook import watched
from handbook.read.files import CONFIG, FOLDERS, Site

_CHANGES = frozenset({EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED})
_PAUSE = 0.05
"""How many seconds without a change end a save. Some editors write a file in several steps."""
_SAYINGS = ("Detected file changes", "Reloading browsers")
"""What the server says at each notice of a change. A change is noticed twice, and we say what came of it."""


def follow(server: LiveReloadServer, site: Site) -> Callable[[], None]:
    """Call the builder of a server when a source, a schema or a view changes.

    Returns:
        What ends this. The end of the process does, too.
    """
    for path in watched(site):
        server.watch(str(path))
    server.observer.schedule(_Newcomers(server, site), str(site.root), recursive=False)
    server.builder = _with_new_layers(server, site, server.builder)
    server.build_delay = _PAUSE
    logging.getLogger("mkdocs.livereload").addFilter(_is_news)
    return _notice_at_once(server, site)


def _is_news(record: logging.LogRecord) -> bool:
    return not record.getMessage().endswith(_SAYINGS)


def _notice_at_once(server: LiveReloadServer, site: Site) -> Callable[[], None]:
    """Let the system tell about changes, if it can. The server itself only looks twice a second."""
    observer = Observer()
    folders = [path for path in watched_paths(server) if Path(path).is_dir()]
    with suppress(OSError):  # The system allows only so many.
        observer.schedule(_AtOnce(server), str(site.root), recursive=False)
        for folder in folders:
            observer.schedule(_AtOnce(server), folder, recursive=True)
        observer.start()
    return observer.stop


def watched_paths(server: LiveReloadServer) -> list[str]:
    """Return the files and folders that a server watches."""
    return list(server._watched_paths)  # noqa: SLF001 - MkDocs has no other list


def wake(server: LiveReloadServer) -> None:
    """Let a server call its builder soon."""
    with server._rebuild_cond:  # noqa: SLF001 - as its own watchers do
        server._want_rebuild = True  # noqa: SLF001
        server._rebuild_cond.notify_all()  # noqa: SLF001


class _AtOnce(FileSystemEventHandler):
    """Wakes the server at a change.

    Args:
        server: The server.
    """

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the server, unless a file was only read, or a folder has changed only by its files."""
        is_of_files = event.is_directory and event.event_type == EVENT_TYPE_MODIFIED
        if event.event_type in _CHANGES and not is_of_files:
            wake(self._server)


def _with_new_layers(server: LiveReloadServer, site: Site, build: Callable[[], None]) -> Callable[[], None]:
    """Return a rebuild after which the layers that the settings have added are watched, too."""
    known = set(watched(site))

    def rebuild() -> None:
        try:
            build()
        finally:
            for path in watched(site):
                if path not in known and not path.is_relative_to(site.root):
                    server.watch(str(path))
                    known.add(path)

    return rebuild


class _Newcomers(FileSystemEventHandler):
    """Watches sources that are added to the site's folder, including those that are removed and added again.

    Args:
        server: The server that rebuilds.
        site: The site.
    """

    def __init__(self, server: LiveReloadServer, site: Site) -> None:
        self._server = server
        self._root = site.root
        self._folders = {site.docs, *(site.root / name for name in FOLDERS)}

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Watch again what was added, renamed or removed."""
        if event.event_type not in {EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MOVED}:
            return
        names = {Path(os.fsdecode(path)).name for path in (event.src_path, event.dest_path) if path}
        for path in (self._root / name for name in names):
            if path in self._folders or path.suffix == ".yaml":
                self._watch_again(str(path))

    def _watch_again(self, path: str) -> None:
        # The observer stops watching a removed path, even when the path is added again.
        with suppress(KeyError):
            self._server.unwatch(path)
        if Path(path).exists():
            self._server.watch(path)
        # A new folder might already contain files. A change of the settings rebuilds everything.
        settings = str(self._root / CONFIG)
        change = (FileModifiedEvent(settings), ObservedWatch(settings, recursive=True))
        self._server.observer.event_queue.put(change)
