"""`handbook apply`: apply a proposal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from handbook.cli.changing import add_dry_run_option, add_examples, finish, open_site, refuse
from handbook.cli.errors import UsageError
from handbook.diff.git import GitRepository
from handbook.diff.states import state_of_commit
from handbook.read.context import Context
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.write.applying import apply_proposal
from handbook.write.draft import Draft
from handbook.write.parcel import read_sent
from handbook.write.proposal import Proposal

_INPUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="Proposal as JSON or YAML, or an issue or a message that contains it; `-` for standard input",
    )
    add_dry_run_option(parser)
    add_examples(parser, "apply proposal.json --dry-run", "apply - < message.txt")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    name = "<stdin>" if options.file == _INPUT else options.file
    proposal = read_sent(_read(options.file), name)
    context = open_site()
    draft = Draft(context)
    problems = list(apply_proposal(draft, proposal, _seen(context, proposal)))
    if problems:
        return refuse(problems)
    names = {each.id: each.to for each in proposal.operations if each.op == "rename"}
    return finish(draft, names, is_dry=options.dry_run, is_proposal=True)


def _read(file: str) -> bytes:
    if file == _INPUT:
        return sys.stdin.buffer.read()
    try:
        return read_plain_file(Path(file), follow=True)
    except UnusableError as error:
        raise UsageError(f"{file}: {error.fault.message}. {error.fault.hint}.") from error


def _seen(context: Context, proposal: Proposal) -> Context | None:
    """Return the site that the proposer saw, if the proposal says which."""
    if proposal.base is None:
        return None
    repository = GitRepository(context.site.root)
    commit = repository.commit(proposal.base)
    return state_of_commit(context.site, repository, commit, proposal.base).context
