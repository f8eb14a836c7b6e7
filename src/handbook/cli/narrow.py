"""Narrow a report to some files or some rules. All files are validated in any case."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_note, print_warning
from handbook.read.files import Site, find_site
from handbook.write.stopped import undo_stopped

_STOPS_ALL = "HB109"
"""With an invalid schema nothing else is validated, so this finding is always reported."""


def add_path_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the paths, for `find_paths`."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="Folder of the handbook, or files and folders in it to report on (default: current folder)",
    )


def add_code_options(parser: argparse.ArgumentParser) -> None:
    """Add `--select` and `--ignore`, for `narrow`."""
    for option, purpose in (("--select", "Report only these rules"), ("--ignore", "Ignore these rules")):
        parser.add_argument(
            option,
            type=_codes,
            action="extend",
            default=[],
            metavar="CODES",
            help=f"{purpose}: codes or prefixes, separated by commas, such as HB3,HB201",
        )


def find_paths(paths: Sequence[Path]) -> tuple[Site, list[str]]:
    """Return the handbook that contains some paths, and the paths relative to it; none for all of it.

    Raises:
        UsageError: A path does not exist, or two belong to different handbooks.
        NoSiteError: There is no handbook.
    """
    resolved = [_existing(path) for path in paths] or [Path()]
    folders = {path if path.is_dir() else path.parent for path in resolved}
    for folder in folders if paths else ():
        undo_stopped(folder, print_note, print_warning)
    sites = {folder: find_site(folder) for folder in folders}
    site, *others = {site.root: site for site in sites.values()}.values()
    if others:
        roots = sorted(str(root) for root in {site.root, others[0].root})
        raise UsageError(f"{roots[0]} and {roots[1]} are two handbooks. Validate one at a time.")
    if not paths or site.root in resolved:
        return site, []
    return site, [site.shown(path) for path in resolved]


def _existing(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "circular links"
        raise UsageError(f"{path}: {reason}.") from error


def requested(
    paths: Sequence[str], select: Sequence[str], ignore: Sequence[str]
) -> Callable[[Finding], bool]:
    """Return what tells whether to report a finding. The arguments are those of `narrow`."""

    def is_requested(finding: Finding) -> bool:
        return finding.code == _STOPS_ALL or (
            (not paths or any(finding.path == path or finding.path.startswith(f"{path}/") for path in paths))
            and (not select or finding.code.startswith(tuple(select)))
            and not finding.code.startswith(tuple(ignore))
        )

    return is_requested


def narrow(report: Report, paths: Sequence[str], select: Sequence[str], ignore: Sequence[str]) -> Report:
    """Return a report with only some of the findings, and with the counts of these.

    Args:
        report: The report.
        paths: Files and folders to report on. If empty, all.
        select: Prefixes of the codes to report. If empty, all.
        ignore: Prefixes of the codes to ignore.
    """
    findings = tuple(filter(requested(paths, select, ignore), report.findings))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    summary = report.summary._replace(errors=errors, warnings=len(findings) - errors)
    return report._replace(findings=findings, summary=summary)


def _codes(text: str) -> list[str]:
    from handbook.loaded.rulebook import RULEBOOK, no_such_rule  # noqa: PLC0415 - slow, and few name a rule

    codes = [code.strip() for code in text.split(",")]
    for code in codes:
        if not code:
            raise argparse.ArgumentTypeError(
                "missing code next to a comma" if "," in text else "missing codes"
            )
        if not any(rule.startswith(code.upper()) for rule in RULEBOOK):
            raise argparse.ArgumentTypeError(no_such_rule(code))
    return [code.upper() for code in codes]
