"""`handbook editor`: set up editor validation and autocompletion."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.read.files import find_site
from handbook.read.layers import with_layers
from handbook.read.schemas.checking import check_schemas
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA, read_schema_files
from handbook.read.sources import read_own_choices
from handbook.write.editor import editor_files
from handbook.write.files import put


def configure(parser: argparse.ArgumentParser) -> None:
    """Define no arguments."""


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - as of every command
    """Run the command and return its exit code."""
    site = with_layers(find_site(Path()))
    # The schema of collections is always written again.
    files = tuple(file for file in read_schema_files(site) if file.name != COLLECTIONS_SCHEMA)
    schemas = check_schemas(files, read_own_choices(site))
    if schemas.problems:
        raise UsageError("A schema is invalid. Run `handbook validate` and fix the errors first.")
    changed: list[str] = []
    for path, text in editor_files(site, files, schemas).items():
        file = site.root / path
        before = file.read_bytes() if file.is_file() else b""
        if text.encode() != before:
            put(site.root, path, text.encode(), before)
            changed.append(path)
    print_text("".join(f"Updated {path}\n" for path in changed) or "Editor settings are up to date.\n")
    return 0
