"""Pain points, ranked.

The score is how often times how bad, both from 1 to 5, so it lies between 1 and 25. Of two with the same
score the one that more people named comes first, then the one with less effort.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from handbook.figures.basis import Basis
from handbook.figures.words import rounded
from handbook.link.catalogue import Entry

QUICK_DAYS = 5
"""A quick win takes no more working days than this."""

QUICK_SCORE = 9
"""A quick win has at least this score: what happens once a week and costs half a day gets it."""

TOP = 3
"""So many are taken on at a time."""


@dataclass(frozen=True, slots=True)
class RankedPain:
    """A pain point with its score.

    Attributes:
        pain: The pain point.
        score: How often times how bad.
        days: Working days to mend it; `None` when nobody has estimated that.
        quick_win: Whether it is one.
    """

    pain: Entry
    score: int
    days: Fraction | None
    quick_win: bool

    @property
    def for_a_day(self) -> Fraction | None:
        """Points for each day of effort."""
        return self.score / self.days if self.days else None

    @property
    def gain(self) -> str:
        """Points for each day of effort, in words; empty when nobody has estimated the effort."""
        return rounded(self.for_a_day) if self.for_a_day else ""

    @property
    def effort(self) -> str:
        """The effort in words."""
        if self.days is None:
            return "not estimated"
        return f"{rounded(self.days)} {'day' if self.days == 1 else 'days'}"


@dataclass(frozen=True, slots=True)
class RankedPains:
    """All pain points.

    Attributes:
        quick_wins: Those that hurt and are soon mended, most points for a day of effort first.
        others: The other ones that are not mended, highest score first.
        mended: Those that are gone, the last mended first.
        accepted: Those that the company lives with.
        quick_days: The most working days a quick win may take.
        quick_score: The lowest score of a quick win.
    """

    quick_wins: tuple[RankedPain, ...]
    others: tuple[RankedPain, ...]
    mended: tuple[RankedPain, ...]
    accepted: tuple[RankedPain, ...]
    quick_days: int = QUICK_DAYS
    quick_score: int = QUICK_SCORE

    @property
    def unmended(self) -> tuple[RankedPain, ...]:
        """All that are being worked on or wait, highest score first."""
        return tuple(sorted((*self.quick_wins, *self.others), key=_rank))

    @property
    def top(self) -> tuple[RankedPain, ...]:
        """The three to take on."""
        return self.unmended[:TOP]

    @property
    def unestimated(self) -> tuple[RankedPain, ...]:
        """Those of which nobody knows the effort, so that they cannot be quick wins."""
        return tuple(each for each in self.unmended if each.days is None)


def ranked_pain_points(basis: Basis) -> RankedPains:
    """Pain points by how often times how bad, with their effort; quick wins apart from the others."""
    found = sorted(map(_ranked, basis.catalogue.entries("pain_point").values()), key=_rank)
    quick = [each for each in found if each.quick_win]
    quick.sort(key=lambda each: -(each.for_a_day or 0))
    mended = [each for each in found if each.pain.data["status"] == "resolved"]
    mended.sort(key=lambda each: each.pain.data.get("resolved_on", ""), reverse=True)
    return RankedPains(
        tuple(quick),
        tuple(
            each
            for each in found
            if each.pain.data["status"] in ("open", "in-progress") and not each.quick_win
        ),
        tuple(mended),
        tuple(each for each in found if each.pain.data["status"] == "accepted"),
    )


def pain_score(basis: Basis, pain: Entry) -> RankedPain:  # noqa: ARG001 - every figure takes it
    """The score of one pain point, and whether it is a quick win.

    Args:
        basis: What figures are worked out from.
        pain: An entry of the kind `pain_point`.
    """
    return _ranked(pain)


def _ranked(pain: Entry) -> RankedPain:
    score = pain.data["frequency"] * pain.data["severity"]
    days = Fraction(str(pain.data["effort_days"])) if "effort_days" in pain.data else None
    waits = pain.data["status"] in ("open", "in-progress")
    quick = waits and days is not None and days <= QUICK_DAYS and score >= QUICK_SCORE
    return RankedPain(pain, score, days, quick)


def _rank(each: RankedPain) -> tuple[int, int, bool, Fraction, str]:
    named = each.pain.data.get("named_by", 0)
    return (-each.score, -named, each.days is None, each.days or Fraction(0), each.pain.id)
