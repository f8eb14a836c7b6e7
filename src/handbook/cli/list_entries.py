"""`handbook list`: list entries of a content type."""

from __future__ import annotations

import argparse
from importlib import import_module

from handbook.cli.loading import add_audience_option, load_whole
from handbook.cli.streams import print_text
from handbook.link.selection import default_order, select
from handbook.output.entries import LIST_FORMATS
from handbook.output.entries.records import Records


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help="Content type, such as tool")
    add_audience_option(parser)
    parser.add_argument(
        "--format", choices=LIST_FORMATS, default="table", help="Output format (default: table)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    handbook = load_whole(audience=options.audience)
    catalogue = handbook.catalogue
    kind = catalogue.kind(options.kind)
    entries = select(kind, catalogue.entries(kind.name).values(), sort=default_order(kind))
    render = import_module(LIST_FORMATS[options.format]).render_list
    print_text(render(Records(catalogue, handbook.site.directory_urls), kind, entries))
    return 0
