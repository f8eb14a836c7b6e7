"""`handbook init`: start a handbook of your own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TypeVar

import click

from handbook.base.language import ENGLISH
from handbook.base.words import count
from handbook.cli.changing import add_examples
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_note, print_text, print_warning, sentence
from handbook.read.day import today
from handbook.read.files import CONFIG
from handbook.starter.answers import PILLARS, STAGES, AnswerError, Answers
from handbook.starter.ground import Ground, survey
from handbook.starter.hosts import repository_url
from handbook.starter.making import make_handbook
from handbook.starter.plan import job_names, pillars_of
from handbook.starter.reading_answers import (
    language_note,
    read_company,
    read_language,
    read_pillars,
    read_stage,
    read_tools,
    read_zone,
    sort_tools,
)
from handbook.starter.team_word import read_word, usual_word
from handbook.starter.writing import write_handbook
from handbook.starter.zone import zone_of_computer
from handbook.write.stopped import undo_stopped

_Answer = TypeVar("_Answer")
_STAGE = "growth"


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    stages = "; ".join(f"{name}: {people}" for name, people in STAGES.items())
    parser.add_argument(
        "folder", metavar="DIR", nargs="?", default=".", help="Folder of the handbook (default: .)"
    )
    parser.add_argument("--company", metavar="NAME", help="Name of the company")
    parser.add_argument("--stage", metavar="STAGE", help=f"{stages} (default: {_STAGE})")
    parser.add_argument(
        "--pillars", metavar="LIST", help=f"Some of {', '.join(PILLARS)} (default: those of the stage)"
    )
    parser.add_argument(
        "--tool",
        metavar="TOOL",
        action="append",
        help="Tool that you use, by its name, or JOB=TOOL. Repeat it for each tool. "
        f"Jobs: {', '.join(job_names())}",
    )
    parser.add_argument(
        "--team-word",
        metavar="WORD",
        help="Your word for a team, such as `pod` or, in German, `die Gruppe/Gruppen` (default: squad)",
    )
    parser.add_argument(
        "--language", metavar="CODE", help=f"Language of the site, such as `de` (default: {ENGLISH})"
    )
    parser.add_argument(
        "--timezone",
        metavar="ZONE",
        help="Time zone of all times, such as `Europe/Berlin` (default: that of this computer)",
    )
    parser.add_argument("--repository", metavar="URL", help="Address of the repository")
    parser.add_argument("--yes", action="store_true", help="Ask nothing: use the defaults")
    add_examples(
        parser,
        "init acme --company Acme --stage startup --yes",
        "init --company Acme --tool jira --tool documents=Wiki --team-word pod --repository acme/handbook",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    undo_stopped(Path(options.folder).resolve(), print_note, print_warning)
    ground = survey(Path(options.folder))
    if (ground.folder / CONFIG).exists():
        raise UsageError(f"{options.folder} already has a site: {CONFIG}. Use another folder.")
    answers = _answers(options, ground)
    made = make_handbook(answers, today(), ground)
    write_handbook(ground, made.files)
    for note in filter(None, (*made.notes, language_note(answers.language, made.untranslated))):
        print_note(f"{note}.")
    if made.findings:
        print_warning(f"{count(len(made.findings), 'finding')}. Run `handbook validate` in the new folder.")
    print_text(
        f"Created the handbook of {answers.company}: {count(len(made.files), 'file')}.\n\nNext:\n\n"
        + "".join(f"    {command}\n" for command in _next_commands(options.folder))
    )
    return 0


def _next_commands(folder: str) -> Sequence[str]:
    enter = [] if Path(folder) == Path() else [f"cd {quote(folder)}"]
    return [*enter, "handbook serve --open", "handbook status"]


def _answers(options: argparse.Namespace, ground: Ground) -> Answers:
    """Return the answers: from the options, else from the person at the terminal, else the usual ones."""
    asks = not options.yes and sys.stdin.isatty() and sys.stdout.isatty()

    def answer(given: str | None, question: str, usual: str, read: Callable[[str], _Answer]) -> _Answer:
        if given is not None or not asks:
            return read(usual if given is None else given)
        return _ask(question, usual, read)

    language = read_language(options.language or ENGLISH)
    zone = zone_of_computer() if options.timezone is None else read_zone(options.timezone)
    if asks and options.language is None:
        print_text("Language: English; start with `--language de` for German.\n")
    usual = ground.folder.name.replace("-", " ").title() if asks else ""
    company = answer(options.company, "Company", usual, read_company)
    stages = "; ".join(f"{name}: {people}" for name, people in STAGES.items())
    stage = answer(options.stage, f"Stage ({stages})", _STAGE, read_stage)
    pillars = answer(
        options.pillars, f"Pillars (some of {', '.join(PILLARS)})", ", ".join(pillars_of(stage)), read_pillars
    )
    named = None if options.tool is None else ",".join(options.tool)
    tools = read_tools(named or "") if named is not None or not asks else _ask_tools()
    usual = usual_word(language)
    word = answer(options.team_word, "Your word for a team", usual, partial(read_word, language=language))
    repository = answer(
        options.repository, "Address of the repository (or later)", ground.remote, repository_url
    )
    return Answers(company, stage, pillars, tools, word, language, repository, zone)


def _ask_tools() -> Sequence[str]:
    """Ask for the tools, and again only for those that no one can know."""
    question = "Tools you use, such as jira, notion, slack (or decide later)"
    named: Sequence[str] = ()
    while True:
        named, errors = sort_tools(_ask(question, "", str), named)
        if not errors:
            return named
        for error in errors:
            print_text(f"Error: {sentence(error.full_message)}\n")
        question = f"Only what was wrong again (or decide later); kept: {', '.join(named) or 'none'}"


def _ask(question: str, usual: str, read: Callable[[str], _Answer]) -> _Answer:
    def read_or_explain(written: str) -> _Answer:
        try:
            return read(written)
        except AnswerError as error:
            raise click.UsageError(sentence(error.full_message)) from error

    try:
        found: _Answer = click.prompt(
            question, default=usual, show_default=bool(usual), value_proc=read_or_explain
        )
    except click.Abort:
        raise KeyboardInterrupt from None
    return found
