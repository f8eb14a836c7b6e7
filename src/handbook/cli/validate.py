"""`handbook validate`: checks every source and says what is wrong."""

from __future__ import annotations

import argparse

from handbook.cli.loading import add_as_of_option
from handbook.cli.narrow import add_code_options, add_path_arguments, find_paths, narrow
from handbook.cli.output import add_format_option, add_strict_option, exit_code, put_out
from handbook.handbook import load, with_findings


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    add_path_arguments(parser)
    add_as_of_option(parser, "the day that rules about dates take for today")
    parser.add_argument(
        "--against",
        metavar="REVISION",
        help="also check what changed since this branch left another: breaking changes, lost IDs, code",
    )
    add_code_options(parser)
    add_format_option(parser)
    add_strict_option(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    site, paths = find_paths(options.paths)
    handbook = load(site, options.as_of)
    if options.against is not None:
        from handbook.cli.against import find_against  # noqa: PLC0415 - most checks look at no changes

        handbook = with_findings(handbook, find_against(handbook, site, options.against))
    report = narrow(handbook.report, paths, options.select, options.ignore)
    put_out(report, options.format, site.root)
    return exit_code(report, strict=options.strict)
