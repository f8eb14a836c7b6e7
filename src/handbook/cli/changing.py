"""Finish commands that change entries: check the draft, say what it means to readers, and write it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from handbook.cli.streams import print_text
from handbook.diff.comparison import compare_states
from handbook.diff.states import State
from handbook.loaded.site_rules import SITE_RULES
from handbook.output.changes import text
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.checking import check_changes
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.files import put_all
from handbook.write.patch import patch

_UNCHANGED = "Nothing was changed.\n"


def add_dry_run_option(parser: argparse.ArgumentParser) -> None:
    """Add `--dry-run`."""
    parser.add_argument(
        "--dry-run", action="store_true", help="Show the changes and what they mean to readers; write nothing"
    )


def open_site() -> Context:
    """Return the site of the working directory.

    Raises:
        NotWrittenError: What an entry can contain is unknown.
    """
    context = read_context(find_site(Path()))
    if context.schema_problems or context.layers.problems:
        raise NotWrittenError("A schema is invalid. Run `handbook validate` and fix the errors first")
    return context


def finish(draft: Draft, names: Mapping[str, str], *, is_dry: bool) -> int:
    """Check a draft, show it, and write it unless it has findings that the site did not have.

    Args:
        draft: The draft.
        names: The new ID of each renamed entry.
        is_dry: Whether to write nothing.

    Returns:
        The exit code.

    Raises:
        NotWrittenError: A file can't be written. No file has changed then.
    """
    if not draft.changes:
        print_text("The handbook says this already. Nothing to change.\n")
        return 0
    checked = check_changes(draft.context, draft.changes, SITE_RULES, draft.moves, names)
    if is_dry or checked.new:
        print_text(patch(checked.changes))
    if checked.new:
        for finding in checked.new:
            place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
            print_text(f"{place}: {finding.code} {finding.severity}: {finding.full_message}\n")
        print_text(f"The changes would lead to these findings. {_UNCHANGED}")
        return 1
    comparison = compare_states(
        State("the current files", draft.context), State("the changed files", checked.context)
    )
    if not is_dry:
        put_all(draft.context.site.root, checked.changes)
        print_text("".join(f"{_happened(*change)} {path}\n" for path, change in checked.changes.items()))
    print_text(f"\n{text.render(comparison)}")
    print_text(_UNCHANGED if is_dry else "")
    return 0


def refuse(problems: list[str]) -> int:
    """Say why nothing was changed, and return the exit code."""
    print_text("".join(f"{problem}\n" for problem in problems) + _UNCHANGED)
    return 1


def _happened(before: bytes, after: bytes) -> str:
    return ("Changed" if after else "Removed") if before else "Created"
