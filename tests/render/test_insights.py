"""What the pages about data, feedback and research say."""

from __future__ import annotations

import html
import re

import pytest

from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.render.macros import Macros
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.render.conftest import MakeHandbook
from tests.render.test_pages import pages_of

_CHARTS = "charts: [{id: c, name: C, shows: D}]"
_DASHBOARD = f"id: a, name: A, summary: B?, status: closed, tool: linear, {_CHARTS}"
SMALLEST = {
    "dashboards/a": ("sources/dashboards.yaml", f"dashboards: [{{{_DASHBOARD}}}]\n"),
    "queries/a": ("sources/queries/a.yaml", "name: A\nsummary: B?\nrun_in: C\nsql: SELECT 1\n"),
    "queries/b": ("sources/queries/b.yaml", "name: B\nsummary: B?\nrun_in: C\nsteps: Click.\n"),
    "feedback/sources/a": (
        "sources/feedback/sources.yaml",
        "feedback_sources: [{id: a, name: A, summary: B, channel: social}]\n",
    ),
    "feedback/themes/a": (
        "sources/feedback/themes.yaml",
        "themes: [{id: a, name: A, summary: B, status: open}]\n",
    ),
    "research/a": (
        "sources/research/a.yaml",
        "name: A\nsummary: B.\nstatus: planned\nquestion: Why?\nmethod: survey\n",
    ),
}


@pytest.mark.parametrize("page", SMALLEST)
def test_an_entry_can_be_shown_with_no_more_than_it_must_say(make_handbook: MakeHandbook, page: str) -> None:
    path, text = SMALLEST[page]
    markdown = pages_of(make_handbook({path: text}))[f"{page}.md"].markdown
    assert "None" not in markdown
    assert "<dd></dd>" not in markdown


METRIC = "metrics: [{id: users, name: Users, summary: A., status: agreed, definition: B., dashboard: kpi}]\n"
DASHBOARD = """dashboards:
  - id: kpi
    name: KPIs
    summary: How are we?
    status: live
    tool: linear
    charts: [{id: users, name: Users a week, metrics: [users], shows: 52 weeks, act_when: Below 9000}]
"""
QUERY = """name: By plan
summary: How many?
run_in: There
metrics: [users]
parameters: [{name: week, type: date, meaning: Its Monday, example: "'2026-11-09'"}]
sql: |
  SELECT count(*)
  FROM   events
  WHERE  week = :week
"""


def test_a_metric_says_where_it_is_seen_and_how_to_ask_for_it(make_handbook: MakeHandbook) -> None:
    files = {
        "sources/metrics.yaml": METRIC,
        "sources/dashboards.yaml": DASHBOARD,
        "sources/queries/by-plan.yaml": QUERY,
    }
    markdown = pages_of(make_handbook(files))["metrics/users.md"].markdown
    row = next(line for line in markdown.splitlines() if "Users a week" in line)
    assert '<a href="../../dashboards/kpi/">KPIs</a>' in row
    assert "Below 9000" in row
    assert '<a href="../../queries/by-plan/">By plan</a>' in markdown


def test_what_is_copied_of_a_query_is_the_query_with_its_parameters_explained(
    make_handbook: MakeHandbook,
) -> None:
    files = {"sources/metrics.yaml": METRIC.replace(", dashboard: kpi", ""), "sources/queries/a.yaml": QUERY}
    markdown = pages_of(make_handbook(files))["queries/a.md"].markdown
    copied = re.search(r'<div class="hb-copy"[^>]*><pre><code>(.*?)</code></pre>', markdown)
    assert copied
    assert html.unescape(copied[1]) == (
        "-- By plan\n-- How many?\n-- :week  Its Monday, such as '2026-11-09'\n"
        "SELECT count(*)\nFROM   events\nWHERE  week = :week\n"
    )


def drawn(make_handbook: MakeHandbook, figure: str, *names: str) -> str:
    """A figure as a page shows it, for the smallest entries named."""
    handbook = make_handbook({SMALLEST[name][0]: SMALLEST[name][1] for name in names})
    macros = Macros(
        Renderer(handbook.basis, Repository(handbook.site, None, None)),
        lambda: "index.md",
        tuple(RULEBOOK.values()),
        CHAPTERS,
    )
    return html.unescape(macros.all()[figure]())


@pytest.mark.parametrize(
    ("figure", "nothing"),
    [
        ("access_request", "Which tools do I need from the first day"),
        ("feedback_flow", "No feedback sources yet"),
        ("theme_ranking", "No evidence for a theme yet"),
        ("studied_questions", "No studies yet"),
        ("research_findings", "No findings yet"),
        ("research_use", "No decisions are based on a study yet"),
        ("settled_words", "No metric definitions have changed"),
        ("metrics_without_chart", "No agreed metrics are missing from the dashboards"),
    ],
)
def test_a_figure_without_anything_to_show_says_so(
    make_handbook: MakeHandbook, figure: str, nothing: str
) -> None:
    assert nothing in drawn(make_handbook, figure)


def test_a_message_to_copy_has_names_as_they_are(make_handbook: MakeHandbook) -> None:
    tool = '{id: a, name: "Aha! <b>& *x*", summary: A., category: roadmap, status: active, tags: [day-one]}'
    handbook = make_handbook({"tools_inventory.yaml": f"tools:\n  - {tool}\n"})
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    macros = Macros(renderer, lambda: "index.md", tuple(RULEBOOK.values()), CHAPTERS)
    text = html.unescape(macros.all()["access_request"]())
    assert "<code>Please give me access to:\n- Aha! <b>& *x*</code>" in text


def test_what_lacks_data_is_listed_as_lacking_it(make_handbook: MakeHandbook) -> None:
    source = drawn(make_handbook, "feedback_flow", "feedback/sources/a")
    assert 'data-label="Response time">Not defined<' in source
    assert "Destination" not in source  # no source has one
    theme = drawn(make_handbook, "theme_ranking", "feedback/themes/a")
    assert 'Without evidence: <a href="feedback/themes/a/">A</a>' in theme
    assert 'Without a tag: <a href="research/a/">A</a>' in drawn(
        make_handbook, "research_groups", "research/a"
    )
