"""What commands that find something share: the format of what they print, and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from posixpath import normpath
from typing import TextIO

from handbook.check.rules import hb109_schema
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.findings import Report
from handbook.read.files import repository_top
from handbook.report import FORMATS, FROM_REPOSITORY
from handbook.report.text import render


def add_format_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--format`, for `put_out`."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how findings are printed (default: text)"
    )


def add_strict_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--strict`, for `exit_code`."""
    parser.add_argument("--strict", action="store_true", help="end with 1 at warnings, too")


def put_out(report: Report, name: str = "text", folder: Path | None = None) -> None:
    """Prints a report in the format of that name; for GitHub also into the summary of the step.

    Args:
        report: What was found.
        name: One of the formats.
        folder: What the paths of the findings start from; by default the folder this was started in.

    Raises:
        UsageError: The summary cannot be written.
    """
    if name == "text":
        print_text(render(report, colour=may_colour(sys.stdout, os.environ)))
        return
    if name in FROM_REPOSITORY:
        report = _from_repository(report, (folder or Path()).resolve())
    module = import_module(FORMATS[name])
    print_text(module.render(report))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if name == "github" and summary:
        _append(Path(summary), module.render_summary(report))


def exit_code(report: Report, *, strict: bool) -> int:
    """1 when something must be mended: an error, or in strict mode a warning; 2 when a schema is wrong.

    Then nothing else has been checked, so nobody may take the rest for sound or unsound.
    """
    if any(finding.code == hb109_schema.RULE.code for finding in report.findings):
        return 2
    return 1 if report.summary.errors or (strict and report.summary.warnings) else 0


def may_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether colours would be seen as colours and are welcome."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    # The console of older Windows shows the codes instead of obeying them; it sets neither of these.
    obeys = os.name != "nt" or bool(environment.keys() & {"TERM", "WT_SESSION"})
    return stream.isatty() and obeys and environment.get("TERM") != "dumb"


def _from_repository(report: Report, folder: Path) -> Report:
    """The report with paths as a server knows them: from where the repository begins."""
    root = repository_top(folder)
    before = folder.relative_to(root)

    def path_of(path: str) -> str:
        # A file above the site, such as a workflow, starts with `../`.
        return normpath((before / path).as_posix())

    findings = [finding._replace(path=path_of(finding.path)) for finding in report.findings]
    lines = {(path_of(path), line): text for (path, line), text in report.lines.items()}
    return report._replace(findings=findings, lines=lines)


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{path}: the summary of the step cannot be written: {reason}"
        raise UsageError(message) from error
