"""Pain points, ranked.

The score is frequency times severity, both from 1 to 5, so it is between 1 and 25. Pain points with the same
score are sorted by the number of people who reported them, then by effort.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from handbook.base.language import _, ngettext
from handbook.base.numbers import exact, format_number
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import state_of

QUICK_DAYS = 5
"""The maximum effort of a quick win, in working days."""

QUICK_SCORE = 9
"""The minimum score of a quick win: that of a problem that happens once a week and costs half a day."""

_UNRESOLVED = ("open", "in-progress")
_NEEDS = {"pain_point": ("status", "frequency", "severity")}

TOP = 3
"""The number of pain points to tackle at a time."""


@dataclass(frozen=True, slots=True)
class RankedPain:
    """A pain point with its score.

    Attributes:
        pain: The pain point.
        score: Frequency times severity.
        days: The effort in working days; `None` if not estimated.
        quick_win: Whether it is a quick win.
    """

    pain: Entry
    score: int
    days: Fraction | None
    quick_win: bool

    @property
    def status(self) -> str | None:
        """The status of the pain point."""
        return self.pain.data.get("status")

    @property
    def for_a_day(self) -> Fraction | None:
        """The score per day of effort."""
        return self.score / self.days if self.days else None

    @property
    def gain(self) -> str:
        """The score per day of effort, for readers; empty if the effort is not estimated."""
        return format_number(self.for_a_day) if self.for_a_day else ""

    @property
    def effort(self) -> str:
        """The effort, for readers."""
        if self.days is None:
            return _("Not estimated")
        return ngettext(
            "%(number)s day", "%(number)s days", float(self.days), number=format_number(self.days)
        )


@dataclass(frozen=True, slots=True)
class RankedPains:
    """All pain points.

    Attributes:
        quick_wins: The quick wins, the highest score per day of effort first.
        others: The other unresolved pain points, the highest score first.
        resolved: The resolved pain points, the latest first.
        accepted: The accepted pain points.
        unscored: The pain points without a score, because their frequency or severity is unknown.
        quick_days: The maximum effort of a quick win, in working days.
        quick_score: The minimum score of a quick win.
    """

    quick_wins: tuple[RankedPain, ...]
    others: tuple[RankedPain, ...]
    resolved: tuple[RankedPain, ...]
    accepted: tuple[RankedPain, ...]
    unscored: tuple[Entry, ...]
    quick_days: int = QUICK_DAYS
    quick_score: int = QUICK_SCORE

    @property
    def unresolved(self) -> tuple[RankedPain, ...]:
        """All open pain points and those in progress, the highest score first."""
        return tuple(sorted((*self.quick_wins, *self.others), key=_rank))

    @property
    def top(self) -> tuple[RankedPain, ...]:
        """The three to tackle."""
        return self.unresolved[:TOP]

    @property
    def unestimated(self) -> tuple[RankedPain, ...]:
        """The pain points without an estimated effort, which cannot be quick wins."""
        return tuple(each for each in self.unresolved if each.days is None)


@figure(_NEEDS)
def ranked_pain_points(basis: Basis) -> RankedPains:
    """Show pain points by frequency times severity, with their effort. Quick wins are listed separately."""
    pains = basis.entries("pain_point")
    found = sorted(filter(None, (pain_score(basis, pain) for pain in pains)), key=_rank)
    scored = {each.pain for each in found}
    quick = [each for each in found if each.quick_win]
    quick.sort(key=lambda each: -(each.for_a_day or 0))
    resolved = [each for each in found if state_of(each.pain.data) == "resolved"]
    resolved.sort(key=lambda each: each.pain.data.get("resolved_on", ""), reverse=True)
    return RankedPains(
        tuple(quick),
        tuple(each for each in found if state_of(each.pain.data) in _UNRESOLVED and not each.quick_win),
        tuple(resolved),
        tuple(each for each in found if state_of(each.pain.data) == "accepted"),
        tuple(pain for pain in pains if pain not in scored),
    )


@figure(_NEEDS, reads={"pain_point": ("effort_days",)})
def pain_score(basis: Basis, pain: Entry) -> RankedPain | None:  # noqa: ARG001 - a figure takes a basis
    """Return the score of a pain point, and whether it is a quick win; `None` without its two factors.

    Args:
        basis: The data that figures are calculated from.
        pain: An entry of the content type `pain_point`.
    """
    if "frequency" not in pain.data or "severity" not in pain.data:
        return None
    score = pain.data["frequency"] * pain.data["severity"]
    days = exact(pain.data["effort_days"]) if "effort_days" in pain.data else None
    unresolved = state_of(pain.data) in _UNRESOLVED
    quick = unresolved and days is not None and days <= QUICK_DAYS and score >= QUICK_SCORE
    return RankedPain(pain, score, days, quick)


def _rank(each: RankedPain) -> tuple[int, int, bool, Fraction, str]:
    named = each.pain.data.get("named_by", 0)
    return (-each.score, -named, each.days is None, each.days or Fraction(0), each.pain.id)
