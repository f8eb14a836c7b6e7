"""What the pages of single kinds say beyond their fields."""

from __future__ import annotations

import html
import re

import pytest

from tests.render.conftest import MakeHandbook
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of

METRICS = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves.
    status: agreed
    definition: Accounts that left in a month.
    not_to_be_confused_with:
      - metric: revenue-churn
        why: Churn counts accounts, revenue churn counts money.
  - id: revenue-churn
    name: Revenue churn
    summary: Which money leaves.
    status: agreed
    definition: Revenue that was lost in a month.
"""


def test_metrics_that_sound_alike_say_so_on_both_pages(make_handbook: MakeHandbook) -> None:
    pages = pages_of(make_handbook({"sources/metrics.yaml": METRICS}))
    why = "<dd>Churn counts accounts, revenue churn counts money."
    there = '<dt><a href="../revenue-churn/">Revenue churn</a></dt> '
    assert there + why in pages["metrics/churn.md"].markdown
    back = '<dt><a href="../churn/">Churn</a></dt> '
    assert back + why in pages["metrics/revenue-churn.md"].markdown


STATES = {
    "draft": "",
    "planned": "starts_on: 2026-11-02\nplanned_end: 2026-11-15\n",
    "running": "starts_on: 2026-11-02\nplanned_end: 2026-11-15\n",
    "decided": "ended_on: 2026-11-15\ndecision: {outcome: ship, date: 2026-11-18, why: It works.}\n",
    "stopped": "ended_on: 2026-11-05\ndecision: {outcome: stop, date: 2026-11-05, why: It broke.}\n",
}


@pytest.mark.parametrize("status", STATES)
def test_an_experiment_can_be_shown_with_no_more_than_its_state_asks_for(
    make_handbook: MakeHandbook, status: str
) -> None:
    entry = f"name: Prompt\nsummary: More?\nstatus: {status}\nhypothesis: Yes.\n{STATES[status]}"
    markdown = pages_of(make_handbook({"sources/experiments/prompt.yaml": entry}))[
        "experiments/prompt.md"
    ].markdown
    assert f"hb-chip--{status}" in markdown
    assert "None" not in markdown


VARIANTS = """name: Prompt
summary: More?
status: decided
hypothesis: Yes.
variants:
  - {id: control, name: Control, share: 50}
  - {id: prompt, name: With prompt, share: 50}
ended_on: 2026-11-15
decision: {outcome: ship, date: 2026-11-18, why: It works.}
results:
"""
SHARES = """  - {variant: control, participants: 2288, conversions: 281}
  - {variant: prompt, participants: 2304, conversions: 369}
"""
MEANS = """  - {variant: control, participants: 2951, mean: 3.08, standard_deviation: 4.06}
  - {variant: prompt, participants: 2912, mean: 3.14, standard_deviation: 4.15}
design:
  measure: mean
  baseline: 3.1
  standard_deviation: 4.1
  minimum_detectable_effect: 10
  effect: relative
  alpha: 0.05
  power: 0.8
  sides: two
  traffic_per_day: 280
"""


@pytest.mark.parametrize(
    ("results", "cells"),
    [
        (SHARES, ["With prompt", "2,304", "369", "16.0%"]),
        (MEANS, ["With prompt", "2,912", "3.14", "4.15"]),
    ],
)
def test_a_result_is_shown_as_a_share_or_as_an_average(
    make_handbook: MakeHandbook, results: str, cells: list[str]
) -> None:
    pages = pages_of(make_handbook({"sources/experiments/prompt.yaml": VARIANTS + results}))
    markdown = html.unescape(pages["experiments/prompt.md"].markdown)
    row = next(line for line in markdown.splitlines() if 'href="#prompt"' in line)
    assert [cell for cell in cells if f">{cell}<" not in row] == []


@pytest.mark.parametrize(
    ("percentage", "state"), [(0, "off"), (0.5, "partly-on"), (99, "partly-on"), (100, "on")]
)
def test_a_flag_says_whether_it_is_on(make_handbook: MakeHandbook, percentage: float, state: str) -> None:
    rollout = f"{{percentage: {percentage}, audience: all accounts}}"
    flag = f"name: Search\nsummary: Opens it.\nrollout: {rollout}\nexpires_on: 2027-06-30\n"
    markdown = pages_of(make_handbook({"sources/flags/search.yaml": flag}))["flags/search.md"].markdown
    assert f'hb-chip--{state}"' in markdown
    assert "30 June 2027" in markdown


def test_an_entry_equals_itself_wherever_it_is_named_and_no_other(make_handbook: MakeHandbook) -> None:
    tools = """tools:
  - {id: new, name: New, summary: A., category: analytics, status: active}
  - {id: old, name: Old, summary: A., category: analytics, status: sunset, replaced_by: new}
  - {id: older, name: Older, summary: A., category: analytics, status: retired, replaced_by: new}
