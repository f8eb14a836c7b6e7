"""What the home page says: often asked, frequent jobs, trust, and everything by content type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice

from handbook.base.language import _
from handbook.base.sentences import duration_in_words
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.any.freshness import Freshness, freshness_of
from handbook.kinds.any.ownership import owners_of
from handbook.kinds.week import Event, next_slot
from handbook.link.catalogue import Entry
from handbook.read.life import has_ended, is_used
from handbook.read.values import list_at, review_due, state_of, value_at

_AHEAD = timedelta(days=30)
_FIRST = (
    *(
        "tool",
        "process",
        "template",
        "checklist",
        "metric",
        "dashboard",
        "query",
        "experiment",
        "flag",
        "study",
    ),
    *("feedback_source", "theme", "team", "role", "onboarding", "question", "term"),
)
"""The content types that readers look for most, in this order; others come after them."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far readers can rely on the handbook.

    Attributes:
        number: The number of entries and pages that can have an owner.
        owned: How many of them have one.
        overdue: The number of overdue reviews.
        coming: The number of reviews that are due within 30 days.
        until: The last of these days.
        next: The entry or page with the next of these reviews, if any.
        fresh: Its review dates.
    """

    number: int
    owned: int
    overdue: int
    coming: int
    until: date
    next: Entry | None
    fresh: Freshness | None


@dataclass(frozen=True, slots=True)
class Jobs:
    """What people do most often, as far as the handbook has it.

    Attributes:
        tools: The number of tools in use, as lists count them.
        access_takes: How long access to a tool usually takes; empty if unknown.
        template: The template that most entries refer to.
        next_slot: The next event of a process with this template whose deadline, if any, is still ahead.
        checklist: The checklist that most entries refer to.
        items: The number of its items.
        metrics: The number of agreed metrics.
    """

    tools: int
    access_takes: str
    template: Entry | None
    next_slot: Event | None
    checklist: Entry | None
    items: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A content type with the number of its entries.

    Attributes:
        kind: Its name.
        title: The title of its section.
        page: The path of its page.
        number: The number of its entries.
    """

    kind: str
    title: str
    page: str
    number: int


@figure({})
def often_asked(basis: Basis, questions: Sequence[str] = (), most: int = 3) -> tuple[Entry, ...]:
    """Show a large search field and, below it, questions that are often asked.

    - `questions`: the IDs of questions. Without them, the first ones of the FAQ.
    - `most`: the maximum number of questions to show.

    Args:
        basis: The data that figures are calculated from.
        questions: The IDs.
        most: The maximum number.
    """
    found = {entry.id: entry for entry in basis.entries("question")}
    chosen = [found[name] for name in questions if name in found] or sorted(
        found.values(), key=lambda entry: len(entry.name)
    )
    return tuple(islice(chosen, max(most, 0)))


@figure({})
def frequent_jobs(basis: Basis, template: str = "", checklist: str = "") -> Jobs:
    """Show what people do most often: get access, fill in a template, run a checklist, look up a metric.

    - `template`, `checklist`: the IDs of those to show. Without them, those that most entries refer to.

    Args:
        basis: The data that figures are calculated from.
        template: The ID of the template.
        checklist: The ID of the checklist.
    """
    tools = [tool for tool in basis.entries("tool") if is_used(tool.data)]
    document, items = _chosen(basis, "template", template), _chosen(basis, "checklist", checklist)
    groups = list_at(items.data, ("groups",)) if items else ()
    return Jobs(
        len(tools),
        _usual_wait(tools),
        document,
        next_slot(basis, document) if document else None,
        items,
        sum(len(list_at(group, ("items",))) for group in groups),
        sum(state_of(metric.data) == "agreed" for metric in basis.entries("metric")),
    )


@figure({})
def can_i_trust_this(basis: Basis) -> Trust:
    """Show how many entries and pages have an owner, and how many reviews are overdue or due soon."""
    whole = [
        entry
        for entry in chain(basis.catalogue.all(), basis.catalogue.imprints.values())
        if entry.kind.shape.field("owner") and not has_ended(entry.data)
    ]
    dues = sorted(
        ((due, entry) for entry in whole if (due := review_due(entry.data))),
        key=lambda each: (each[0], each[1].name),
    )
    until = basis.today + min(_AHEAD, date.max - basis.today)
    coming = [entry for due, entry in dues if basis.today <= due <= until]
    return Trust(
        len(whole),
        sum(bool(owners_of(basis, entry)) for entry in whole),
        sum(due < basis.today for due, _entry in dues),
        len(coming),
        until,
        coming[0] if coming else None,
        freshness_of(coming[0].data, basis.today) if coming else None,
    )


@figure({})
def content_types(basis: Basis) -> tuple[Counted, ...]:
    """Show every content type with the number of its entries."""
    return tuple(_counted(basis))


def _counted(basis: Basis) -> Iterator[Counted]:
    first = {name: at for at, name in enumerate(_FIRST)}
    for kind in sorted(basis.catalogue.kinds.values(), key=lambda kind: first.get(kind.name, len(first))):
        number = len(basis.catalogue.entries(kind.name))
        if number:
            yield Counted(kind.name, _(kind.title), f"{kind.page}/index.md", number)


def _chosen(basis: Basis, kind: str, name: str) -> Entry | None:
    """Return the entry of a kind with an ID or, without it, the one that most other entries refer to."""
    found = [entry for entry in basis.entries(kind) if not has_ended(entry.data)]
    named = next((entry for entry in found if entry.id == name), None)
    return named or max(found, key=lambda entry: len(basis.catalogue.uses(entry)), default=None)


def _usual_wait(tools: Iterable[Entry]) -> str:
    """Return the time that access to most tools takes, in words."""
    waits = Counter(str(takes) for tool in tools if (takes := value_at(tool.data, ("access", "takes"))))
    return duration_in_words(waits.most_common(1)[0][0]) if waits else ""
