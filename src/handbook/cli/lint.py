"""`handbook lint`: checks documents that somebody filled in against their templates."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.cli.errors import UsageError
from handbook.cli.output import add_format_option, add_strict_option, exit_code, put_out
from handbook.handbook import Handbook, load
from handbook.link.catalogue import UnknownEntryError
from handbook.lint.linter import lint
from handbook.read.audiences import AUDIENCES
from handbook.read.files import find_site


def configure(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.add_argument("documents", nargs="+", type=Path, metavar="DOC", help="a Markdown document")
    parser.add_argument(
        "--template",
        default="",
        metavar="ID",
        help="the template they were copied from (default: what each says at its top)",
    )
    add_format_option(parser)
    add_strict_option(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    documents = {_shown(path): path for path in options.documents}
    for shown, path in documents.items():
        if not path.exists():
            raise UsageError(f"{shown}: there is no such file")
        if path.is_dir():
            raise UsageError(f"{shown}: this is a folder; name the documents in it")
    handbook = load(find_site(Path()), audience=AUDIENCES[-1])
    _require_sound(handbook)
    try:
        report = lint(handbook.catalogue, documents, options.template)
    except UnknownEntryError as error:
        raise UsageError(f"{error}; {error.hint}" if error.hint else str(error)) from error
    put_out(report, options.format)
    return exit_code(report, strict=options.strict)


def _shown(path: Path) -> str:
    """A path from the current folder when it lies below, or else as it was given."""
    here = Path.cwd()
    below = path.absolute().is_relative_to(here)
    return (path.absolute().relative_to(here) if below else path).as_posix()


def _require_sound(handbook: Handbook) -> None:
    errors = handbook.report.summary.errors
    if errors:
        count = "1 error" if errors == 1 else f"{errors:,} errors"
        raise UsageError(f"the handbook has {count}; mend it first, `handbook validate` says where")
