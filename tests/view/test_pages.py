"""Generated pages, their navigation and their downloads."""

from __future__ import annotations

import csv
import io

import pytest

from handbook.handbook import Handbook
from handbook.view.downloads import Downloads
from handbook.view.environment import ViewError
from handbook.view.navigation import expand
from handbook.view.pages import NAVIGATION_LIMIT, GeneratedPage, make_pages
from handbook.view.render import Renderer
from tests.sites import GOAL_SCHEMA
from tests.view.conftest import MakeHandbook


def pages_of(handbook: Handbook) -> dict[str, GeneratedPage]:
    """The generated pages by path."""
    renderer = Renderer(handbook.basis, handbook.site.root)
    return {page.path: page for page in make_pages(handbook, renderer)}


def many_tools(count: int) -> str:
    """An inventory of many tools."""
    row = "  - {{id: tool-{n:03}, name: Tool {n:03}, summary: One., category: roadmap, status: active}}\n"
    return "tools:\n" + "".join(row.format(n=n) for n in range(count))


def test_every_entry_and_every_kind_with_entries_has_a_page(make_handbook: MakeHandbook) -> None:
    assert sorted(pages_of(make_handbook({}))) == [
        "tools/amplitude.md",
        "tools/index.md",
        "tools/jira.md",
        "tools/linear.md",
    ]


def test_a_hand_written_page_takes_the_place_of_a_generated_one(make_handbook: MakeHandbook) -> None:
    pages = pages_of(make_handbook({"docs/tools/linear.md": "# Ours\n", "docs/tools/index.md": "# All\n"}))
    assert sorted(pages) == ["tools/amplitude.md", "tools/jira.md"]


def test_a_page_knows_the_line_its_entry_begins_at(make_handbook: MakeHandbook) -> None:
    page = pages_of(make_handbook({}))["tools/jira.md"]
    assert (page.source, page.span.line) == ("tools_inventory.yaml", 9)


def test_a_name_cannot_break_the_front_matter_or_the_title(make_handbook: MakeHandbook) -> None:
    markdown = pages_of(make_handbook({}))["tools/jira.md"].markdown
    assert 'title: "=Jira | &lt;b&gt;old&lt;/b&gt;"' in markdown
    assert "<b>old" not in markdown


def test_macros_on_generated_pages_are_never_run(make_handbook: MakeHandbook) -> None:
    assert all("\nrender_macros: false\n" in page.markdown for page in pages_of(make_handbook({})).values())


@pytest.mark.parametrize(("count", "listed"), [(NAVIGATION_LIMIT, True), (NAVIGATION_LIMIT + 1, False)])
def test_a_large_section_keeps_its_entries_out_of_the_navigation(
    make_handbook: MakeHandbook, count: int, *, listed: bool
) -> None:
    pages = pages_of(make_handbook({"tools_inventory.yaml": many_tools(count)}))
    assert pages["tools/tool-000.md"].in_navigation is listed
    assert pages["tools/index.md"].in_navigation


def test_a_folder_in_the_navigation_brings_its_pages(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"docs/index.md": "# Home\n", "docs/tools/linear.md": "# Ours\n"})
    nav = [{"Home": "index.md"}, {"Work": [{"Tools": "tools/"}]}, {"None": "goals/"}]
    assert expand(nav, pages_of(handbook).values(), handbook.pages) == [
        {"Home": "index.md"},
        {"Work": [{"Tools": ["tools/index.md", "tools/linear.md", "tools/jira.md", "tools/amplitude.md"]}]},
        {"None": []},
    ]


def test_a_section_without_entries_keeps_its_hand_written_overview(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"docs/experiments/index.md": "# Experiments\n"})
    assert expand([{"Experiments": "experiments/"}], pages_of(handbook).values(), handbook.pages) == [
        {"Experiments": ["experiments/index.md"]}
    ]


def test_a_mistake_in_a_view_names_the_file_the_line_and_the_field(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"macros/tool.jinja": "fine\n{{ entry.statu }}\n"})
    with pytest.raises(ViewError, match=r"macros/tool\.jinja:2: .*no field `statu` in a tool.*`status`"):
        pages_of(handbook)


def test_a_view_that_is_not_jinja_names_the_file_and_the_line(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"macros/tool.jinja": "fine\n{{ entry.status \n"})
    with pytest.raises(ViewError, match=r"macros/tool\.jinja:\d: the view cannot be read"):
        pages_of(handbook)


CHECKLIST = """name: 'Launch "big"'
summary: Ready for customers.
groups:
  - id: talk
    name: Talk, write
    items:
      - id: tell
        name: "=HYPERLINK(\\"https://example.com\\")"
        due_day: -3
      - id: ask
        name: 'Ask, "twice"'
        depends_on: [tell]
        required: false
"""


