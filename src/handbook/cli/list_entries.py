"""`handbook list`: list entries of a content type."""

from __future__ import annotations

import argparse

from handbook.cli.loading import add_audience_option, load_whole
from handbook.cli.streams import print_text
from handbook.link.selection import default_order, select
from handbook.output.entries import json_object, spreadsheet, table
from handbook.output.entries.records import Records

_FORMATS = {
    "table": table.render_list,
    "json": json_object.render_list,
    "csv": spreadsheet.render_list,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help="Content type, such as tool")
    add_audience_option(parser)
    parser.add_argument("--format", choices=_FORMATS, default="table", help="Output format (default: table)")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    handbook = load_whole(audience=options.audience)
    catalogue = handbook.catalogue
    kind = catalogue.kind(options.kind)
    entries = select(kind, catalogue.entries(kind.name).values(), sort=default_order(kind))
    print_text(_FORMATS[options.format](Records(catalogue, handbook.site.directory_urls), kind, entries))
    return 0
