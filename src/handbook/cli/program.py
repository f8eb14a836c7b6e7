"""Finds the command, runs it and says in one line why it could not run.

Each command is a module here with `configure`, which says what options it takes, and `run`. Only the one
that is asked for is imported: starting is most of what a short command does.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from handbook import __version__
from handbook.cli.errors import UsageError
from handbook.cli.streams import flush_output, open_streams, print_error, write_error
from handbook.read.files import NoSiteError
from handbook.write.errors import reason

_COMMANDS = {
    "validate": "check every source",
    "build": "build the website",
    "serve": "show the website and follow every change",
    "diff": "say what has changed for readers",
    "list": "list the entries of a kind",
    "show": "show everything an entry says, and what refers to it",
    "release": "publish the handbook as a version that stays",
    "digest": "tell people what has changed, what needs attention and what is coming up",
    "new": "begin an entry",
    "lint": "check a filled-in document against its template",
    "experiment": "say how many people an experiment takes, or what came out of it",
    "audit": "say what each tool costs, how much of it is used and what to do with it",
    "pick": "rank the tools that suit a team",
    "rules": "say what each rule means",
    "codeowners": "write who reviews which file, for GitHub and GitLab",
    "editor": "put in place what editors need to check and to offer fields",
}

_MODULES = {"list": "list_entries"}
"""Commands whose module has another name: that of a builtin would hide it in this package."""


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        # The help may still have to be written.
        flush_output()
        write_error(message or "")
        raise SystemExit(status)


def run(words: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    open_streams()
    try:
        options = _parser(wanted=words[:1]).parse_args(words)
        return int(options.run(options))
    except (NoSiteError, UsageError) as error:
        print_error(str(error))
    except OSError as error:
        # Whatever the system refuses that no one expects: a file that may not be read, a process too many.
        place = f"{error.filename}: " if error.filename else ""
        print_error(f"{place}{reason(error)}")
    return 2


def _parser(wanted: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="handbook", description="Checks a product team's handbook and builds its website.")
    parser.add_argument("--version", action="version", version=f"handbook {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, purpose in _COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.")
        if name in wanted:
            module = import_module(f"handbook.cli.{_MODULES.get(name, name)}")
            module.configure(command)
            command.set_defaults(run=module.run)
    return parser
