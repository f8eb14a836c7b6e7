"""Find the syntax errors after the first one, which stops the reader."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.read.yaml.changes import Change, changed, offset_before
from handbook.read.yaml.composing import compose
from handbook.read.yaml.decoding import RefusedError
from handbook.read.yaml.faults import Fault

_MOST = 50
"""The most errors that are corrected to find the next. Each takes a few more readings of the text."""

_MOST_READ = 1_000_000
"""The most characters of text to correct for it, in all."""


def with_later_ones(text: str, fault: Fault) -> list[Fault]:
    """Return a fault of a text that can't be read, and those that are left when it is corrected."""
    faults = [fault]
    before: list[Sequence[Change]] = []
    most = min(_MOST, _MOST_READ // max(len(text), 1))
    while fault.changes and fault.is_safe and len(faults) < most:
        before.append(fault.changes)
        text = changed(text, fault.changes)
        try:
            compose(text)
        except RefusedError as refusal:
            fault = refusal.fault
        else:
            break
        faults.append(_in_first_text(fault, before))
    return faults


def _in_first_text(fault: Fault, before: Sequence[Sequence[Change]]) -> Fault:
    """Return a fault with its places in the text before some changes, the latest ones last."""

    def back(offset: int) -> int:
        for changes in reversed(before):
            offset = offset_before(offset, changes)
        return offset

    changes = tuple(Change(back(start), back(end), text) for start, end, text in fault.changes)
    return fault._replace(start=back(fault.start), end=back(fault.end), changes=changes)
