"""`handbook codeowners`: generate CODEOWNERS for GitHub and GitLab."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from handbook.base.words import count
from handbook.check.code_owners import code_owner_lines, lines_with_owners, read_code_owners, with_lines
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.loaded.remembering import remembering
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.files import put


def configure(parser: argparse.ArgumentParser) -> None:
    """Define no arguments."""


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - as of every command
    """Run the command and return its exit code."""
    with remembering(Path(), is_whole=False):
        site = find_site(Path())
        context = read_context(site, date.min)
        if context.broken_kinds or context.schema_problems:
            hint = "Run `handbook validate` to find and fix the errors."
            raise UsageError(f"Some entries cannot be read. {hint}")
        file = read_code_owners(site)
        lines = code_owner_lines(context)
    named = len(lines_with_owners(lines))
    if file.made is None and not named:
        print_text("No reviewers found. Add accounts to `reviewers` of teams or roles first.\n")
        return 0
    text = with_lines(file, lines)
    if text == file.text:
        print_text(f"{file.path} is up to date.\n")
        return 0
    before, after = (each.encode("utf-8", "surrogateescape") for each in (file.text, text))
    put(site.root, file.path, after, before)
    print_text(f"{file.path}: {count(named, 'file')} with reviewers.\n")
    return 0
