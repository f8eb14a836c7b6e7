"""`handbook show`: everything an entry says, and what refers to it."""

from __future__ import annotations

import argparse
from importlib import import_module

from handbook.cli.loading import add_audience_option, load_whole
from handbook.cli.names import entry_or_usage_error
from handbook.cli.streams import print_text
from handbook.report.entries import SHOW_FORMATS
from handbook.report.entries.records import Records


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument("kind", metavar="KIND", help="the kind of the entry, such as tool")
    parser.add_argument("id", metavar="ID", help="the id of the entry")
    add_audience_option(parser)
    parser.add_argument(
        "--format", choices=SHOW_FORMATS, default="table", help="how the entry is printed (default: table)"
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    handbook = load_whole(audience=options.audience)
    with entry_or_usage_error(handbook):
        entry = handbook.catalogue.entry(options.kind, options.id)
    render = import_module(SHOW_FORMATS[options.format]).render_entry
    print_text(render(Records(handbook.catalogue, handbook.site.directory_urls), entry))
    return 0
