"""`handbook list`: list entries of a content type."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from handbook.cli.loading import add_audience_option, load_whole
from handbook.cli.streams import print_text
from handbook.link.catalogue import Entry
from handbook.link.selection import default_order, select
from handbook.output.entries.records import Records
from handbook.read.schemas.kinds import Kind

_FORMATS = ("table", "json", "csv")


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help="Content type, such as tool")
    add_audience_option(parser)
    parser.add_argument("--format", choices=_FORMATS, default="table", help="Output format (default: table)")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    handbook = load_whole(audience=options.audience, for_entries=True)
    catalogue = handbook.catalogue
    kind = catalogue.kind(options.kind)
    entries = select(kind, catalogue.entries(kind.name).values(), sort=default_order(kind))
    render = _renderer(options.format)
    print_text(render(Records(catalogue, handbook.site.directory_urls), kind, entries))
    return 0


def _renderer(name: str) -> Callable[[Records, Kind, Iterable[Entry]], str]:
    """Return the function that renders a format. Only the requested one is imported."""
    if name == "json":
        from handbook.output.entries import json_object  # noqa: PLC0415

        return json_object.render_list
    if name == "csv":
        from handbook.output.entries import spreadsheet  # noqa: PLC0415

        return spreadsheet.render_list
    from handbook.output.entries import table  # noqa: PLC0415

    return table.render_list
