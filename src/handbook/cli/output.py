"""Print the findings of a command and determine its exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from posixpath import normpath
from stat import S_ISREG
from typing import TextIO

from handbook.base.fixes import Fix
from handbook.base.report import Report
from handbook.check.schema_rules import invalid_schema
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text, write_error
from handbook.output import FORMATS, FROM_REPOSITORY, renderer
from handbook.output.text import render
from handbook.read.files import repository_top


def add_format_option(parser: argparse.ArgumentParser, *others: str) -> None:
    """Add `--format`, for `write_report`.

    Args:
        parser: The parser of a command.
        others: Formats that only this command has.
    """
    parser.add_argument(
        "--format", choices=(*FORMATS, *others), default="text", help="Output format (default: text)"
    )


def add_strict_option(parser: argparse.ArgumentParser) -> None:
    """Add `--strict`, for `exit_code`."""
    parser.add_argument("--strict", action="store_true", help="Exit with 1 on warnings as well as errors")


def write_report(
    report: Report, name: str = "text", folder: Path | None = None, *, fold: bool = False
) -> None:
    """Print a report in a format; for GitHub, also write it to the job summary.

    If another format than text goes to a file, also print the findings as text on standard error, for people
    who read the log of a job.

    Args:
        report: The report.
        name: The name of the format.
        folder: The folder that the paths of the findings start from. By default, the current folder.
        fold: Whether the text shows only the first of many findings that are alike.

    Raises:
        UsageError: The job summary cannot be written.
    """
    if name == "text":
        print_text(render(report, colour=may_colour(sys.stdout, os.environ), fold=fold))
        return
    text = render(report, fold=fold) if report.findings and _is_file(sys.stdout) else ""
    if name in FROM_REPOSITORY:
        report = _from_repository(report, (folder or Path()).resolve())
    print_text(renderer(name)(report))
    write_error(text)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if name == "github" and summary:
        from handbook.output.github import render_summary  # noqa: PLC0415 - imported for this format only

        _append(Path(summary), render_summary(report))


def exit_code(report: Report, *, strict: bool) -> int:
    """Return 1 for errors (in strict mode also for warnings) and 2 for an invalid schema.

    With an invalid schema, nothing else has been validated.
    """
    if any(finding.code == invalid_schema.code for finding in report.findings):
        return 2
    return 1 if report.summary.errors or (strict and report.summary.warnings) else 0


def may_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Return whether to print colours: the terminal shows them and the user has not turned them off."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    # The console of older Windows prints the codes as text; it sets neither of these variables.
    supports_codes = os.name != "nt" or bool(environment.keys() & {"TERM", "WT_SESSION"})
    return stream.isatty() and supports_codes and environment.get("TERM") != "dumb"


def _is_file(stream: TextIO) -> bool:
    try:
        return S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False  # closed, or none of the system


def _from_repository(report: Report, folder: Path) -> Report:
    """Return the report with paths from the top of the repository, as servers need them."""
    root = repository_top(folder)
    before = folder.relative_to(root)

    def path_of(path: str) -> str:
        # A file above the site, such as a workflow, starts with `../`.
        return normpath((before / path).as_posix())

    def fix_of(fix: Fix | None) -> Fix | None:
        edits = (edit._replace(path=path_of(edit.path)) for edit in fix.edits) if fix else ()
        return fix and fix._replace(edits=tuple(edits))

    findings = [
        finding._replace(path=path_of(finding.path), fix=fix_of(finding.fix)) for finding in report.findings
    ]
    lines = {(path_of(path), line): text for (path, line), text in report.lines.items()}
    return report._replace(findings=findings, lines=lines)


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{path}: Could not write the job summary: {reason}."
        raise UsageError(message) from error
