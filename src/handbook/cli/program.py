"""Find and run a command, and report on one line why it could not run.

Each command is a module of this package with `configure`, which defines its arguments, and `run`.
"""

# ruff: noqa: PLC0415 - import only the requested command: starting up is most of the work of a short one

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from handbook.base.errors import HandbookError
from handbook.base.version import __version__
from handbook.cli.streams import (
    flush_output,
    open_streams,
    print_error,
    print_note,
    print_text,
    print_warning,
    write_error,
)
from handbook.write.errors import reason
from handbook.write.stopped import undo_stopped

_COMMANDS = {
    "init": "Start a handbook of your own",
    "validate": "Validate all sources",
    "build": "Build the site",
    "serve": "Serve the site locally and reload on changes",
    "diff": "Show reader-facing changes between two versions",
    "list": "List entries of a content type",
    "search": "Search as the site does, or check that questions find their pages",
    "show": "Show an entry and its references",
    "release": "Publish a permanent version",
    "digest": "Create a digest of changes, items that need attention and upcoming events",
    "new": "Create an entry",
    "rename": "Give an entry another ID; references, links and the old address follow",
    "retire": "Mark an entry as gone, and name its replacement where others refer to it",
    "remove": "Remove an entry, and let its address say why or lead to another one",
    "confirm": "Confirm that entries are still right, and move their review dates on",
    "apply": "Apply a proposal: the smallest edits, checked before they are written",
    "propose": "Turn the proposal in an issue into a pull request, in CI",
    "issues": "Open, update and close one issue for each overdue entry",
    "export": "Write the catalogue entities or the pages for Backstage",
    "import": "Add and update entries from a spreadsheet or an export of another program",
    "lint": "Validate a document against its template",
    "experiment": "Calculate an experiment's sample size, or analyse its results",
    "audit": "Report cost, usage and a recommendation for each tool",
    "pick": "Recommend tools for a team",
    "rules": "Explain validation rules",
    "codeowners": "Generate CODEOWNERS for GitHub and GitLab",
    "status": "Say what is still to be decided, the most valuable first",
    "editor": "Set up editor validation and autocompletion",
    "upgrade": "Adapt the handbook to the installed version",
}


_Functions: TypeAlias = tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]


class _Formatter(argparse.HelpFormatter):
    """Formats help for the width of the terminal. argparse makes one for each argument, to check it.

    Without a width, it imports `shutil`, which takes long.
    """

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns
        except (ValueError, OSError):
            columns = 0
        super().__init__(prog, width=(columns or 80) - 2)


class _Parser(argparse.ArgumentParser):
    """Argument parser that reports usage errors on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter)
        self.add_argument("-h", "--help", action="help", help="Show this help and exit")
        self.options_of_command: Sequence[str] = ()

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        near = None if action.choices is None or value in action.choices else _nearest(value, action.choices)
        if near:
            raise argparse.ArgumentError(action, f"invalid choice: {value!r}. Did you mean `{near}`?")
        super()._check_value(action, value)

    def error(self, message: str) -> NoReturn:
        start, _, unknown = message.partition("unrecognized arguments: ")
        if unknown and not start:
            near = _nearest(unknown.split()[0].partition("=")[0], self.options_of_command)
            message += f". Did you mean `{near}`?" if near else ""
        cause = message if message.endswith((".", "?")) else f"{message}."
        self.exit(2, f"{self.prog}: error: {cause} Run `{self.prog} --help` for usage.\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        # Flush the help text first.
        flush_output()
        write_error(message or "")
        raise SystemExit(status)


def _nearest(word: str, names: Iterable[str]) -> str | None:
    from handbook.base.words import nearest  # a mistake only

    return nearest(str(word), names)


def run(words: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    open_streams()
    try:
        parser = _parser(requested=words[:1])
        if not words:
            print_text(parser.format_help())
            return 2
        options = parser.parse_args(words)
        undo_stopped(Path.cwd(), print_note, print_warning)
        return int(options.run(options))
    except HandbookError as error:
        print_error(error.full_message)
    except ImportError as error:
        package = (error.name or "").partition(".")[0]
        if package in {"", "handbook"}:
            raise  # a mistake of ours
        hint = "Install the packages of the handbook again, such as with `pip install -r requirements.txt`"
        print_error(f"The Python package `{package}` can't be imported. {hint}")
    except OSError as error:
        # Any other refusal of the system, such as an unreadable file or too many processes.
        place = f"{error.filename}: " if error.filename else ""
        print_error(f"{place}{reason(error).capitalize()}")
    return 2


def _parser(requested: Sequence[str]) -> _Parser:
    parser = _Parser(
        prog="handbook", description="Validate the handbook of a product team and build its site."
    )
    parser.add_argument(
        "--version", action="version", version=f"handbook {__version__}", help="Show the version and exit"
    )
    # Without `prog`, argparse formats it, for which it imports much more.
    commands = parser.add_subparsers(title="commands", prog=parser.prog, required=True, metavar="COMMAND")
    # Words about the others are needed only if none of them is requested.
    for name in [each for each in requested if each in _COMMANDS] or _COMMANDS:
        purpose = _COMMANDS[name]
        command = commands.add_parser(name, help=purpose, description=f"{purpose}.")
        if name in requested:
            configure, run_command = _functions(name)
            configure(command)
            command.set_defaults(run=run_command)
            parser.options_of_command = tuple(command._option_string_actions)  # noqa: SLF001 - argparse has no other way
    return parser


def _functions(name: str) -> _Functions:  # noqa: C901, PLR0912, PLR0915 - one branch for each command
    """Return the functions of a command."""
    match name:
        case "init":
            from handbook.cli.init import configure, run
        case "validate":
            from handbook.cli.validate import configure, run
        case "build":
            from handbook.cli.build import configure, run
        case "serve":
            from handbook.cli.serve import configure, run
        case "diff":
            from handbook.cli.diff import configure, run
        case "list":
            from handbook.cli.list_entries import configure, run
        case "search":
            from handbook.cli.search import configure, run
        case "show":
            from handbook.cli.show import configure, run
        case "release":
            from handbook.cli.release import configure, run
        case "digest":
            from handbook.cli.digest import configure, run
        case "export":
            from handbook.cli.export import configure, run
        case "new":
            from handbook.cli.new import configure, run
        case "apply":
            from handbook.cli.apply import configure, run
        case "propose":
            from handbook.cli.propose import configure, run
        case "issues":
            from handbook.cli.issues import configure, run
        case "rename":
            from handbook.cli.rename import configure, run
        case "retire":
            from handbook.cli.retire import configure, run
        case "remove":
            from handbook.cli.remove import configure, run
        case "confirm":
            from handbook.cli.confirm import configure, run
        case "import":
            from handbook.cli.import_entries import configure, run
        case "lint":
            from handbook.cli.lint import configure, run
        case "experiment":
            from handbook.cli.experiment import configure, run
        case "audit":
            from handbook.cli.audit import configure, run
        case "pick":
            from handbook.cli.pick import configure, run
        case "rules":
            from handbook.cli.rules import configure, run
        case "codeowners":
            from handbook.cli.codeowners import configure, run
        case "status":
            from handbook.cli.status import configure, run
        case "editor":
            from handbook.cli.editor import configure, run
        case _:
            from handbook.cli.upgrade import configure, run
    return configure, run