def downloads_of(handbook: Handbook) -> dict[str, str]:
    """The texts of the downloads by path."""
    return {d.path: d.text for d in Downloads(handbook.catalogue, handbook.site.root).all()}


def test_a_checklist_can_be_taken_into_a_spreadsheet_that_runs_nothing(make_handbook: MakeHandbook) -> None:
    texts = downloads_of(make_handbook({"sources/checklists/launch.yaml": CHECKLIST}))
    rows = list(csv.DictReader(io.StringIO(texts["checklists/launch/launch.csv"])))
    assert rows[0]["Item"] == '\'=HYPERLINK("https://example.com")'
    assert (rows[0]["Due day"], rows[0]["Required"]) == ("-3", "yes")
    assert (rows[1]["Item"], rows[1]["Required"], rows[1]["Group"]) == ('Ask, "twice"', "no", "Talk, write")
    assert rows[1]["After"] == '\'=HYPERLINK("https://example.com")'


def test_a_checklist_can_be_taken_as_markdown(make_handbook: MakeHandbook) -> None:
    text = downloads_of(make_handbook({"sources/checklists/launch.yaml": CHECKLIST}))[
        "checklists/launch/launch.markdown"
    ]
    assert text.startswith('# Launch "big"\n')
    assert '- [ ] Ask, "twice"' in text


def test_a_template_can_be_taken_as_it_will_be_filled_in(make_handbook: MakeHandbook) -> None:
    template = """name: PRD
summary: Agrees what to build.
version: "1.0"
fields:
  - {id: status, name: Status, type: choice, choices: [Draft, Approved], guidance: Change it daily.}
sections:
  - {id: problem, name: Problem & <cause>, required: true, guidance: "Say *who*.\\n\\nSay why."}
  - {id: more, name: More, required: false, guidance: Anything else.}
"""
    text = downloads_of(make_handbook({"sources/templates/prd.yaml": template}))["templates/prd/prd.markdown"]
    assert text == (
        "---\n"
        "template: prd\n"
        'template_version: "1.0"\n'
        "status:  # Change it daily. One of: Draft | Approved\n"
        "---\n\n"
        "# PRD: title\n\n"
        "## Problem & <cause>\n\n> Say *who*.\n>\n> Say why.\n\n"
        "## More (optional)\n\n> Anything else.\n"
    )


def test_a_kind_without_a_view_shows_every_field_with_its_title(make_handbook: MakeHandbook) -> None:
    goals = """goals:
  - id: retention
    name: Keep them
    results:
      - {measure: Churn <b>below</b> 2%, by: [linear, amplitude]}
"""
    handbook = make_handbook({"schemas/goal.schema.json": GOAL_SCHEMA, "sources/goals.yaml": goals})
    markdown = pages_of(handbook)["goals/retention.md"].markdown
    assert "<dt>Key results</dt>" in markdown
    assert "<dt>Measure</dt>" in markdown
    assert '<a href="../../tools/amplitude/">Amplitude</a>' in markdown
    assert "<b>below" not in markdown


def test_a_restricted_field_reaches_no_page_no_table_and_no_back_reference(
    make_handbook: MakeHandbook,
) -> None:
    schema = GOAL_SCHEMA.replace('"x-ref": "tool"}', '"x-ref": "tool", "x-audience": "restricted"}', 1)
    goals = "goals:\n  - {id: retention, name: Keep, measured_in: amplitude, results: [{measure: Churn}]}\n"
    handbook = make_handbook({"schemas/goal.schema.json": schema, "sources/goals.yaml": goals})
    pages = pages_of(handbook)
    assert "Churn" in pages["goals/retention.md"].markdown
    assert "mplitude" not in pages["goals/retention.md"].markdown
    assert "Keep" not in pages["tools/amplitude.md"].markdown


def test_a_page_is_signed_with_what_it_says_of_itself(make_handbook: MakeHandbook) -> None:
    review = "review: {last: 2026-11-02, next: 9999-02-01}"
    page = f'---\ntitle: "A <b>page</b>"\nowner: product\n{review}\n---\n\n# A\n'
    team = "teams: [{id: product, name: Product, summary: Decides what is built.}]\n"
    handbook = make_handbook({"sources/teams.yaml": team, "docs/start/a.md": page, "docs/b.md": "# B\n"})
    renderer = Renderer(handbook.basis, handbook.site.root)
    signature = renderer.page("", "start/a.md")
    assert 'Kept by <a href="../../teams/product/">Product</a>.' in signature
    assert "Last reviewed 2 November 2026, next by 1 February 9999." in signature
    assert renderer.page("# B", "b.md") == "# B"
    body = renderer.entry(handbook.catalogue.entry("team", "product"), "teams/product.md")
    assert '<a href="../../start/a/">A &#60;b&#62;page&#60;/b&#62;</a>' in body
