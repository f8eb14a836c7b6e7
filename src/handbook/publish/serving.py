"""Shows a site with MkDocs' own server, which follows every change."""

from __future__ import annotations

import errno
import os
import signal
import socket
from typing import NoReturn

from click import Abort as InterruptedByUser
from click import ClickException
from mkdocs.__main__ import cli
from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import IpAddress
from mkdocs.exceptions import Abort

from handbook.publish.build import QUIET
from handbook.read.document import read_document
from handbook.read.files import CONFIG, Site
from handbook.write.errors import reason

_USUAL = "127.0.0.1:8000"
_LAST_PORT = 65_535


class ServeError(Exception):
    """The site can't be served. The message says why and what to do, in one line."""


def serve(site: Site, host: str | None, port: int | None, *, open_browser: bool) -> int:
    """Serve a site until the process is told to stop.

    Args:
        site: The site.
        host: The address to serve on; by default as `mkdocs.yml` says, or this computer alone.
        port: The port; by default as `mkdocs.yml` says, or 8000.
        open_browser: Whether to show it in a browser.

    Returns:
        The exit code: 1 when the first build has failed. MkDocs has said why.

    Raises:
        ServeError: The address or the port can't be used.
        KeyboardInterrupt: The first build was interrupted.
    """
    if host is None or port is None:
        usual_host, usual_port = _usual_address(site)
        host, port = host or usual_host, port or usual_port
    _check_address(host, port)
    # Anyone who ends this process wants the server to tidy up and stop.
    signal.signal(signal.SIGTERM, _stop)
    os.environ |= QUIET
    os.chdir(site.root)
    words = ["serve", "--config-file", str(site.root / CONFIG), "--dev-addr", f"{host}:{port}"]
    words += ["--open"] if open_browser else []
    try:
        cli.main(words, prog_name="mkdocs", standalone_mode=False)
    except InterruptedByUser:
        raise KeyboardInterrupt from None
    except Abort:
        return 1
    except ClickException as error:
        error.show()
        return 1
    except OSError as error:
        if error.errno == errno.EADDRINUSE:  # Since it was looked at.
            raise _no_such_port(host, port, error) from error
        raise
    return 0


def _usual_address(site: Site) -> tuple[str, int]:
    """Return the address that the site's own settings name."""
    settings = read_document((site.root / CONFIG).read_bytes()).value
    written = settings.get("dev_addr") if isinstance(settings, dict) else None
    try:
        address = IpAddress().run_validation(written or _USUAL)
    except ValidationError as error:
        raise ServeError(f"{CONFIG}: Invalid `dev_addr`: {error}; write it as in {_USUAL}") from error
    return address.host, address.port


def _check_address(host: str, port: int) -> None:
    """Make sure that the server will get its port, before anyone waits for the first build.

    Raises:
        ServeError: It won't.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # The server does the same, so that it can start again at once.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise _no_such_port(host, port, error) from error


def _no_such_port(host: str, port: int, error: OSError) -> ServeError:
    other = port + 1 if port < _LAST_PORT else port - 1
    return ServeError(
        f"port {port} of {host} can't be used: {reason(error)}; use another one: "
        f"`handbook serve --port {other}`"
    )


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt
