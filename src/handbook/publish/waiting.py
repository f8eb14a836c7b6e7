"""Serve what is wrong in the sources of a site that can't be built, until a change might have fixed it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from handbook.base.errors import HandbookError
from handbook.base.language import _, speaking
from handbook.base.memory import Memory, using
from handbook.base.text import escape
from handbook.loaded.handbook import load
from handbook.output.text import render
from handbook.publish.handover import handed_over
from handbook.publish.judging import failed
from handbook.publish.live import EVENTS, with_script
from handbook.publish.own_hosts import answer_own_hosts, correct_address
from handbook.publish.preview import Look, error_message
from handbook.publish.watched_files import WatchedFiles
from handbook.publish.watching import follow, wake, watched_paths
from handbook.read.files import Site, find_site
from handbook.read.languages import make_language

_log = logging.getLogger("mkdocs.plugins.handbook")

_RETRY = 500
"""After how many milliseconds a page asks again."""
_PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 sans-serif }}
body {{ max-width: 40em; margin: 15vh auto; padding: 0 16px }}
</style></head>
<body><h1>{title}</h1><p>{lead}</p></body>
</html>
"""


def wait_for_change(
    site: Site, address: tuple[str, int], problems: str, since: int, *, open_browser: bool
) -> bool:
    """Serve the problems of a site until a change might have fixed them, or until the process is stopped.

    Args:
        site: The site.
        address: The host and the port.
        problems: Why the site can't be built, ready to print.
        since: When the build that failed began, in nanoseconds.
        open_browser: Whether to open the page in a browser.

    Returns:
        Whether there was such a change.
    """
    mount = urlsplit(site.url).path or "/"
    server = LiveReloadServer(lambda: None, *address, str(site.root), mount)
    if site.docs.is_dir():
        server.watch(str(site.docs))
    waiting = _Waiting(site, problems, server)
    server.builder = waiting.update
    server.set_app(waiting)
    correct_address(server)
    answer_own_hosts(server)
    unfollow = follow(server, site)
    waiting.begin(since)
    # Between builds, the engine prints nothing.
    output = logging.StreamHandler()
    output.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    engine = logging.getLogger("mkdocs")
    engine.addHandler(output)
    try:
        server.serve(open_in_browser=open_browser)
    except KeyboardInterrupt:
        return False
    finally:
        unfollow()
        server.shutdown()
        engine.removeHandler(output)
    return True


class _Waiting:
    """Answers each request with the problems of a site.

    Args:
        site: The site.
        problems: Its problems.
        server: The server, which watches the site.
    """

    def __init__(self, site: Site, problems: str, server: LiveReloadServer) -> None:
        self._root = site.root
        self._language = make_language(site.language, {})
        self._problems = problems
        self._server = server
        self._files = WatchedFiles((), 0)
        self._memory = Memory()

    def begin(self, since: int) -> None:
        """Note how the files are now, and look at those that have changed since a time in nanoseconds."""
        self._files = WatchedFiles(watched_paths(self._server), since)
        wake(self._server)

    def update(self) -> None:
        """Check the sources if they have changed, and end the server if they have no errors."""
        if not self._files.changes(watched_paths(self._server)):
            return
        try:
            with using(self._memory):
                handbook = load(find_site(self._root), audience=handed_over().audience)
        except (HandbookError, OSError) as error:
            self._problems = error_message(error)
        else:
            self._memory = Memory(self._memory.results, self._memory.of_engine)
            if handbook.is_sound:
                self._server.shutdown()
                return
            self._problems = failed([render(handbook.report)])
        _log.error(self._problems)

    def __call__(self, environ: Mapping[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        if environ.get("PATH_INFO") != EVENTS:
            start("503 Service Unavailable", [("Content-Type", "text/html"), ("Cache-Control", "no-store")])
            return [self._page()]
        # The answer ends, so the page asks again, and it is the site that answers once it is there.
        start("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
        number = blake2b(self._problems.encode("utf-8", "replace"), digest_size=12).hexdigest()
        event = f"retry: {_RETRY}\nid: {number}\n"
        if environ.get("HTTP_LAST_EVENT_ID") != number:
            event += f"data: {json.dumps(Look('', self._problems)._asdict())}\n"
        return [f"{event}\n".encode()]

    def _page(self) -> bytes:
        with speaking(self._language):
            title, lead = (
                escape(_("This handbook can't be shown yet")),
                escape(_("Fix the errors in its sources. Then this page opens the handbook.")),
            )
            page = _PAGE.format(language=self._language.code, title=title, lead=lead)
            return with_script(page.encode(), "")
