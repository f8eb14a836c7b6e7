"""The server of a site that follows its sources: each page hears when it has changed, or what is wrong."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from mkdocs.livereload import LiveReloadServer

from handbook.base.language import _, speaking
from handbook.base.text import escape
from handbook.publish.assets import read_script
from handbook.publish.delivery import allow_script
from handbook.publish.preview import Preview
from handbook.publish.watching import follow, wake

EVENTS = "/livereload/handbook"
"""The address of the events of a page."""
_PATIENCE = 15
"""After how many seconds without news to find out whether the page is still open."""
_INDEX = "index.html"

_Environ = Mapping[str, Any]
_Start = Callable[..., Any]
_App = Callable[[_Environ, _Start], Iterable[bytes]]


def serve_live(server: LiveReloadServer, preview: Preview) -> None:
    """Let a server of MkDocs serve a site that follows its sources."""
    server.builder = preview.update
    follow(server, preview.site)
    if preview.begin():
        wake(server)
    app: Any = server.get_app()
    server.set_app(LivePages(app, preview, server.mount_path))

    def followed(page: bytes, _epoch: int) -> bytes:
        with speaking(preview.language):
            return with_script(page, preview.version(page))

    # MkDocs has no event for this step.
    server._inject_js_into_html = followed  # type: ignore[method-assign]  # noqa: SLF001
    show_error = server.error_handler

    def show_current_error(code: int) -> bytes | None:
        preview.refresh(f"{code}.html")
        return show_error(code)

    server.error_handler = show_current_error


class LivePages:
    """A server whose files are current, and which tells pages about changes.

    Args:
        app: The server of the files.
        preview: Makes the files.
        mount: The path of the site on the server.
    """

    def __init__(self, app: _App, preview: Preview, mount: str) -> None:
        self._app = app
        self._preview = preview
        self._mount = mount

    def __call__(self, environ: _Environ, start: _Start) -> Iterable[bytes]:
        """Answer a request."""
        path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8", "ignore")
        if path == EVENTS:
            asked = parse_qs(str(environ.get("QUERY_STRING", "")))
            start("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
            return self._events(self._published(asked.get("page", [""])[0]))
        self._preview.refresh(self._published(path))
        return self._app(environ, start)

    def _published(self, path: str) -> str:
        """Return the path in the site that the server of the files reads for an address."""
        rest = path.removeprefix(self._mount)
        return posixpath.normpath(f"/{rest}{_INDEX if path.endswith('/') else ''}").lstrip("/")

    def _events(self, page: str) -> Iterator[bytes]:
        """Yield a page as it is now, and again after each change of it."""
        shown = None
        while True:
            changes = self._preview.changes
            look = self._preview.look(page)
            yield f"data: {json.dumps(look._asdict())}\n\n".encode() if look != shown else b":\n\n"
            shown = look
            while not self._preview.wait(changes, _PATIENCE):
                yield b":\n\n"


def with_script(page: bytes, version: str) -> bytes:
    """Return a page that follows its events, with a policy that allows it, in the current language.

    Args:
        page: The page as it is in the site.
        version: What names its content.
    """
    script = read_script("live.js")
    text = allow_script(page.decode("utf-8", "surrogateescape"), script)
    before, end, after = text.rpartition("</body>")
    title = escape(_("Not up to date: fix the errors in the sources"))
    attributes = f'data-version="{version}" data-events="{EVENTS}" data-title="{title}"'
    live = f'<script {attributes} data-close="{escape(_("Close"))}">{script}</script>'
    followed = f"{before}{live}{end}{after}" if end else f"{text}{live}"
    return followed.encode("utf-8", "surrogateescape")
