"""Location: a file among the sources or schemas that is not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import nearest, one_of
from handbook.check.rules.examples import PROCESS, ROLE, with_process
from handbook.read.context import Context
from handbook.read.schemas.kinds import SCHEMAS

_TOP = 2
"""The number of path parts of a file directly in `sources`."""


@rule(
    "HB206",
    "unread-file",
    reason=(
        "A file in the wrong folder, or with the wrong extension, is never read, so its entries are missing."
    ),
    bad={"sources/proceses/launch.yaml": f"«n»{PROCESS[1:]}", "sources/roles.yaml": ROLE},
    good=with_process(),
)
def _check(context: Context) -> Iterator[Problem]:
    known = sorted({source for kind in context.kinds.values() for source in kind.sources})
    usual = sorted({kind.sources[0] for kind in context.kinds.values()})
    for path in context.unread:
        file = PurePosixPath(path)
        if file.parts[0] == SCHEMAS:
            message, hint = "This schema is not read", f"Rename it to `{SCHEMAS}/{file.stem}.json`"
        else:
            message, hint = "This file doesn't belong to any content type", _hint(file, known, usual)
        yield Problem(path, Span(), message, hint)


def _hint(file: PurePosixPath, known: Sequence[str], usual: Sequence[str]) -> str:
    renamed = str(file.with_suffix(".yaml"))
    if file.suffix != ".yaml" and (renamed in known or str(file).startswith(_folders(known))):
        return f"Rename it to `{renamed}`"
    # A folder that all sources share is no indication.
    by_name = {PurePosixPath(source).stem: source for source in reversed(known)}
    # All of them are in the folder `sources`.
    folder = file.parent.name if len(file.parts) > _TOP else ""
    near = nearest(file.stem, by_name) or nearest(folder, by_name)
    if near:
        return f"Did you mean `{by_name[near]}`?"
    examples = sorted({source.endswith("/"): source for source in reversed(usual)}.values())
    return f"Move its entries to the files of their content type, such as {one_of(examples)}"


def _folders(sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(source for source in sources if source.endswith("/"))
