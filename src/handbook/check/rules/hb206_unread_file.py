"""Place: a file among the sources that no kind reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE
from handbook.check.words import nearest, one_of
from handbook.findings import Severity, Span


def _check(context: Context) -> Iterator[Problem]:
    known = sorted({source for kind in context.kinds.values() for source in kind.sources})
    for path in context.unread:
        file = PurePosixPath(path)
        folder = f"{file.parent}/"
        renamed = str(file.with_suffix(".yaml"))
        if file.suffix != ".yaml" and (folder in known or renamed in known):
            hint = f"rename it to `{renamed}`"
        else:
            near = nearest(folder, known) or nearest(path, known)
            hint = f"did you mean `{near}`?" if near else f"kinds read {one_of(known)}"
        yield Problem(path, Span(), "no kind reads this file", hint)


RULE = Rule(
    code="HB206",
    name="unread-file",
    severity=Severity.ERROR,
    reason="A file in the wrong folder, or with another ending, is never read, and its entries are missing.",
    bad={"sources/proceses/launch.yaml": f"«n»{PROCESS[1:]}", "sources/roles.yaml": ROLE},
    good={"sources/processes/launch.yaml": PROCESS, "sources/roles.yaml": ROLE},
    check=_check,
)
