"""`handbook new`: create an entry."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.streams import print_text
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.entry import new_entry
from handbook.write.files import put_all


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help="Content type, such as tool or process")
    parser.add_argument("id", metavar="ID", help="Entry ID: lowercase letters, digits and single hyphens")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    site = find_site(Path())
    entry = new_entry(read_context(site), options.kind, options.id)
    put_all(site.root, entry.changes)
    lines = [f"{entry.place.path}:{entry.place.line}: Created {entry.kind.label.lower()} `{options.id}`."]
    if entry.unwritten:
        lines.append(f"Replace the `TODO` placeholders: {', '.join(entry.unwritten)}.")
    if entry.chosen:
        lines.append(f"Check these values: {', '.join(entry.chosen)}.")
    lines.append("Then run `handbook validate`.")
    print_text("".join(f"{line}\n" for line in lines))
    return 0
