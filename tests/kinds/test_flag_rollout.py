"""What a product manager follows to roll out a feature flag."""

from __future__ import annotations

import pytest

from handbook.kinds.flag.rollout import flag_rollout
from handbook.kinds.flag_end import flag_end
from handbook.loaded.handbook import load
from handbook.render.entry_tables import Layout, draw_entries
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import TODAY, MakeBasis, MakeSite

FLAG = """flags:
  - id: guide
    name: Guide
    summary: Shows the guide.
    rollout: {{percentage: 25, audience: all accounts}}
    expires_on: 2027-01-01
    guardrails:
      - {{name: Load time, metric: load, limit: At most 2.5 s}}
      - {{name: Errors, limit: None}}
    stages:
      - {{name: First, percentage: 5, wait: 1 day, tell: [ops]{first}}}
      - {{name: More, percentage: 25, audience: all accounts in Canada, checks: [Support is ready]{second}}}
      - {{name: Everyone, percentage: 100, tell: [ops]{third}}}
"""
TEAMS = "teams: [{id: ops, name: Operations, summary: A.}]\n"
METRIC = (
    "metrics: [{id: load, name: Load time, summary: A., status: agreed, definition: B., unit: seconds, "
    "range: {low: 1, high: 2}, audience: %s}]\n"
)


def files(first: str = "", second: str = "", third: str = "", audience: str = "internal") -> dict[str, str]:
    days = [f", reached_on: {day}" if day else "" for day in (first, second, third)]
    return {
        "sources/flags.yaml": FLAG.format(first=days[0], second=days[1], third=days[2]),
        "sources/teams.yaml": TEAMS,
        "sources/metrics.yaml": METRIC % audience,
        "sources/readings/load.csv": "day,value,note\n2026-11-22,2.2,\n",
    }


@pytest.mark.parametrize(
    ("days", "now", "following"),
    [
        ((), [], "First"),
        (("2026-11-16",), ["First"], "More"),
        (("2026-11-16", "2026-11-23"), ["More"], "Everyone"),
        # A planned date isn't reached yet.
        (("2026-11-16", "2026-11-24"), ["First"], "More"),
        (("2026-11-02", "2026-11-16", "2026-11-20"), ["Everyone"], None),
    ],
)
def test_the_stages_say_where_the_flag_is_and_what_is_next(
    make_basis: MakeBasis, days: tuple[str, ...], now: list[str], following: str | None
) -> None:
    basis = make_basis(files(*days))
    rollout = flag_rollout(basis, basis.catalogue.entry("flag", "guide"))
    assert [stage.name for stage in rollout.stages if stage.is_current] == now
    assert (rollout.next.name if rollout.next else None) == following
    assert [stage.audience for stage in rollout.stages] == [
        "all accounts",
        "all accounts in Canada",
        "all accounts",
    ]
    assert [entry.id for entry in rollout.stages[0].tell] == ["ops"]


def test_a_guardrail_shows_the_last_value_of_its_metric_to_who_can_see_it(make_site: MakeSite) -> None:
    site = make_site(files(audience="restricted"))
    outside = "Rose above its normal range (1 to 2)"
    for audience, last, warning in (
        ("restricted", "2.2 seconds on 22 November 2026", outside),
        ("internal", "", ""),
    ):
        handbook = load(site, TODAY, audience)
        rollout = handbook.figure("flag_rollout", handbook.entry("flag", "guide"))
        assert [(each.name, each.last, each.warning) for each in rollout.guardrails] == [
            ("Load time", last, warning),
            ("Errors", "", ""),
        ]


@pytest.mark.parametrize(
    ("day", "state", "label"),
    [
        ("2026-11-22", "overdue", "Overdue"),
        ("2026-11-23", "soon", "Due soon"),
        ("2026-12-23", "soon", "Due soon"),
        ("2026-12-24", "", None),
    ],
)
def test_a_flag_that_expires_soon_says_so_on_its_page_and_in_lists(
    make_site: MakeSite, day: str, state: str, label: str | None
) -> None:
    sources = files()
    sources["sources/flags.yaml"] = sources["sources/flags.yaml"].replace("2027-01-01", day)
    handbook = load(make_site(sources), TODAY)
    flag = handbook.catalogue.entry("flag", "guide")
    end = flag_end(handbook.basis, flag)
    assert end
    assert end.state == state
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    context = renderer.context("flags/index.md")
    table = draw_entries(flag.kind, [flag], Layout(["name", "expires_on"]), context)
    for text in (renderer.entry(flag, flag.page), table):
        assert [words for words in ("Overdue", "Due soon") if words in text] == ([label] if label else [])
