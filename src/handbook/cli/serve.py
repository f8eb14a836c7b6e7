"""`handbook serve`: serve the site locally and reload on changes."""

from __future__ import annotations

import argparse
from ipaddress import ip_address
from pathlib import Path

from handbook.publish.serving import serve
from handbook.read.files import find_site

_LAST_PORT = 65_535


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "--port",
        type=_port,
        metavar="PORT",
        help="Port to serve on (default: from `dev_addr` in mkdocs.yml, or 8000)",
    )
    parser.add_argument(
        "--host",
        type=_host,
        metavar="HOST",
        help="IP address to serve on; 0.0.0.0 lets other computers open it (default: from `dev_addr` in "
        "mkdocs.yml, or 127.0.0.1)",
    )
    parser.add_argument("--open", action="store_true", help="Open the site in a browser")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    return serve(find_site(Path()), options.host, options.port, open_browser=options.open)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= _LAST_PORT):
        message = f"{text} is not a port; use a number from 1 to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _host(text: str) -> str:
    if text == "localhost":
        return text
    try:
        return str(ip_address(text.removeprefix("[").removesuffix("]")))
    except ValueError:
        message = f"{text} is not an IP address; use one such as 127.0.0.1"
        raise argparse.ArgumentTypeError(message) from None
