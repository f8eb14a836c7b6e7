"""Serve a site with the server of MkDocs, which reloads after every change."""

from __future__ import annotations

import errno
import logging
import os
import socket
from time import time_ns

from click import Abort as InterruptedByUser
from click import ClickException
from mkdocs.__main__ import cli
from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import IpAddress

from handbook.base.errors import HandbookError
from handbook.publish.build import QUIET
from handbook.publish.preview import error_message, errors_of_engine
from handbook.publish.waiting import wait_for_change
from handbook.read.files import CONFIG, Site
from handbook.read.yaml.document import read_document
from handbook.write.errors import reason

_USUAL = "127.0.0.1:8000"
_LAST_PORT = 65_535


class ServeError(HandbookError):
    """A site can't be served. The message gives the reason and the fix in one line."""


def serve(site: Site, host: str | None, port: int | None, *, open_browser: bool) -> int:
    """Serve a site until the process is stopped. If it can't be built, serve the reason until it can.

    Args:
        site: The site.
        host: The address to serve on (default: the address in `mkdocs.yml`, or this computer only).
        port: The port (default: the port in `mkdocs.yml`, or 8000).
        open_browser: Whether to open the site in a browser.

    Returns:
        The exit code.

    Raises:
        ServeError: The address or the port can't be used.
        KeyboardInterrupt: A build was interrupted.
    """
    if host is None or port is None:
        usual_host, usual_port = _usual_address(site)
        host, port = host or usual_host, port or usual_port
    _check_address(host, port)
    os.environ |= QUIET
    # It lists all macros at every build.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
    os.chdir(site.root)
    begun = time_ns()
    try:
        while problems := _serve(site, f"{host}:{port}", open_browser=open_browser):
            if not wait_for_change(site, (host, port), problems, begun, open_browser=open_browser):
                break
            begun, open_browser = time_ns(), False
    except OSError as error:
        if error.errno == errno.EADDRINUSE:  # Another process took the port after the check.
            raise _no_such_port(host, port, error) from error
        raise
    return 0


def _serve(site: Site, address: str, *, open_browser: bool) -> str:
    """Serve a site until the process is stopped. Return why it can't be built; empty if it can.

    Raises:
        KeyboardInterrupt: The build was interrupted.
    """
    words = ["serve", "--config-file", str(site.root / CONFIG), "--dev-addr", address]
    words += ["--open"] if open_browser else []
    with errors_of_engine() as said:
        try:
            cli.main(words, prog_name="mkdocs", standalone_mode=False)
        except InterruptedByUser:
            raise KeyboardInterrupt from None
        except ClickException as error:
            if not said:  # Otherwise, MkDocs has printed the reason.
                error.show()
            return "\n".join(said) or error_message(error)
    return ""


def _usual_address(site: Site) -> tuple[str, int]:
    """Return the address in the site's settings."""
    settings = read_document((site.root / CONFIG).read_bytes()).value
    written = settings.get("dev_addr") if isinstance(settings, dict) else None
    try:
        address = IpAddress().run_validation(written or _USUAL)
    except ValidationError as error:
        raise ServeError(f"{CONFIG}: Invalid `dev_addr`: {error}. Use the form {_USUAL}") from error
    return address.host, address.port


def _check_address(host: str, port: int) -> None:
    """Check that the port is free, so that you don't wait for the first build in vain.

    Raises:
        ServeError: The port is not free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # The server sets the same option, so that it can restart immediately.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise _no_such_port(host, port, error) from error


def _no_such_port(host: str, port: int, error: OSError) -> ServeError:
    other = port + 1 if port < _LAST_PORT else port - 1
    return ServeError(
        f"Can't use port {port} of {host}: {reason(error)}. "
        f"Run 'handbook serve --port {other}' to use another port"
    )
