"""Check for YAML faults. The reader has found them; each rule reports one type."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.base.problem import Problem
from handbook.read.context import Context
from handbook.read.yaml.faults import FaultKind


def faults_of(kind: FaultKind) -> Callable[[Context], Iterator[Problem]]:
    """Return a check that reports the faults of one type in every file."""

    def check(context: Context) -> Iterator[Problem]:
        for source in (*context.tree.unusable, *context.unreadable_pages, *context.documents):
            document = source.document
            for fault in document.faults:
                if fault.kind is kind:
                    yield Problem(source.path, document.fault_span(fault), fault.message, fault.hint)

    return check