"""
    view = """{% for other in used_by(entry) %}{% for each in other[1] %}
{{ each.id }} {{ each.replaced_by == entry }} {{ each == entry }}
{% endfor %}{% endfor %}"""
    pages = pages_of(make_handbook({"tools_inventory.yaml": tools, "macros/tool.jinja": view}))
    shown = pages["tools/new.md"].markdown
    for name in ("old", "older"):
        assert f"{name} yes no" in shown


def test_wherever_something_that_has_ended_is_named_its_state_is_said(make_handbook: MakeHandbook) -> None:
    tools = """tools:
  - {id: new, name: New, summary: A., category: analytics, status: active}
  - {id: old, name: Old, summary: A., category: analytics, status: leaving, replaced_by: new}
  - {id: older, name: Older, summary: A., category: analytics, status: retired, replaced_by: new}
"""
    states = "states: {tool: {leaving: {title: On the way out, means: sunset}}}\n"
    files = {"tools_inventory.yaml": tools, "sources/handbook.yaml": states}
    pages = pages_of(make_handbook(files))
    shown = pages["tools/new.md"].markdown
    assert '<a href="../old/">Old</a> <span class="hb-ended">(on the way out)</span>' in shown
    assert '<a href="../older/">Older</a> <span class="hb-ended">(retired)</span>' in shown
    assert '<a href="../new/">New</a> <span' not in pages["tools/old.md"].markdown


def test_a_checklist_knows_the_holidays_of_the_settings(make_handbook: MakeHandbook) -> None:
    files = {
        "sources/roles.yaml": "roles: [{id: pm, name: PM, summary: A.}]\n",
        "sources/checklists/start.yaml": "name: Start\nsummary: A.\ngroups:\n  - id: a\n    name: A\n"
        "    items: [{id: b, name: B, role: pm, due_day: 1}]\n",
    }
    plain = pages_of(make_handbook(files))["checklists/start.md"].markdown
    settings = {"sources/handbook.yaml": "holidays: [2026-12-25, 2027-01-01]\n"}
    known = pages_of(make_handbook({**files, **settings}))["checklists/start.md"].markdown
    assert "holidays" not in plain
    assert '"holidays":["2026-12-25","2027-01-01"]' in html.unescape(known)


@pytest.mark.parametrize(
    ("settings", "tracker"),
    [
        ("", None),
        ("jobs: {tracker: jira}\n", '"tracker":{"format":"jira"}'),
        ("jobs: {tracker: jira}\ntracker: {format: gitlab}\n", '"tracker":{"format":"gitlab"}'),
    ],
)
def test_a_checklist_knows_its_variants_and_the_tracker_of_the_settings(
    make_handbook: MakeHandbook, settings: str, tracker: str | None
) -> None:
    source = (
        "name: L\nsummary: S.\nworking_days: true\nvariant_name: Size\n"
        "variants: [{id: small, name: Small, first_due_day: -3}, {id: large, name: Large}]\n"
        "groups:\n- id: a\n  name: A\n"
        "  items: [{id: b, name: B, due_day: -9, variants: [large]}, {id: c, name: C, due_day: -5}]\n"
    )
    files = {"sources/checklists/l.yaml": source} | ({"sources/handbook.yaml": settings} if settings else {})
    page = html.unescape(pages_of(make_handbook(files))["checklists/l.md"].markdown)
    assert '"working":true,"variant":"Size"' in page
    assert '"variants":[{"id":"small","name":"Small","from":-3},{"id":"large","name":"Large"}]' in page
    assert '"variants":["large"]' in page
    starts = re.findall(r'data-label="First due day">([^<]*)<', page)
    assert starts == ["3 working days before", "9 working days before"]
    assert (tracker in page) if tracker else ('"tracker"' not in page)


def test_what_a_role_has_to_do_is_listed_without_a_channel(make_handbook: MakeHandbook) -> None:
    files = {
        "sources/teams.yaml": "teams: [{id: ops, name: Ops, summary: A.}]\n",
        "sources/roles.yaml": "roles: [{id: analyst, name: Analyst, summary: A., team: ops}]\n",
        "sources/metrics.yaml": METRICS
        + "    owner: analyst\n    review: {last: 2026-01-01, next: 2026-02-01}\n",
    }
    assert "Analyst</a>: 1 item, 1 overdue." in macros_of(make_handbook(files))["attention"]()
