"""Finish commands that change entries: check the draft, say what it means to readers, and write it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from handbook.base.findings import Finding
from handbook.base.words import count
from handbook.cli.streams import print_text
from handbook.diff.comparison import Comparison, compare_states
from handbook.diff.states import Name, State
from handbook.loaded.site_rules import SITE_RULES
from handbook.output.changes import text
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.former_ids import former_name
from handbook.read.raw import RawEntry
from handbook.read.sources import read_context
from handbook.read.values import owner_ids
from handbook.write.batches import make_all
from handbook.write.checking import check_changes
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.files import Changes, put_all
from handbook.write.patch import patch_of_site
from handbook.write.proposal import Operation
from handbook.write.still_named import still_named

KIND_HELP = "Content type, such as tool or process"

_MOST_NAMED = 10
_SAID = "The handbook says this already."
_NOTHING = f"{_SAID} Nothing to change.\n"
_UNCHANGED = "Nothing was changed.\n"


def add_dry_run_option(parser: argparse.ArgumentParser) -> None:
    """Add `--dry-run`."""
    parser.add_argument(
        "--dry-run", action="store_true", help="Show the changes and what they mean to readers; write nothing"
    )


def add_entry(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name an entry."""
    parser.add_argument("kind", metavar="KIND", help=KIND_HELP)
    parser.add_argument(
        "id", metavar="ID", help="Entry ID; in a namespace, with the namespace and a slash first"
    )


def add_examples(parser: argparse.ArgumentParser, *examples: str) -> None:
    """Add examples to the help of a command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join(["examples:", *(f"  handbook {each}" for each in examples)])


def open_site() -> Context:
    """Return the site of the working directory.

    Raises:
        NotWrittenError: What an entry can contain is unknown.
    """
    context = read_context(find_site(Path()))
    if context.schema_problems or context.layers.problems:
        raise NotWrittenError("A schema is invalid. Run `handbook validate` and fix the errors first")
    return context


def change(
    context: Context,
    operations: Sequence[Operation],
    wanted: Collection[str] = (),
    *,
    ended: RawEntry | None = None,
    is_dry: bool,
) -> int:
    """Make operations, all or none, and return the exit code.

    Args:
        context: The site.
        operations: The operations.
        wanted: The rules that tell what follows from these changes, as for `check_changes`.
        ended: The entry that the changes retire, as for `check_changes`.
        is_dry: Whether to write nothing.

    Raises:
        NotWrittenError: An operation can't be made, or a file can't be written. No file has changed then.
    """
    draft = Draft(context)
    for _, error in make_all(draft, operations):
        raise error
    names = {each.id: each.to or each.instead for each in operations if each.to or each.instead}
    return finish(draft, names, wanted, ended=ended, is_dry=is_dry)


def finish(  # noqa: PLR0913 - what the end of a change depends on
    draft: Draft,
    names: Mapping[str, str],
    wanted: Collection[str] = (),
    *,
    ended: RawEntry | None = None,
    is_dry: bool,
    is_proposal: bool = False,
) -> int:
    """Check a draft, show it, and write it unless it has findings that the site did not have.

    Args:
        draft: The draft.
        names: The new ID of each renamed entry.
        wanted: The rules that tell what follows from these changes, as for `check_changes`.
        ended: The entry that the changes retire, as for `check_changes`.
        is_dry: Whether to write nothing.
        is_proposal: Whether people decide about all warnings, as for `check_changes`.

    Returns:
        The exit code.

    Raises:
        NotWrittenError: A file can't be written. No file has changed then.
    """
    if not draft.changes and ended is None:
        print_text(_NOTHING)
        return 0
    checked = check_changes(draft, SITE_RULES, names, wanted, ended=ended, is_proposal=is_proposal)
    if checked.new:
        print_text(_listed(checked.new))
        print_text(f"The changes would lead to these findings. {_UNCHANGED}")
        return 1
    if is_dry:
        print_text(patch_of_site(draft.context.site, checked.changes))
    comparison = compare_states(
        State("the current files", draft.context), State("the changed files", checked.context)
    )
    if not is_dry:
        put_all(draft.context.site.root, checked.changes)
        print_text("".join(f"{_happened(*change)} {path}\n" for path, change in checked.changes.items()))
    if checked.changes:
        print_text(f"\n{text.render(comparison)}{_told(draft.context, comparison, checked.changes)}")
    else:
        print_text(f"{_SAID}\n" if checked.left else _NOTHING)
    print_text(f"\nStill to change:\n{_listed(checked.left)}" if checked.left else "")
    listed = {f"{each.path}:{each.span.line}" for each in checked.left}
    named = still_named(draft.context, checked.context, ended)
    print_text(_named([each for each in named if each not in listed]))
    print_text(_UNCHANGED if is_dry and checked.changes else "")
    return 0


def _listed(findings: Iterable[Finding]) -> str:
    """Return findings as lines."""
    return "".join(
        f"{each.path}:{each.span.line}:{each.span.column}: {each.code} {each.severity}: {each.full_message}\n"
        for each in findings
    )


def _named(places: Sequence[str]) -> str:
    """Return a line with the texts that still name what has gone."""
    more = f" and {len(places) - _MOST_NAMED:,} more" if len(places) > _MOST_NAMED else ""
    return f"Still named in {', '.join(places[:_MOST_NAMED])}{more}.\n" if places else ""


def _told(context: Context, comparison: Comparison, changes: Changes) -> str:
    """Return a line with the owners of the entries and pages that change or refer to one that does."""
    before = State("", context)
    names: set[Name] = set()
    for each in comparison.changes:
        name = former_name(each.kind.name, each.former_id) if each.former_id else (each.kind.name, each.id)
        names |= {name, *before.users(name)}
    entries = [before.entries[name].value for name in names if name in before.entries]
    pages = [each.value for each in context.imprints if each.source.path in changes]
    owners = Counter(owner for value in (*entries, *pages) for owner in owner_ids(value))
    listing = ", ".join(f"{owner} ({count(number, 'place')})" for owner, number in sorted(owners.items()))
    return f"It reaches the entries and pages of {listing}.\n" if listing else ""


def refuse(problems: list[str]) -> int:
    """Say why nothing was changed, and return the exit code."""
    print_text("".join(f"{problem}\n" for problem in problems) + _UNCHANGED)
    return 1


def _happened(before: bytes, after: bytes) -> str:
    return ("Changed" if after else "Removed") if before else "Created"
