"""One line of the benchmark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the benchmark.

    Attributes:
        what: What is measured.
        value: The figure.
        unit: `x` for a ratio to the peer, `ms`, `s`, `min`, `kB`, or `points` of 100.
        budget: The most that it may be, or the least for points; `None` without a budget.
        peer: What it is compared with; empty for none.
        figures: Further figures, such as the two of a ratio.
        runs: How often it was measured.
    """

    what: str
    value: float
    unit: str
    budget: float | None
    peer: str = ""
    figures: str = ""
    runs: int = 1

    @property
    def is_kept(self) -> bool:
        """Return whether the figure is within its budget; true without one."""
        if self.budget is None:
            return True
        return self.value >= self.budget if self.unit == "points" else self.value <= self.budget

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the line as text."""
        sign = "≥" if self.unit == "points" else "≤"
        budget = "" if self.budget is None else f"{sign} {self.budget:.3g}"
        verdict = "" if self.budget is None else "kept" if self.is_kept else "OVER BUDGET"
        shown = f"{self.value:.3g} {self.unit}"
        return (self.what, self.peer, shown, budget, verdict, self.figures, str(self.runs))
