"""Watch the sources of a served handbook, including folders that don't exist yet."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from click import ClickException
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MOVED,
    FileModifiedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import ObservedWatch

from handbook.loaded.handbook import watched
from handbook.publish.delivery import allow_further
from handbook.read.files import CONFIG, FOLDERS, Site
from handbook.write.errors import reason


def follow(server: LiveReloadServer, site: Site) -> None:
    """Rebuild when a source, a schema or a view changes, and keep serving when a rebuild fails."""
    for path in watched(site):
        server.watch(str(path))
    server.observer.schedule(_Newcomers(server, site.root), str(site.root), recursive=False)
    server.builder = _in_one_line(_with_new_layers(server, site, server.builder))
    _allow_reloading(server)


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


def _allow_reloading(server: LiveReloadServer) -> None:
    """Add the reload script to the policy of each served page. The script differs from page to page."""
    # MkDocs has no event for this step.
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html  # noqa: SLF001

    def injected(content: bytes, epoch: int) -> bytes:
        page = inject(content, epoch).decode("utf-8", "surrogateescape")
        before = content.decode("utf-8", "surrogateescape")
        return allow_further(page, before).encode("utf-8", "surrogateescape")

    server._inject_js_into_html = injected  # type: ignore[method-assign]  # noqa: SLF001


class _Newcomers(FileSystemEventHandler):
    """Watches sources that are added to the site's folder, including those that are removed and added again.

    Args:
        server: The server that rebuilds.
        root: The site's folder.
    """

    def __init__(self, server: LiveReloadServer, root: Path) -> None:
        self._server = server
        self._root = root

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Watch again what was added, renamed or removed."""
        if event.event_type not in {EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MOVED}:
            return
        names = {Path(os.fsdecode(path)).name for path in (event.src_path, event.dest_path) if path}
        for name in names:
            if name in FOLDERS or name.endswith(".yaml"):
                self._watch_again(str(self._root / name))

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


def _in_one_line(build: Callable[[], None]) -> Callable[[], None]:
    """Return a rebuild that reports errors in one line instead of a traceback."""

    def rebuild() -> None:
        try:
            build()
        except ClickException as error:
            raise Abort(error.format_message()) from error
        except OSError as error:
            raise Abort(f"{error.filename}: {reason(error)}") from error

    return rebuild
