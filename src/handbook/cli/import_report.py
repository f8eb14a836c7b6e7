"""Say what an import does: what becomes of each column and of each entry, and what has to be decided."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from handbook.base.findings import Finding, Severity
from handbook.base.table import Column, Table
from handbook.base.words import shown
from handbook.cli.retiring import state_when_gone
from handbook.imports.importing import Prepared
from handbook.imports.planning import ADDED, CONFLICT, GONE, UNCHANGED, UPDATED, EntryPlan
from handbook.output.tables import markdown_table, text_table
from handbook.read.schemas.kinds import Kind

_MOST_ENTRIES = 100
_MOST_LINES = 40
_MOST_CHANGES = 6
_WORDS = {
    ADDED: "added",
    UPDATED: "updated",
    UNCHANGED: "unchanged",
    CONFLICT: "with conflicts",
    GONE: "gone",
}


def report_lines(
    prepared: Prepared, kind: Kind, findings: Sequence[Finding], form: str, *, is_dry: bool
) -> Iterator[str]:
    """Yield the lines of a report.

    Args:
        prepared: The import.
        kind: The kind of its entries.
        findings: The findings that the handbook would have besides those it has.
        form: `text` or `markdown`.
        is_dry: Whether nothing is written in any case.
    """
    table = markdown_table if form == "markdown" else text_table
    yield from table(_columns(prepared))
    errors = [each for each in findings if each.severity is Severity.ERROR]
    if prepared.problems:
        yield from (
            "",
            f"To decide first ({len(prepared.problems):,}):",
            *_listed([each.line for each in prepared.problems]),
        )
        yield from ("", "Nothing was changed.")
        return
    changes = [plan for plan in prepared.plans if plan.action != UNCHANGED]
    if changes:
        yield ""
        yield from table(_entries(prepared, kind, changes[:_MOST_ENTRIES]))
    if len(changes) > _MOST_ENTRIES:
        yield f"and {len(changes) - _MOST_ENTRIES:,} more"
    if prepared.left_out:
        yield from (
            "",
            f"Left out ({len(prepared.left_out):,}):",
            *_listed([each.line for each in prepared.left_out]),
        )
    if prepared.notes:
        yield from ("", f"Check how this was read ({len(prepared.notes):,}):", *_listed(prepared.notes))
    yield from _created(prepared)
    if errors:
        yield from ("", f"The import would lead to these errors ({len(errors):,}):")
        yield from _listed([_finding(prepared, each) for each in errors])
        yield "Correct the file, or give all entries without a value the same one: `--set FIELD=VALUE`."
        yield from ("", "Nothing was changed.")
        return
    yield from ("", _summary(prepared, kind))
    warnings = Counter(each.code for each in findings)
    if warnings:
        codes = ", ".join(f"{number:,} x {code}" for code, number in sorted(warnings.items()))
        yield f"New warnings: {codes}. Run `handbook validate` for details."
    if is_dry:
        yield "Nothing was changed."


def _columns(prepared: Prepared) -> Table:
    titles = ("Column", "Field", "Values", "Unknown", "To notes")
    rows = []
    for each in prepared.columns:
        example = f"{shown(each.example[0], 30)} -> {_value(each.example[1])}" if each.example else ""
        path = each.path or ("left out" if each.column in prepared.mapped.columns else "?")
        rows.append((each.column, path, each.values, each.nothing, each.rest, example))
    return Table("Columns", [*map(Column, titles), Column("Example", is_long=True)], rows)


def _entries(prepared: Prepared, kind: Kind, plans: Sequence[EntryPlan]) -> Table:
    rows = [(plan.id, plan.action, prepared.places.get(plan.id, ""), _changes(kind, plan)) for plan in plans]
    columns = [*map(Column, ("Entry", "Action", "Place")), Column("Changes", is_long=True)]
    return Table("Entries", columns, rows)


def _changes(kind: Kind, plan: EntryPlan) -> str:
    if plan.action == ADDED:
        return ", ".join(plan.operations[0].value)
    if plan.action == GONE:
        is_retired = plan.record.gone is not None
        stays = f"; it stays until you run `handbook remove {kind.name} {plan.id}`"
        how = "; left as it is" if not is_retired else "" if state_when_gone(kind) else stays
        return f"no longer in the file{how}"
    parts = [
        f"{each.path.lstrip('/')}: {'removed' if each.op == 'unset' else _value(each.value)}"
        for each in plan.operations
    ]
    parts += [
        f"{each.pointer.lstrip('/')}: {_value(each.ours)} stays, the file says {_value(each.theirs)}"
        for each in plan.conflicts
    ]
    more = f", and {len(parts) - _MOST_CHANGES} more" if len(parts) > _MOST_CHANGES else ""
    return "; ".join(parts[:_MOST_CHANGES]) + more


def _value(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return shown(json.dumps(value, ensure_ascii=False))[1:-1]
    return shown(value)


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  and {len(lines) - _MOST_LINES:,} more"


def _created(prepared: Prepared) -> Iterator[str]:
    """Yield what is created besides entries of the kind."""
    names = [f"{each.kind} `{each.id}`" for each in prepared.references]
    names += [f"word `{word}`" for words in prepared.words.values() for word in words]
    names += [f"namespace `{each}`" for each in prepared.namespaces]
    names += [f"field `{each}`" for each in prepared.fields]
    if names:
        yield from ("", f"Created with them ({len(names):,}):", *_listed(names))


def _finding(prepared: Prepared, finding: Finding) -> str:
    place = prepared.places.get(finding.id, f"{finding.path}:{finding.span.line}")
    return f"{place}: {finding.code} {finding.full_message}"


def _summary(prepared: Prepared, kind: Kind) -> str:
    counts = Counter(plan.action for plan in prepared.plans)
    parts = [f"{counts[action]:,} {word}" for action, word in _WORDS.items() if counts[action]]
    return f"{kind.counted(len(prepared.plans))}: {', '.join(parts)}."
