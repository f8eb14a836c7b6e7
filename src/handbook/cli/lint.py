"""`handbook lint`: validate filled-in documents against their templates."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.cli.output import add_format_option, add_strict_option, exit_code, write_report
from handbook.cli.streams import print_text
from handbook.lint.linter import lint
from handbook.loaded.handbook import Handbook, load
from handbook.output.documents import render_json, render_markdown, render_progress
from handbook.read.audiences import AUDIENCES
from handbook.read.files import find_site


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "documents", nargs="+", type=Path, metavar="DOC", help="Document: Markdown, Word (.docx) or HTML"
    )
    parser.add_argument(
        "--template",
        default="",
        metavar="ID",
        help="ID of the template the documents follow (default: from the front matter of each)",
    )
    add_format_option(parser, "markdown")
    add_strict_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    documents = {_display_path(path): path for path in options.documents}
    for display_path, path in documents.items():
        if not path.exists():
            raise UsageError(f"{display_path}: No such file.")
        if path.is_dir():
            raise UsageError(f"{display_path}: This is a folder. Pass the files instead.")
    handbook = load(find_site(Path()), audience=AUDIENCES[-1])
    _require_sound(handbook)
    report, progress = lint(handbook.catalogue, documents, options.template)
    match options.format:
        case "json":
            print_text(render_json(report, progress))
        case "markdown":
            print_text(render_markdown(report, progress))
        case _:
            write_report(report, options.format)
    if options.format == "text":
        print_text(render_progress(progress))
    return exit_code(report, strict=options.strict)


def _display_path(path: Path) -> str:
    """Return a path relative to the current folder if it is inside, otherwise as given."""
    here = Path.cwd()
    below = path.absolute().is_relative_to(here)
    return (path.absolute().relative_to(here) if below else path).as_posix()


def _require_sound(handbook: Handbook) -> None:
    errors = handbook.report.summary.errors
    if errors:
        count = "1 error" if errors == 1 else f"{errors:,} errors"
        raise UsageError(f"The handbook has {count}. Run `handbook validate` and fix them first.")
