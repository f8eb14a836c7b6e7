"""`handbook editor`: set up editor validation and autocompletion."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.streams import print_text
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.editor import outdated_editor_files
from handbook.write.files import put_all


def configure(parser: argparse.ArgumentParser) -> None:
    """Define no arguments."""


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - as of every command
    """Run the command and return its exit code."""
    context = read_context(find_site(Path()), None)
    files = outdated_editor_files(context)
    put_all(context.site.root, files)
    print_text("".join(f"Updated {path}\n" for path in files) or "Editor settings are up to date.\n")
    return 0
