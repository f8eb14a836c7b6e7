"""`handbook validate`: validate all sources."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from handbook.check.runner import rules_off
from handbook.cli.errors import UsageError
from handbook.cli.loading import add_as_of_option, held
from handbook.cli.narrow import add_code_options, add_path_arguments, find_paths, narrow, requested
from handbook.cli.output import add_format_option, add_strict_option, exit_code, write_report
from handbook.cli.streams import print_note, print_text
from handbook.loaded.handbook import Handbook, load, with_findings
from handbook.loaded.remembering import remembering
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.files import Site, read_site


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_path_arguments(parser)
    add_as_of_option(parser, "Date to use as today in date rules")
    parser.add_argument(
        "--against",
        metavar="REVISION",
        help="Also check changes since this branch diverged from REVISION: unversioned breaking changes, "
        "removed IDs and code",
    )
    add_code_options(parser)
    add_format_option(parser)
    parser.add_argument(
        "--group",
        choices=["owner"],
        help="Instead of the findings, show their number and the most harmful one for each owner, as text",
    )
    add_strict_option(parser)
    parser.add_argument("--fix", action="store_true", help="Make the corrections that have one right answer")
    parser.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="With --fix or --diff: also make likely corrections, to review afterwards",
    )
    parser.add_argument(
        "--diff", action="store_true", help="Print the corrections as a patch, and change nothing"
    )
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="List the findings in .handbook-baseline.json, so that later runs report only new ones; "
        "if there is one, only remove what is gone",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="Also list the rules that are off")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if options.group and options.format != "text":
        raise UsageError(f"`--group` can't be used with `--format {options.format}`.")
    with remembering(next(iter(options.paths), Path())):
        site, paths = find_paths(options.paths)
        if options.write_baseline:
            _write_baseline(site, options, paths)
        handbook = held(_load(site, options))
    if options.fix or options.diff or options.unsafe_fixes:
        from handbook.cli.fixing import apply_fixes  # noqa: PLC0415 - most runs fix nothing

        if apply_fixes(handbook, requested(paths, options.select, options.ignore), options):
            # The settings of the site can be among what has changed.
            handbook = _load(read_site(site.root), options)
    report = narrow(handbook.report, paths, options.select, options.ignore)
    if options.diff:
        return exit_code(report, strict=options.strict)
    if options.group:
        from handbook.check.owning import FindingOwners  # noqa: PLC0415 - for this option only
        from handbook.output.owners import render  # noqa: PLC0415

        print_text(render(report, FindingOwners(handbook.context).name_of))
    else:
        write_report(report, options.format, site.root, fold=not options.paths)
    if options.format == "text" and not (options.fix or options.group):
        number = sum(finding.fix is not None and finding.fix.is_safe for finding in report.findings)
        if number:
            print_text(f"`handbook validate --fix` can correct {number:,} of these; `--diff` shows how.\n")
    for code, reason in sorted(rules_off(handbook.context, SITE_RULES).items()) if options.verbose else ():
        print_note(f"{code} is {reason}")
    return exit_code(report, strict=options.strict)


def _write_baseline(site: Site, options: argparse.Namespace, paths: Sequence[str]) -> None:
    from handbook.cli.baseline import write_baseline  # noqa: PLC0415 - most runs write none

    if paths or options.select or options.ignore:
        raise UsageError("`--write-baseline` lists all findings. Leave out paths, `--select` and `--ignore`.")
    write_baseline(load(site, options.as_of))


def _load(site: Site, options: argparse.Namespace) -> Handbook:
    """Load the handbook, and add what changed since a revision if requested."""
    handbook = load(site, options.as_of)
    if options.against is None:
        return handbook
    # Most runs compare nothing.
    from handbook.cli.against import find_against  # noqa: PLC0415
    from handbook.diff.hb403_code import changed_code  # noqa: PLC0415
    from handbook.diff.hb404_baseline import grown_baseline  # noqa: PLC0415
    from handbook.diff.rules import RULES  # noqa: PLC0415

    more = find_against(handbook, site, options.against)
    return with_findings(handbook, more, (*RULES, changed_code, grown_baseline))
