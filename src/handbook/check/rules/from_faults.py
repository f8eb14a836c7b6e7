"""The check of the rules about YAML itself: the reader has found the faults, each rule names one sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.read.faults import FaultKind


def faults_of(kind: FaultKind) -> Callable[[Context], Iterator[Problem]]:
    """A check that reports the faults of one sort in every file."""

    def check(context: Context) -> Iterator[Problem]:
        for source in (*context.tree.unusable, *context.unreadable_pages, *context.documents):
            document = source.document
            for fault in document.faults:
                if fault.kind is kind:
                    yield Problem(source.path, document.fault_span(fault), fault.message, fault.hint)

    return check
