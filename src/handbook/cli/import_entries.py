"""`handbook import`: add and update entries from a file of another program."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.base.findings import Finding, Severity
from handbook.cli.asking import answered
from handbook.cli.changing import KIND_HELP, add_dry_run_option, add_examples, open_site
from handbook.cli.errors import UsageError
from handbook.cli.first_day import first_day_hint
from handbook.cli.import_readings import NAME as READINGS
from handbook.cli.import_readings import import_readings
from handbook.cli.import_report import report_lines
from handbook.cli.retiring import retirement
from handbook.cli.streams import print_text
from handbook.imports.again import to_import_again
from handbook.imports.importing import Prepared, prepare, put, with_guesses
from handbook.imports.mapping import CREATED, FOLDER, Mapped, read_mapping
from handbook.imports.planning import ADDED, GONE
from handbook.imports.reading import read_table
from handbook.imports.record import read_record, record_path, with_current_ids
from handbook.imports.task import Task
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.schemas.kinds import Kind
from handbook.read.yaml.scalars import resolve_plain
from handbook.write.batches import make_all
from handbook.write.checking import check_changes
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.files import put_all
from handbook.write.proposal import Operation

_MOST_FINDINGS = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add = parser.add_argument
    add("kind", metavar="KIND", nargs="?", default="", help=f"{KIND_HELP}; `readings` for values of metrics")
    add(
        "file",
        metavar="FILE",
        nargs="?",
        default="",
        help="CSV, TSV, spreadsheet, JSON or YAML file, or a folder with a file for each entry",
    )
    add(
        "--again",
        action="store_true",
        help="Import each file in imports/ that has the name of a mapping there, such as imports/tools.csv",
    )
    add(
        "--map",
        metavar="NAME",
        default="",
        help="Mapping in imports/, or one that comes with the command; a new name is for another list",
    )
    add(
        "--column",
        metavar="TITLE=FIELD",
        action="append",
        default=[],
        help="Field of a column; empty to leave it out",
    )
    add("--key", metavar="TITLE", help="Column that identifies a row (default: the one with the names)")
    add(
        "--set",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help="Value of a field that the file leaves empty",
    )
    add(
        "--word",
        metavar="TITLE=TEXT=VALUE",
        action="append",
        default=[],
        help="Meaning of a text in a column",
    )
    add(
        "--create",
        choices=CREATED,
        action="append",
        default=[],
        help="Create what the file names and the handbook lacks",
    )
    add("--currency", metavar="CODE", help="Currency of amounts without one")
    add("--period", choices=("month", "year"), help="Period of amounts without one")
    add("--dates", choices=("day-first", "month-first"), help="Order of dates that can be read in two ways")
    add("--name", help="Name of the entry, if the file is one entry")
    add("--sheet", help="Sheet of a spreadsheet")
    add("--leave-out", action="store_true", help="Leave out rows and cells that can't be read, and list them")
    add("--allow-gone", action="store_true", help="Import a file that lacks more than a third of its entries")
    add(
        "--prefer",
        choices=("handbook", "file"),
        default="handbook",
        help="Which wins conflicts (default: handbook)",
    )
    add("--format", choices=("text", "markdown"), default="text", help="Output format (default: text)")
    add_dry_run_option(parser)
    add_examples(
        parser,
        "import tool tools.csv --dry-run",
        "import tool tools.csv --set status=active --set category=analytics --create teams",
        "import metric metrics.xlsx --map finance",
        "import readings values.csv",
        "import --again",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if options.again:
        return _run_again(options)
    if not options.file:
        raise UsageError("Name the content type and the file, such as `handbook import tool tools.csv`")
    if options.kind == READINGS:
        return import_readings(options)
    context = open_site()
    kind = _kind(context, options.kind)
    mapped = _mapping(context, kind, options)
    table = read_table(Path(options.file), sheet=mapped.sheet, records=mapped.records)
    if not table.rows:
        raise UsageError(f"{options.file}: No rows found. Use a file with a row of titles and rows below it")
    known = read_record(context.site.root, record_path(mapped.path))
    record = with_current_ids(known, context, kind.name)
    mapped = with_guesses(kind, table, mapped)
    prefers_file = options.prefer == "file"

    def attempt(current: Mapped) -> Prepared:
        return prepare(Task(context, kind, table, current, record, prefers_file, options.allow_gone))

    prepared = answered(attempt, mapped, is_first=not (context.site.root / mapped.path).exists())
    findings: Sequence[Finding] = ()
    checked = None
    if not prepared.problems:
        draft = _draft(kind, prepared)
        checked = check_changes(draft, SITE_RULES, {}) if draft.changes else None
        findings = checked.new if checked else ()
    errors = [each for each in findings if each.severity is Severity.ERROR]
    can_write = not prepared.problems and not errors
    if can_write and checked and not options.dry_run:
        put_all(context.site.root, checked.changes)
    lines = [*report_lines(prepared, kind, findings, options.format, is_dry=options.dry_run)]
    if can_write and any(plan.action == ADDED for plan in prepared.plans):
        lines += first_day_hint(context, kind)
    print_text("".join(f"{line}\n" for line in lines))
    return 0 if can_write and not any(plan.conflicts for plan in prepared.plans) else 1


def _run_again(options: argparse.Namespace) -> int:
    """Import every file that has a mapping; return the highest exit code."""
    if options.kind or options.map:
        raise UsageError("`--again` takes all mappings. Leave out the content type, the file and `--map`")
    codes = []
    for each in to_import_again(find_site(Path()).root):
        if not each.file:
            print_text(f"{each.mapping}: No file of this name next to it; left out.\n")
            continue
        one = argparse.Namespace(**{**vars(options), "again": False})
        one.kind, one.file = each.kind, each.file
        one.map = "" if each.kind == READINGS else each.mapping
        codes.append(run(one))
    if not codes:
        print_text("Nothing to import again.\n")
    return max(codes, default=0)


def _kind(context: Context, name: str) -> Kind:
    """Return a kind by its name or the plural of it."""
    plurals = {kind.plural: kind for kind in context.kinds.values()}
    return plurals.get(name) or Draft(context).kind(name)


def _mapping(context: Context, kind: Kind, options: argparse.Namespace) -> Mapped:
    """Return the mapping of last time, with the options of this one."""
    path = f"{FOLDER}/{kind.plural}.yaml"
    name = options.map or (kind.plural if (context.site.root / path).exists() else "")
    mapped = read_mapping(context.site.root, name, kind.name) if name else Mapped(path)
    columns = {title: field or None for title, field in _pairs(options.column)}
    settings = {field: resolve_plain(value) for field, value in _pairs(options.set)}
    values = {title: dict(words) for title, words in mapped.values.items()}
    for title, rest in _pairs(options.word):
        text, _, value = rest.rpartition("=")
        values.setdefault(title, {})[text] = resolve_plain(value) if value else None
    given = {
        name: value
        for name in ("key", "sheet", "currency", "period", "dates", "name")
        if (value := getattr(options, name)) is not None
    }
    return mapped._replace(
        columns={**mapped.columns, **columns},
        set={**mapped.set, **settings},
        values=values,
        create=list(dict.fromkeys([*mapped.create, *options.create])),
        leave_out=mapped.leave_out or options.leave_out,
        **given,
    )


def _pairs(options: Sequence[str]) -> Iterator[tuple[str, str]]:
    for option in options:
        name, equals, value = option.partition("=")
        if not name or not equals:
            raise UsageError(f"`{option}` has no `=`. Put a name before it and a value after it")
        yield name, value


def _draft(kind: Kind, prepared: Prepared) -> Draft:
    """Return the changes of an import."""
    context = prepared.context
    draft = Draft(context)
    operations = [*prepared.references, *(each for plan in prepared.plans for each in plan.operations)]
    for plan in prepared.plans:
        if plan.action == GONE and plan.record.gone is not None:
            operations += _retired(context, kind, plan.id)
    # Those that can be made together follow each other.
    operations.sort(key=lambda each: each.op != "add")
    for _, error in make_all(draft, operations):
        raise error
    put(draft, kind, prepared)
    return draft


def _retired(context: Context, kind: Kind, entry_id: str) -> list[Operation]:
    """Return the changes that retire an entry; none if its kind has no state for that."""
    try:
        return retirement(context, kind.name, entry_id, "")
    except NotWrittenError:
        return []
