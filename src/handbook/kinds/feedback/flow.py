"""Customer feedback by source: volume, destination and response rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from handbook.base.language import _
from handbook.base.months import last_full_month, month_before, month_in_words
from handbook.base.numbers import format_percent
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry

_SILENT = Fraction(1, 2)
"""A channel whose volume drops to this share of the previous month, or below, needs attention."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feedback source in the last full month.

    Attributes:
        source: The source.
        through: The tools that the feedback passes through.
        target: The destination tool, or `None`.
        notes: The notes in the month; `None` without data.
        before: The notes in the previous month; `None` without data.
        in_time: The share of the month's notes that were answered on time, in percent; `None` without data.
    """

    source: Entry
    through: tuple[Entry, ...]
    target: Entry | None
    notes: int | None
    before: int | None
    in_time: Fraction | None

    @property
    def fell(self) -> bool:
        """Return whether the volume is down by 50% or more from the previous month."""
        return self.notes is not None and bool(self.before) and self.notes <= _SILENT * (self.before or 0)

    @property
    def answered_on_time(self) -> str:
        """The share of notes answered on time, for readers."""
        return _("No data") if self.in_time is None else format_percent(self.in_time, 100)


@dataclass(frozen=True, slots=True)
class FeedbackFlow:
    """The flow of customer feedback into the central tool.

    Attributes:
        month: The last full month, such as "October 2026".
        target: The destination of most sources; `None` if no source has one.
        channels: All sources, sorted by volume. Sources without data are last.
        total: The notes in the month from all sources with data.
    """

    month: str
    target: Entry | None
    channels: tuple[Channel, ...]
    total: int

    @property
    def elsewhere(self) -> tuple[Channel, ...]:
        """The sources with another destination than most, or none."""
        return tuple(channel for channel in self.channels if channel.target is not self.target)

    @property
    def uncounted(self) -> tuple[Channel, ...]:
        """The sources without data for the month."""
        return tuple(channel for channel in self.channels if channel.notes is None)

    @property
    def fallen(self) -> tuple[Channel, ...]:
        """The sources whose volume is down by 50% or more."""
        return tuple(channel for channel in self.channels if channel.fell)


@figure({"feedback_source": ("volume.month", "volume.notes", "routed_to", "answer_within")})
def feedback_flow(basis: Basis) -> FeedbackFlow | None:
    """Show the feedback sources with their volume in the last full month and their destination."""
    month = last_full_month(basis.today)
    channels = [_channel(basis, source, month) for source in basis.entries("feedback_source")]
    if not channels:
        return None
    channels.sort(key=lambda channel: (channel.notes is None, -(channel.notes or 0), channel.source.name))
    targets = Counter(channel.target for channel in channels if channel.target)
    target = targets.most_common(1)[0][0] if targets else None
    total = sum(channel.notes or 0 for channel in channels)
    return FeedbackFlow(month_in_words(month), target, tuple(channels), total)


def _channel(basis: Basis, source: Entry, month: str) -> Channel:
    counted = {item.get("month"): item for item in source.data.get("volume", ())}
    now: Mapping[str, Any] = counted.get(month, {})
    before: Mapping[str, Any] = counted.get(month_before(month), {})
    notes = now.get("notes")
    through = (_target(basis, source, "through", name) for name in source.data.get("through", ()))
    answered = now.get("answered_in_time")
    return Channel(
        source=source,
        through=tuple(filter(None, through)),
        target=_target(basis, source, "routed_to", source.data.get("routed_to")),
        notes=notes,
        before=before.get("notes"),
        in_time=Fraction(100 * answered, notes) if notes and answered is not None else None,
    )


def _target(basis: Basis, source: Entry, field: str, name: str | None) -> Entry | None:
    """Return the tool that a field names, unless it is hidden."""
    tool = basis.referred(source, field, name)
    return None if tool and tool.is_hidden else tool
