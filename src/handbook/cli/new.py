"""`handbook new`: create an entry."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.cli.first_day import first_day_hint
from handbook.cli.streams import print_text
from handbook.loaded.handbook import load
from handbook.read.files import Site, find_site
from handbook.read.sources import read_context
from handbook.write.entry import new_entry
from handbook.write.files import put_all

_PLACEHOLDER = "HB312"
"""The code of the rule that finds unfinished text."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("kind", metavar="KIND", help="Content type, such as tool or process")
    parser.add_argument("id", metavar="ID", help="Entry ID: lowercase letters, digits and single hyphens")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    site = find_site(Path())
    context = read_context(site)
    entry = new_entry(context, options.kind, options.id)
    put_all(site.root, entry.changes)
    lines = [f"{entry.place.path}:{entry.place.line}: Created {entry.kind.label.lower()} `{options.id}`."]
    if entry.unwritten:
        lines.append(f"Replace the `TODO` placeholders: {', '.join(entry.unwritten)}.")
    if entry.chosen:
        lines.append(f"Check these values: {', '.join(entry.chosen)}.")
    lines += _further_findings(site, entry.kind.name, options.id)
    lines += first_day_hint(context, entry.kind)
    lines.append("Then run `handbook validate`.")
    print_text("".join(f"{line}\n" for line in lines))
    return 0


def _further_findings(site: Site, kind: str, entry_id: str) -> Iterator[str]:
    """Yield what the rules expect of a new entry, besides the text for its placeholders."""
    for finding in load(site).findings:
        if (finding.kind, finding.id) == (kind, entry_id) and finding.code != _PLACEHOLDER:
            yield f"{finding.full_message}."
