"""The command line: options become a plain object, one function runs, its result is the exit code.

Exit codes: 0 all is well, 1 there are findings or the build failed, 2 the command could not run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from handbook import __version__
from handbook.handbook import Handbook, load
from handbook.publish.build import ENGINES, BuildError, serve
from handbook.read.files import NoSiteError, find_site
from handbook.report.text import render


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command.

    Args:
        arguments: The words after `handbook`; those of the process by default.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except NoSiteError as error:
        print(f"handbook: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read the output has seen enough, as `| head` does.
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handbook", description="Checks a product team's handbook and builds its website."
    )
    parser.add_argument("--version", action="version", version=f"handbook {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    validate = commands.add_parser("validate", help="check every source", description="Checks every source.")
    validate.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="the handbook's folder (default: here)",
    )
    validate.set_defaults(run=_validate)

    build = commands.add_parser(
        "build", help="build the website", description="Checks, then builds the website."
    )
    build.add_argument(
        "--engine", choices=sorted(ENGINES), default="mkdocs", help="the site engine (default: mkdocs)"
    )
    build.add_argument("--site-dir", type=Path, metavar="DIR", help="where the website goes (default: site)")
    build.add_argument("--strict", action="store_true", help="stop at the site engine's warnings, too")
    build.set_defaults(run=_build)

    live = commands.add_parser("serve", help="show the website and follow every change")
    live.set_defaults(run=_serve)
    return parser


def _validate(options: argparse.Namespace) -> int:
    handbook = load(find_site(options.folder))
    _print_findings(handbook)
    return 0 if handbook.is_sound else 1


def _build(options: argparse.Namespace) -> int:
    site = find_site(Path())
    handbook = load(site)
    if not handbook.is_sound:
        _print_findings(handbook)
        return 1
    target = (options.site_dir or site.root / "site").resolve()
    try:
        ENGINES[options.engine](handbook, target, strict=options.strict)
    except BuildError as error:
        print(f"handbook: {error}", file=sys.stderr)
        return 1
    return 0


def _serve(_options: argparse.Namespace) -> int:
    return serve(find_site(Path()))


def _print_findings(handbook: Handbook) -> None:
    print(render(handbook.findings, handbook.lines, handbook.summary), end="")
