"""Honest data: what a company doesn't know is left out, and no page, figure or rule makes it up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from handbook.base.report import make_report
from handbook.kinds.attention import attention
from handbook.loaded.handbook import Handbook, load
from handbook.read.raw import RawEntry
from handbook.read.schemas.shapes import Shape
from tests.conftest import TODAY, MakeSite
from tests.effort import runs
from tests.kinds.test_own_schemas import shown_figures
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of
from tests.shipped import few_of, load_shipped

INVENTED = re.compile(r"[\w,:(] None\b|None[%-]|None (?!of|yet|at)\w|\bnan\b|\b0 of\b|Undefined|mappingproxy")
"""What pages show if a value that isn't there is printed or counted."""


PARTLY_KNOWN = {
    "tools_inventory.yaml": """tools:
  - id: linear
    name: Linear
    summary: Issues.
    category: roadmap
    status: active
    cost: {amount: 10, currency: USD, period: month}
    seats: {licensed: 40}
    contract: {renews_on: 2026-12-20}
    integrations: [{tool: jira, direction: sends}]
    review: {next: 2027-01-01}
  - id: jira
    name: Jira
    summary: Tickets.
    category: roadmap
    status: retired
    contract: {notice_days: 60}
""",
    "sources/flags.yaml": "flags: [{id: f, name: F, summary: A., rollout: {percentage: 5, audience: Us}}]\n",
    "sources/adoption/pain-points.yaml": (
        "pain_points: [{id: p, name: P, summary: A., status: open, severity: 4, effort_days: 2}]\n"
    ),
}
"""Entries of which some values are unknown."""


def words_of(page: str) -> str:
    """The text of a page, without its tags and empty lines."""
    return re.sub(r"\n\s*\n", "\n", re.sub(r"<[^>]+>", "", page))


def test_pages_say_what_is_unknown(make_site: MakeSite) -> None:
    handbook = load(make_site(PARTLY_KNOWN), TODAY)
    assert [finding for finding in handbook.report.findings if finding.code < "HB3"] == []
    pages = {path: words_of(page.markdown) for path, page in pages_of(few_of(handbook)).items()}
    linear = pages["tools/linear.md"]
    assert "Price USD 10 per month\n" in linear
    assert "Annual cost" not in linear
    assert "Seats 40 paid seats; number of active users unknown\n" in linear
    assert "Notice deadline Unknown\n" in linear
    assert "Jira (retired) Data exchanged not recorded" in linear
    assert "Next review 1 January 2027" in linear
    assert "Renewal date Unknown\nNotice deadline Unknown (60-day notice period)" in pages["tools/jira.md"]
    assert "Expiry date Not set" in pages["flags/f.md"]
    assert "Score Unknown\nSeverity 4\nEffort 2 days" in pages["product-ops/pain-points/p.md"]
    ranking = words_of(macros_of(handbook)["ranked_pain_points"]())
    assert "Not scored, because the frequency or severity is unknown: P." in ranking


def test_a_contract_without_a_notice_period_is_reported_by_its_renewal(make_site: MakeSite) -> None:
    """Nobody is told to decide by a day that isn't known, but to find it out."""
    handbook = load(make_site(PARTLY_KNOWN), TODAY)
    found = {finding.code: finding.message for finding in handbook.report.findings}
    assert found["HB304"] == "Contract renews on 2026-12-20, in 27 days; the notice period is unknown"
    assert found["HB310"] == "Feature flag without an expiry date"
    items = [item for each in attention(handbook.basis).owners for item in each.actions]
    assert ("linear", "find out the notice period", 27) in [
        (item.entry.id, item.action, item.days_left) for item in items
    ]


def optional_paths(
    shape: Shape, value: Any, above: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """The places in a value that its schema does not require, at any depth."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            below = shape.field(name)
            if name not in shape.required and name not in ("id", "audience"):
                yield (*above, name)
            if below:
                yield from optional_paths(below, part, (*above, name))
    elif isinstance(value, list) and shape.items:
        for index, part in enumerate(value):
            yield from optional_paths(shape.items, part, (*above, index))


def without(value: Any, path: tuple[str | int, ...]) -> Any:
    """A value without what is at a place in it."""
    first, *below = path
    if isinstance(value, list):
        return [without(part, tuple(below)) if index == first else part for index, part in enumerate(value)]
    if below:
        return {**value, first: without(value[first], tuple(below))}
    return {name: part for name, part in value.items() if name != first}


def thinned(raw: RawEntry, turn: int) -> RawEntry:
    """An entry without one optional value: another one at every turn."""
    paths = list(optional_paths(raw.kind.shape, raw.value))
    for at in range(len(paths)):
        value = without(raw.value, paths[(turn + at) % len(paths)])
        if raw.kind.validator.fits(value):
            return raw._replace(value=value)
    return raw


@pytest.mark.parametrize("turn", range(runs(1, 40)))
def test_pages_and_figures_invent_no_value(turn: int) -> None:
    """Each entry lacks another optional value, and shows nothing else instead."""
    shipped = load_shipped("internal")
    entries = [thinned(raw, turn * 7 + at) for at, raw in enumerate(shipped.context.entries)]
    context = shipped.context._replace(entries=entries)
    context.misfits = []
    handbook = Handbook(context, make_report((), {}, (), files=0, entries=0), "internal")
    texts = {path: page.markdown for path, page in pages_of(few_of(handbook)).items()} | shown_figures(
        handbook
    )[0]
    wrong = [
        (path, text[max(match.start() - 60, 0) : match.end() + 30])
        for path, text in texts.items()
        for match in INVENTED.finditer(text)
    ]
    assert wrong == []
