"""`handbook show`: show an entry and its references."""

from __future__ import annotations

import argparse

from handbook.cli.errors import UsageError
from handbook.cli.loading import add_audience_option, load_whole
from handbook.cli.streams import print_text
from handbook.link.catalogue import HiddenEntryError
from handbook.output.entries.records import Records

_FORMATS = ("table", "json")


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help="Content type of the entry, such as tool")
    parser.add_argument("id", metavar="ID", help="ID of the entry")
    add_audience_option(parser)
    parser.add_argument("--format", choices=_FORMATS, default="table", help="Output format (default: table)")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    handbook = load_whole(audience=options.audience, for_entries=True)
    try:
        entry = handbook.catalogue.entry(options.kind, options.id)
    except HiddenEntryError as error:
        raise UsageError(f"{error}. Set another one with `--audience`.") from error
    # Only the requested format is imported.
    if options.format == "json":
        from handbook.output.entries.json_object import render_entry  # noqa: PLC0415
    else:
        from handbook.output.entries.table import render_entry  # noqa: PLC0415
    print_text(render_entry(Records(handbook.catalogue, handbook.site.directory_urls), entry))
    return 0
