"""Answer only requests that are meant for a server of this computer.

A page on the web can give its own name the address of this computer. The browser then takes our pages for a
part of that site, which could read them. Such a request still asks for the other name.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

_LOCAL = "localhost"

_Environ = Mapping[str, Any]
_Start = Callable[..., Any]
_App = Callable[[_Environ, _Start], Iterable[bytes]]


def correct_address(server: LiveReloadServer) -> None:
    """Put the address of IPv6 that a server has into brackets, as a browser needs it."""
    host = str(server.server_address[0])
    if ":" in host:
        server.url = server.url.replace(f"//{host}:", f"//[{host}]:", 1)


def answer_own_hosts(server: LiveReloadServer) -> None:
    """Let a server answer only requests for its own address."""
    app: Any = server.get_app()
    server.set_app(OwnHosts(app, server.url))


class OwnHosts:
    """A server that refuses requests for the names of others.

    No name can lead to an IP address that is asked for as such, so each of them is allowed.

    Args:
        app: The server of the pages.
        url: Its address. If other computers can reach it, they can use the name of this one.
    """

    def __init__(self, app: _App, url: str) -> None:
        self._app = app
        self._url = url
        host = urlsplit(url).hostname or _LOCAL
        self._names = {_LOCAL, host}
        if not is_local(host):
            name = socket.gethostname().lower()
            self._names |= {name, socket.getfqdn().lower(), f"{name.partition('.')[0]}.local"}

    def __call__(self, environ: _Environ, start: _Start) -> Iterable[bytes]:
        """Answer a request."""
        asked = str(environ.get("HTTP_HOST", _LOCAL))
        if self._is_own(asked):
            return self._app(environ, start)
        own = urlsplit(self._url).netloc
        text = (
            f"This server does not answer for {asked}, so that no other site can read its pages. "
            f"Open {self._url} instead. If a proxy of yours asked, let it send the header `Host: {own}`.\n"
        )
        start("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [text.encode("utf-8", "replace")]

    def _is_own(self, asked: str) -> bool:
        try:
            name = (urlsplit(f"//{asked}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self._names or _is_address(name)


def is_local(host: str) -> bool:
    """Return whether only this computer can reach a host."""
    return host == _LOCAL or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
