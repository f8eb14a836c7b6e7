"""`handbook import readings`: add values of metrics and seats of tools."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.base.findings import Finding, Severity
from handbook.base.table import Column, Table
from handbook.base.words import count
from handbook.cli.changing import open_site
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.imports.reading import read_table
from handbook.imports.readings import ReadingsPlan, plan_readings
from handbook.loaded.site_rules import SITE_RULES
from handbook.output.tables import markdown_table, text_table
from handbook.write.checking import check_changes
from handbook.write.draft import Draft
from handbook.write.files import put_all

NAME = "readings"
"""What the command has in place of a content type."""

_MOST = 30
_FOLLOWING = ("HB373", "HB377")
"""The rules about the last count of seats, which the entry of a tool gets, too, and about points."""


def import_readings(options: argparse.Namespace) -> int:
    """Import a file of readings, say what became of it, and return the exit code."""
    context = open_site()
    table = read_table(Path(options.file), sheet=options.sheet or "")
    if not table.rows and not table.problems:
        raise UsageError(f"{options.file}: No rows found. Use a file with a row of titles and rows below it")
    plan = plan_readings(context, table, options.dates or "", prefers_file=options.prefer == "file")
    stopping = [each for each in plan.problems if not (each.can_leave_out and options.leave_out)]
    draft = Draft(context)
    for path, text in plan.texts.items() if not stopping else ():
        draft.put(path, text.encode())
    checked = check_changes(draft, SITE_RULES, {}, _FOLLOWING) if draft.changes else None
    errors = [each for each in checked.new if each.severity is Severity.ERROR] if checked else []
    to_do = checked.left if checked else ()
    can_write = not stopping and not errors
    if checked and can_write and not options.dry_run:
        put_all(context.site.root, checked.changes)
    lines = _report(plan, errors, to_do, options, can_write=can_write)
    print_text("".join(f"{line}\n" for line in lines))
    return 0 if can_write and not plan.conflicts else 1


def _report(
    plan: ReadingsPlan,
    errors: Sequence[Finding],
    to_do: Sequence[Finding],
    options: argparse.Namespace,
    *,
    can_write: bool,
) -> Iterator[str]:
    if plan.problems:
        yield f"{'Left out' if can_write else 'To decide or correct'} ({len(plan.problems):,}):"
        yield from _listed([each.line for each in plan.problems])
        yield ""
    names = sorted({*plan.added, *plan.changed, *plan.unchanged})
    rows = [(*name, plan.added[name], plan.changed[name], plan.unchanged[name]) for name in names]
    table = Table("Readings", [*map(Column, ("Type", "ID", "Added", "Changed", "Unchanged"))], rows)
    if rows:
        yield from (markdown_table if options.format == "markdown" else text_table)(table)
        yield ""
    if plan.conflicts:
        yield f"Conflicts ({len(plan.conflicts):,}); `--prefer file` takes the values of the file:"
        yield from (*_listed(plan.conflicts), "")
    if errors:
        yield f"The import would lead to these errors ({len(errors):,}):"
        yield from (*_listed(list(map(_line, errors))), "")
    elif to_do:
        yield f"Still to change ({len(to_do):,}):"
        yield from (*_listed(list(map(_line, to_do))), "")
    is_written = can_write and not options.dry_run
    added, changed = ("added", "changed") if is_written else ("to add", "to change")
    yield (
        f"{count(plan.added.total(), 'reading')} {added}, {plan.changed.total():,} {changed}, "
        f"{plan.unchanged.total():,} unchanged."
    )
    if not is_written:
        yield "Nothing was changed."


def _line(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.line}: {finding.code} {finding.full_message}"


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  and {len(lines) - _MOST:,} more"
