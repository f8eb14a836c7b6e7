"""The answer from the data to a sign that it is time to hire."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.link.catalogue import Entry

YES, NO, OPEN = "yes", "no", "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer from the data to a sign.

    Attributes:
        state: `yes` if the sign is present, `no` if it is not, `open` if the data cannot answer.
        evidence: The evidence, as a sentence.
        entries: The related entries.
    """

    state: str
    evidence: str
    entries: tuple[Entry, ...] = ()


def told(holds: bool) -> str:  # noqa: FBT001 - the only argument
    """Return the answer that a sign is present, or is not."""
    return YES if holds else NO
