"""`handbook build`: checks, then builds the website."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.cli.output import put_out
from handbook.cli.streams import print_error
from handbook.handbook import load
from handbook.publish.build import ENGINES, BuildError
from handbook.read.audiences import AUDIENCES
from handbook.read.files import find_site
from handbook.write.errors import NotWrittenError
from handbook.write.folder import prepare_target


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument(
        "--engine", choices=sorted(ENGINES), default="mkdocs", help="the site engine (default: mkdocs)"
    )
    parser.add_argument(
        "--audience", choices=AUDIENCES, help="whom the website is for (default: as the settings say)"
    )
    parser.add_argument("--site-dir", type=Path, metavar="DIR", help="Folder to build into (default: site)")
    parser.add_argument("--strict", action="store_true", help="stop at the site engine's warnings, too")


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    site = find_site(Path())
    target = site.root / "site" if options.site_dir is None else options.site_dir
    try:
        prepare_target(site, target)
        handbook = load(site, audience=options.audience)
        if not handbook.is_sound:
            put_out(handbook.report)
            return 1
        ENGINES[options.engine](handbook, target, strict=options.strict)
    except NotWrittenError as error:
        raise UsageError(str(error)) from error
    except BuildError as error:
        print_error(str(error))
        return 1
    return 0
