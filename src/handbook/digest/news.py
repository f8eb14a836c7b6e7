"""Collect the contents of a digest: changes, metrics that moved, due items by owner, and upcoming events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handbook.base.days import days_after
from handbook.base.language import _, current, ngettext, within
from handbook.base.named_tuples import NamedTuple
from handbook.base.numbers import format_number
from handbook.base.sentences import in_words, listed, weekday_in_words
from handbook.diff.comparison import Comparison, EntryChange
from handbook.kinds.any.basis import Basis
from handbook.kinds.attention import ActionItem, OwnerItems, attention
from handbook.kinds.metric.readings import metric_values, what_moved
from handbook.kinds.metric.value import MetricValue
from handbook.kinds.process.appointment import Appointment
from handbook.kinds.process.calendar import appointments
from handbook.output.changes.sayings import HAPPENED, NOTES, VERSION, change_notes, describe_reach
from handbook.read.values import is_example

_AHEAD = 14
_MOST_LINES = 20
_MOST_TITLES = 3
_MOST_ACTIONS = 5


class Piece(NamedTuple):
    """A piece of a line.

    Attributes:
        text: The text.
        page: The page it links to, below the docs folder; empty for none.
        strong: Whether it is in bold.
    """

    text: str
    page: str = ""
    strong: bool = False


Line = tuple[Piece, ...]


class DigestSection(NamedTuple):
    """A section of a digest.

    Attributes:
        title: The heading.
        lines: The items.
        more: A line about the items left out; empty if none are.
        nothing: The text for an empty section.
    """

    title: str
    lines: tuple[Line, ...]
    more: str
    nothing: str


class News(NamedTuple):
    """A digest.

    Attributes:
        title: The title.
        parts: The sections, the most important first.
    """

    title: str
    parts: tuple[DigestSection, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to report."""
        return not any(part.lines or part.more for part in self.parts)


def gather(name: str, since: str, comparison: Comparison, basis: Basis) -> News:
    """Collect a digest.

    Args:
        name: The name of the handbook; empty if it has none.
        since: The start of the period, in words.
        comparison: The changes that the readers of the digest can see.
        basis: The data that figures are calculated from; its date is today.
    """
    return News(
        _("%(name)s: news since %(day)s", name=name or _("Handbook"), day=since),
        (_changes(comparison), *_metrics(basis), _due(basis), _coming(basis)),
    )


def _part(title: str, lines: Sequence[Line], nothing: str, others: str = "") -> DigestSection:
    rest = len(lines) - _MOST_LINES
    more = listed([*([_more(rest)] if rest > 0 else []), *([others] if others else [])])
    left_out = _("and %(more)s", more=more) if more else ""
    return DigestSection(title, tuple(lines[:_MOST_LINES]), left_out, nothing)


def _more(number: int) -> str:
    return _("%(number)s more", number=format_number(number))


def _changes(comparison: Comparison) -> DigestSection:
    changes = [change for change in comparison.changes if not is_example(change.entry.value)]
    lines = [_changed(comparison, change) for change in changes if change.weight != "editorial"]
    minor = len(changes) - len(lines)
    others = _("%(number)s with editorial changes only", number=format_number(minor)) if minor else ""
    return _part(_("Changes"), lines, _("No changes."), others)


def _changed(comparison: Comparison, change: EntryChange) -> Line:
    label = within(_(change.kind.label))
    page = "" if change.what == "removed" else f"{change.kind.page}/{change.id}.md".removeprefix("/")
    notes = change_notes(change)
    titles = dict.fromkeys(
        _(difference.place.title)
        for difference in change.differences
        if difference.weight != "editorial" and difference.place.pointer[0] not in (VERSION, NOTES)
    )
    details = " ".join(notes) or _some(list(titles), _MOST_TITLES)
    reach = describe_reach(comparison, change) if change.weight == "breaking" else ""
    event = f"{_(HAPPENED[change.what])}{f'; {reach}' if reach else ''}"
    text = f" ({label}, {event}){f': {details}' if details else ''}"
    return (Piece(current().with_words(change.name), page, strong=True), Piece(text))


def _some(names: list[str], most: int) -> str:
    rest = len(names) - most
    return listed([*names[:most], *([_more(rest)] if rest > 0 else [])])


def _metrics(basis: Basis) -> Iterator[DigestSection]:
    """Yield the metrics that left their normal range or returned to it, in a handbook with readings."""
    values = metric_values(basis)
    if values:
        moved = what_moved(basis, len(values))
        yield _part(_("Metrics"), list(map(_moved, moved)), _("No metric left its normal range."))


def _moved(value: MetricValue) -> Line:
    unit = f" {value.unit}" if value.unit else ""
    change = f", {value.change}" if value.change else ""
    verdict = f". {value.verdict}" if value.verdict else ""
    note = f". {value.latest.note}" if value.latest.note else ""
    text = f": {value.value}{unit} ({in_words(value.day)}{change}){verdict}{note}"
    return (Piece(value.metric.name, value.metric.page, strong=True), Piece(text))


def _due(basis: Basis) -> DigestSection:
    found = attention(basis)
    return _part(_("Needs attention"), [tuple(_owner(each)) for each in found.owners], _("Nothing due."))


def _owner(each: OwnerItems) -> Iterator[Piece]:
    yield Piece(each.owner.name if each.owner else _("Unassigned"), strong=True)
    for place, item in enumerate(each.actions[:_MOST_ACTIONS]):
        yield Piece("; " if place else ": ")
        yield Piece(item.entry.name, item.entry.page)
        yield Piece(f" ({item.action}{_when(item)})")
    rest = len(each.actions) - _MOST_ACTIONS
    if rest > 0:
        yield Piece(_("; and %(more)s", more=_more(rest)))


def _when(item: ActionItem) -> str:
    if item.day is None:
        return ""
    if item.is_overdue:
        return ngettext(", %(num)s day overdue", ", %(num)s days overdue", -item.days_left)
    return _(" by %(day)s", day=in_words(item.day))


def _coming(basis: Basis) -> DigestSection:
    """Collect the events that recur by month, and their deadlines. Weekly events need no reminder."""
    last = days_after(basis.today, _AHEAD)
    found = [event for each in appointments(basis) if each.by_month for event in _dated(each)]
    lines = [
        (
            Piece(name, page, strong=True),
            Piece(f": {weekday_in_words(day)}, {in_words(day)}{f', {time}' if time else ''}"),
        )
        for day, time, name, page in sorted(found)
        if basis.today <= day <= last
    ]
    return _part(_("Coming up"), lines, _("Nothing scheduled until %(day)s.", day=in_words(last)))


def _dated(appointment: Appointment) -> Iterator[tuple[date, str, str, str]]:
    """Yield the date, time, name and page of the events and deadlines of the coming year."""
    page = appointment.process.page
    for day in appointment.coming:
        yield day, appointment.time if appointment.at else "", appointment.name, page
    for due in appointment.dues(appointment.coming):
        yield due.day, appointment.due_time, f"{appointment.task}: {appointment.name}", page
