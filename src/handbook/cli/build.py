"""`handbook build`: validate the sources, then build the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.cli.output import write_report
from handbook.cli.streams import print_error, print_warning
from handbook.loaded.handbook import load
from handbook.loaded.remembering import remembering
from handbook.publish.build import ENGINES
from handbook.publish.errors import BuildError
from handbook.read.audiences import AUDIENCES
from handbook.read.files import CONFIG, find_site, read_config
from handbook.write.folder import prepare_target

NO_ADDRESS = (
    f"{CONFIG} has no `site_url`, so the site has no sitemap, and feeds and messages can't link to it. "
    "Add the address of the site, such as `site_url: https://example.com/handbook/`."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "--engine", choices=sorted(ENGINES), default="mkdocs", help="Site engine (default: mkdocs)"
    )
    parser.add_argument(
        "--audience", choices=AUDIENCES, help="Audience to build for (default: from settings)"
    )
    parser.add_argument("--site-dir", type=Path, metavar="DIR", help="Folder to build into (default: site)")
    parser.add_argument(
        "--versions",
        action="store_true",
        help="Put the published versions next to the unreleased state, as a host serves them",
    )
    parser.add_argument("--strict", action="store_true", help="Treat site engine warnings as errors")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    site = find_site(Path())
    target = site.root / "site" if options.site_dir is None else options.site_dir
    if options.versions and options.engine != "mkdocs":
        raise UsageError("Versions are built with MkDocs. Remove `--engine` or `--versions`")
    try:
        prepare_target(site, target)
        with remembering(site.root):
            handbook = load(site, audience=options.audience)
        if not handbook.is_sound:
            write_report(handbook.report, fold=True)
            return 1
        if options.versions:
            from handbook.release.side_by_side import build_side_by_side  # noqa: PLC0415 - slow, and rarely needed

            build_side_by_side(handbook, target, strict=options.strict)
        else:
            ENGINES[options.engine](handbook, target, strict=options.strict)
    except BuildError as error:
        print_error(str(error))
        return 1
    if read_config(site.root / CONFIG).keys().isdisjoint({"site_url", "INHERIT"}):
        print_warning(NO_ADDRESS)
    return 0
