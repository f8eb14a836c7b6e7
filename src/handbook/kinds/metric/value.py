"""A metric with its readings: what they say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from handbook.base.language import _, ngettext
from handbook.base.numbers import MINUS, exact, format_fixed, format_number, in_percent
from handbook.base.table import Column, Table
from handbook.kinds.metric.possible import is_percentage, possible_values, unit_of
from handbook.link.catalogue import Entry
from handbook.read.readings import Reading

_MOST_SHOWN = 53
"""The most readings in a chart and its table: a year of weeks."""
_BELOW, _WITHIN, _ABOVE = "below", "within", "above"
_USUALLY = 4
"""The least changes that tell how much a value usually changes."""


@dataclass(frozen=True, slots=True)
class MetricValue:
    """The readings of a metric.

    Attributes:
        metric: The metric.
        readings: All of them, the oldest first; at least one.
        low: The lower end of its normal range, if it says one.
        high: The upper end.
        target: The value to reach, if it says one.
        due: The day by which the next reading is due, if ever.
        today: The date that counts as today.
    """

    metric: Entry
    readings: tuple[Reading, ...]
    low: Decimal | None
    high: Decimal | None
    target: Decimal | None
    due: date | None
    today: date

    @property
    def latest(self) -> Reading:
        """The last reading."""
        return self.readings[-1]

    @property
    def day(self) -> date:
        """The day of the last reading."""
        return self.latest.day

    @property
    def note(self) -> str:
        """What to know of the last value."""
        return self.latest.note

    @property
    def value(self) -> str:
        """The last value, for readers."""
        return self.words(self.latest.value)

    @property
    def unit(self) -> str:
        """The unit behind the value; empty if it is part of the value."""
        return unit_of(self.metric.data)

    @property
    def difference(self) -> Decimal | None:
        """The difference from the reading before; `None` without one."""
        return self.latest.value - self.readings[-2].value if len(self.readings) > 1 else None

    @property
    def change(self) -> str:
        """The difference from the reading before, for readers; empty without one."""
        return self._change_at(len(self.readings) - 1)

    @property
    def since(self) -> date | None:
        """The day of the reading before."""
        return self.readings[-2].day if len(self.readings) > 1 else None

    @property
    def trend(self) -> str:
        """Whether the last change is `better` or `worse` by the direction of the metric; empty for neither.

        Within the normal range, a change is noise.
        """
        if self.state == _WITHIN:
            return ""
        wanted = {"up": 1, "down": -1}.get(str(self.metric.data.get("direction")), 0)
        way = wanted * (self.difference or 0)
        return "better" if way > 0 else "worse" if way < 0 else ""

    @property
    def state(self) -> str:
        """Where the last value is: `below`, `within` or `above` its range; empty without a range."""
        return self._state(self.latest)

    @property
    def is_outside(self) -> bool:
        """Whether the last value is outside its normal range."""
        return self.state in {_BELOW, _ABOVE}

    @property
    def has_left(self) -> bool:
        """Whether it is outside its normal range, and the reading before wasn't."""
        return self.is_outside and self.outside_for == 1

    @property
    def outside_for(self) -> int:
        """The number of readings in a row outside the range, up to the last one."""
        inside = (at for at, each in enumerate(reversed(self.readings)) if self._state(each) == _WITHIN)
        return next(inside, len(self.readings)) if self.state else 0

    @property
    def has_returned(self) -> bool:
        """Whether it is within its range again, and the reading before wasn't."""
        before = self.readings[-2:-1]
        return self.state == _WITHIN and any(self._state(each) != _WITHIN for each in before)

    @property
    def moved_much(self) -> bool:
        """Whether the last change is more than twice as large as changes usually are, without a range."""
        changes = [
            abs(other.value - one.value) for one, other in zip(self.readings, self.readings[1:], strict=False)
        ]
        if self.state or len(changes) <= _USUALLY:
            return False
        earlier = sorted(changes[-_MOST_SHOWN:-1])
        return changes[-1] > 2 * earlier[len(earlier) // 2]

    @property
    def is_stale(self) -> bool:
        """Whether the next reading is overdue."""
        return self.due is not None and self.due < self.today

    @property
    def range(self) -> str:
        """The normal range, for readers; empty without one."""
        low, high = (None if end is None else self._number(end, None) for end in (self.low, self.high))
        if low and high:
            return _("%(low)s to %(high)s", low=low, high=high)
        if low:
            return _("at least %(low)s", low=low)
        return _("at most %(high)s", high=high) if high else ""

    @property
    def goal(self) -> str:
        """The target, for readers; empty without one."""
        return "" if self.target is None else self._number(self.target, None)

    @property
    def verdict(self) -> str:
        """What the range says of the last value, as a sentence without a full stop; empty without a range."""
        if self.has_returned:
            return _("Back in its normal range (%(range)s)", range=self.range)
        if self.has_left:
            return {
                _BELOW: _("Fell below its normal range (%(range)s)", range=self.range),
                _ABOVE: _("Rose above its normal range (%(range)s)", range=self.range),
            }[self.state]
        if self.is_outside:
            return ngettext(
                "Outside its normal range (%(range)s) for %(num)s reading",
                "Outside its normal range (%(range)s) for %(num)s readings",
                self.outside_for,
                range=self.range,
            )
        return _("Within its normal range (%(range)s)", range=self.range) if self.state else ""

    @property
    def title(self) -> str:
        """The title of its chart: its name, with the unit."""
        return ", ".join(filter(None, (self.metric.name, self.unit)))

    @property
    def legend(self) -> str:
        """What the area and the line of its chart are; empty without both."""
        parts = [_("Normal range: %(range)s", range=self.range)] if self.range else []
        return " · ".join([*parts, *([_("Target: %(goal)s", goal=self.goal)] if self.goal else [])])

    @property
    def recent(self) -> tuple[Reading, ...]:
        """The readings that charts and tables show, the oldest first."""
        return self.readings[-_MOST_SHOWN:]

    @property
    def days(self) -> tuple[date, ...]:
        """The days of these readings."""
        return tuple(each.day for each in self.recent)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Their values."""
        return tuple(each.value for each in self.recent)

    @property
    def shown(self) -> tuple[str, ...]:
        """Their values, for readers."""
        return tuple(self.words(each.value) for each in self.recent)

    @property
    def table(self) -> Table:
        """The same readings as a table, the latest first."""
        first = len(self.readings) - len(self.recent)
        rows = [
            (each.day, self.words(each.value), self._change_at(first + at) or _("None"), each.note)
            for at, each in enumerate(self.recent)
        ]
        has_notes = any(each.note for each in self.recent)
        titles = (_("Date"), _("Value"), _("Change"), *([_("Note")] if has_notes else []))
        columns = [Column(title, is_long=title == _("Note")) for title in titles]
        return Table(_("Readings"), columns, [row[: len(columns)] for row in reversed(rows)])

    def words(self, value: Decimal) -> str:
        """Return a value for readers, with as many decimals as the readings have."""
        return self._number(value, max(max(0, -int(each.value.as_tuple().exponent)) for each in self.recent))

    def _number(self, value: Decimal, places: int | None) -> str:
        """Return a number with its sign of percent; without decimal places, with those that it needs."""
        number = format_number(value, 9) if places is None else format_fixed(value, places)
        return in_percent(number) if is_percentage(self.metric.data) else number

    def _state(self, reading: Reading) -> str:
        if self.low is None and self.high is None:
            return ""
        if self.low is not None and reading.value < self.low:
            return _BELOW
        return _ABOVE if self.high is not None and reading.value > self.high else _WITHIN

    def _change_at(self, at: int) -> str:
        """Return the difference of a reading from the one before: in percent; of a percentage, in points."""
        if at < 1:
            return ""
        before, now = self.readings[at - 1].value, self.readings[at].value
        sign = "+" if now > before else MINUS if now < before else "±"
        if is_percentage(self.metric.data):
            return _("%(number)s points", number=f"{sign}{format_number(abs(now - before), 2)}")
        lowest = possible_values(self.metric.data).lowest
        # A share of a value that can be below zero means nothing.
        if before <= 0 or now < 0 or (lowest is not None and lowest < 0):
            return f"{sign}{format_number(abs(now - before), 2)}"
        share = format_number(abs(Fraction(100) * (exact(now) / exact(before) - 1)))
        return in_percent(f"{sign}{share}")
