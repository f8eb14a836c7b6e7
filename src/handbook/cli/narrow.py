"""Part of a report: the findings of some files, and of some rules. Everything is checked nevertheless."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.findings import Finding, Report, Severity
from handbook.read.files import Site, find_site

_STOPS_ALL = "HB109"
"""With a wrong schema nothing else is checked. Unless that is always said, all would seem well."""


def add_path_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the paths, for `find_paths`."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="the handbook's folder, or files and folders in it that alone are reported (default: here)",
    )


def add_code_options(parser: argparse.ArgumentParser) -> None:
    """Adds `--select` and `--ignore`, for `narrow`."""
    for option, purpose in (("--select", "report only these rules"), ("--ignore", "leave out these rules")):
        parser.add_argument(
            option,
            type=_codes,
            action="extend",
            default=[],
            metavar="CODES",
            help=f"{purpose}: codes or their beginnings, with commas between them, such as HB3,HB201",
        )


def find_paths(paths: Sequence[Path]) -> tuple[Site, list[str]]:
    """The handbook that paths belong to, and what they are called in it; none when all of it is meant.

    Raises:
        UsageError: A path does not exist, or two belong to different handbooks.
        NoSiteError: There is no handbook.
    """
    found = [_existing(path) for path in paths] or [Path()]
    sites = {
        folder: find_site(folder) for folder in {path if path.is_dir() else path.parent for path in found}
    }
    site, *others = {site.root: site for site in sites.values()}.values()
    if others:
        roots = sorted(str(root) for root in {site.root, others[0].root})
        raise UsageError(f"{roots[0]} and {roots[1]} are two handbooks; check one at a time")
    if not paths or site.root in found:
        return site, []
    return site, [site.shown(path) for path in found]


def _existing(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "links lead in a circle"
        raise UsageError(f"{path}: {reason.lower()}") from error


def narrow(report: Report, paths: Sequence[str], select: Sequence[str], ignore: Sequence[str]) -> Report:
    """The report with only some of its findings, and with these counted.

    Args:
        report: What was found.
        paths: Files and folders; without any, all of them.
        select: Beginnings of codes; without any, all of them.
        ignore: Beginnings of codes that are left out.
    """

    def is_wanted(finding: Finding) -> bool:
        return finding.code == _STOPS_ALL or (
            (not paths or any(finding.path == path or finding.path.startswith(f"{path}/") for path in paths))
            and (not select or finding.code.startswith(tuple(select)))
            and not finding.code.startswith(tuple(ignore))
        )

    findings = tuple(filter(is_wanted, report.findings))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    summary = report.summary._replace(errors=errors, warnings=len(findings) - errors)
    return report._replace(findings=findings, summary=summary)


def _codes(text: str) -> list[str]:
    # Only who names a rule waits for all of them to be imported.
    rulebook = import_module("handbook.rulebook")
    codes = [code.strip() for code in text.split(",")]
    for code in codes:
        if not code:
            raise argparse.ArgumentTypeError(
                "a code is missing beside a comma" if "," in text else "needs codes"
            )
        if not any(rule.startswith(code.upper()) for rule in rulebook.RULEBOOK):
            raise argparse.ArgumentTypeError(rulebook.no_such_rule(code))
    return [code.upper() for code in codes]
