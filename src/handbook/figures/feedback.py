"""What comes in through which channel, where it ends up, and whether it is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from handbook.figures.basis import Basis
from handbook.figures.months import last_full_month, month_before, month_in_words
from handbook.link.catalogue import Entry

_SILENT = Fraction(1, 2)
"""A channel that fell to this share of the month before, or below, is looked into."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A source of feedback in the month that was counted last.

    Attributes:
        source: The source.
        through: The tools it passes on its way.
        target: The tool it ends up in; `None` where none is named.
        notes: Pieces of feedback in the month; `None` when the month was not counted.
        before: The same for the month before.
        in_time: The share of the month's notes that were answered in time, in percent; `None` when that was
            not counted.
    """

    source: Entry
    through: tuple[Entry, ...]
    target: Entry | None
    notes: int | None
    before: int | None
    in_time: int | None

    @property
    def fell(self) -> bool:
        """Whether only half as much came as in the month before, or less."""
        return self.notes is not None and bool(self.before) and self.notes <= _SILENT * (self.before or 0)


@dataclass(frozen=True, slots=True)
class FeedbackFlow:
    """How feedback reaches the one tool it is kept in.

    Attributes:
        month: The month that is looked at, such as "October 2026": the last full one.
        target: The tool in which most sources end up; `None` when no source names one.
        channels: All sources, those with most notes first, those that were not counted last.
        total: The notes of the month, over all sources that were counted.
    """

    month: str
    target: Entry | None
    channels: tuple[Channel, ...]
    total: int

    @property
    def elsewhere(self) -> tuple[Channel, ...]:
        """The sources that end up in another tool than most, or in none."""
        return tuple(channel for channel in self.channels if channel.target is not self.target)

    @property
    def uncounted(self) -> tuple[Channel, ...]:
        """The sources of which the month was not counted."""
        return tuple(channel for channel in self.channels if channel.notes is None)

    @property
    def fallen(self) -> tuple[Channel, ...]:
        """The sources through which only half as much came as in the month before, or less."""
        return tuple(channel for channel in self.channels if channel.fell)


def feedback_flow(basis: Basis) -> FeedbackFlow | None:
    """The sources of feedback with what came through each in the last full month, and where it ends up."""
    month = last_full_month(basis.today)
    sources = basis.catalogue.entries("feedback_source").values()
    channels = [_channel(basis, source, month) for source in sources]
    if not channels:
        return None
    channels.sort(key=lambda channel: (channel.notes is None, -(channel.notes or 0), channel.source.name))
    targets = Counter(channel.target for channel in channels if channel.target)
    target = targets.most_common(1)[0][0] if targets else None
    total = sum(channel.notes or 0 for channel in channels)
    return FeedbackFlow(month_in_words(month), target, tuple(channels), total)


def _channel(basis: Basis, source: Entry, month: str) -> Channel:
    tools = basis.catalogue.entries("tool")
    counted = {item["month"]: item for item in source.data.get("volume", ())}
    now: Mapping[str, Any] = counted.get(month, {})
    before: Mapping[str, Any] = counted.get(month_before(month), {})
    notes = now.get("notes")
    answered = now.get("answered_in_time")
    return Channel(
        source=source,
        through=tuple(tools[name] for name in source.data.get("through", ()) if name in tools),
        target=tools.get(source.data.get("routed_to", "")),
        notes=notes,
        before=before.get("notes"),
        in_time=round(100 * answered / notes) if notes and answered is not None else None,
    )
