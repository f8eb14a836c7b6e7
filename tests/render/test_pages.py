"""Generated pages, their navigation and their downloads."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest

from handbook.loaded.handbook import Handbook, load
from handbook.publish.navigation import expand
from handbook.publish.pages import NAVIGATION_LIMIT, GeneratedPage, make_pages
from handbook.render.byline import below_title
from handbook.render.downloads import Downloads
from handbook.render.environment import ViewError
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import TODAY, MakeSite
from tests.render.conftest import MakeHandbook
from tests.sites import GOAL_SCHEMA, TOOL


def pages_of(handbook: Handbook) -> dict[str, GeneratedPage]:
    """The generated pages by path."""
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
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
    ended = {"=Jira | &lt;b&gt;old&lt;/b&gt; (sunset)": "tools/jira.md"}
    assert expand(nav, pages_of(handbook).values(), handbook.pages) == [
        {"Home": "index.md"},
        {"Work": [{"Tools": ["tools/index.md", "tools/linear.md", ended, "tools/amplitude.md"]}]},
    ]


def test_a_section_without_entries_keeps_its_hand_written_overview(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"docs/experiments/index.md": "# Experiments\n"})
    assert expand([{"Experiments": "experiments/"}], pages_of(handbook).values(), handbook.pages) == [
        {"Experiments": ["experiments/index.md"]}
    ]


def test_a_mistake_in_a_view_names_the_file_the_line_and_the_field(make_handbook: MakeHandbook) -> None:
    view = '{% set name = "statu" %}\n{{ entry[name] }}\n'  # the check can't know the name
    handbook = make_handbook({"macros/tool.jinja": view})
    with pytest.raises(
        ViewError, match=r"^macros/tool\.jinja:2:1: HB210 error: .*Unknown field `statu` in tool.*`status`"
    ):
        _ = pages_of(handbook)["tools/linear.md"].markdown


def test_a_view_that_is_not_jinja_names_the_file_and_the_line(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({})
    view = handbook.site.root / "macros/tool.jinja"
    view.parent.mkdir()
    view.write_text("fine\n{{ entry.status \n", encoding="utf-8")
    with pytest.raises(ViewError, match=r"^macros/tool\.jinja:\d:1: HB210 error: The view cannot be read"):
        _ = pages_of(handbook)["tools/linear.md"].markdown


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
    return {d.path: d.text for d in Downloads(handbook.catalogue, handbook.site).all()}


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


def test_a_checklist_to_tick_has_what_its_items_say(make_handbook: MakeHandbook) -> None:
    """Everything that the script shows or hands on, such as the evidence to look for."""
    said = CHECKLIST + "        why: They decide.\n        evidence: A yes in writing.\n"
    page = pages_of(make_handbook({"sources/checklists/launch.yaml": said}))["checklists/launch.md"].markdown
    (data,) = re.findall(r'data-list="([^"]+)"', page)
    ((_, item),) = [group["items"] for group in json.loads(html.unescape(data))["groups"]]
    assert item.pop("digest")
    assert item == {
        "id": "ask",
        "name": 'Ask, "twice"',
        "after": ["tell"],
        "optional": True,
        "why": "They decide.",
        "evidence": "A yes in writing.",
    }


def test_a_download_view_is_directly_in_its_folder(make_site: MakeSite) -> None:
    names = ["tool.download.x/index.html", "tool.download.a", "tool.download.a/b", "tool.download.HTML"]
    handbook = load(make_site({f"macros/{name}.jinja": "Taken" for name in names}), TODAY)
    assert {finding.path for finding in handbook.report.findings if finding.code == "HB210"} == {
        f"macros/{name}.jinja" for name in names if name != "tool.download.a"
    }


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
    assert 'data-label="Measure">Churn' in markdown
    assert '<a href="../../tools/amplitude/">Amplitude</a>' in markdown
    assert "<b>below" not in markdown


def test_fields_with_names_of_their_own_are_shown_whatever_their_names(make_handbook: MakeHandbook) -> None:
    free = '"properties": {"limits": {"title": "Limits", "type": "object", "additionalProperties": true},'
    goals = """goals:
  - {id: a, name: A, limits: {calls: 5}}
  - {id: b, name: B, limits: {amount: high, currency: EUR}}
  - {id: c, name: C, limits: {amount: 5, currency: EUR, period: quarter}}
  - {id: d, name: D, limits: {amount: 5, currency: EUR, period: year}}
"""
    schema = GOAL_SCHEMA.replace('"properties": {', free, 1)
    pages = pages_of(make_handbook({"schemas/goal.schema.json": schema, "sources/goals.yaml": goals}))
    shown = {id_: pages[f"goals/{id_}.md"].markdown for id_ in "abcd"}
    assert "<dt>calls</dt>" in shown["a"]
    assert "high" in shown["b"]
    assert "quarter" in shown["c"]
    assert "EUR 5 per year" in shown["d"].replace("\u00a0", " ")


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


def test_a_page_says_whose_it_is_and_whether_it_is_current_below_its_title(
    make_handbook: MakeHandbook,
) -> None:
    review = "review: {last: 2026-11-02, next: 9999-02-01}"
    page = f'---\ntitle: "A <b>page</b>"\nowner: product\n{review}\n---\n\n# A\n'
    team = "teams: [{id: product, name: Product, summary: Decides., channel: '#product'}]\n"
    handbook = make_handbook({"sources/teams.yaml": team, "docs/start/a.md": page, "docs/b.md": "# B\n"})
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    title, line, rest, byline, _ = renderer.page("# A\n\nText.\n", "start/a.md").split("\n\n")
    assert (title, rest) == ("# A", "Text.")
    assert '<a href="../../teams/product/">Product</a></span>' in line
    assert "Owner: " not in line
    assert 'Owner: <a href="../../teams/product/">Product</a>' in byline
    assert "&#35;product" in byline
    assert "Last reviewed 2 November 2026 · Next review 1 February 9999" in byline
    assert renderer.page("# B\n\nText.\n", "b.md") == "# B\n\nText.\n"
    body = renderer.entry(handbook.catalogue.entry("team", "product"), "teams/product.md")
    assert re.search(r'<a class="hb-row" href="../../start/a/">.*<b>A &#60;b&#62;page&#60;/b&#62;</b>', body)


@pytest.mark.parametrize(
    "head",
    [
        "# A\n",
        "# A\n\nOne sentence\nin two lines.\n{: .hb-lead }\n",
        '# A\n\n<p class="hb-lead">One sentence.</p>\n',
        "```sh\n# no title\n```\n\n# A\n",
    ],
)
def test_the_byline_stands_below_the_title_and_its_sentence(head: str) -> None:
    assert below_title(f"{head}\n## More\n", "BYLINE\n\n") == f"{head}\nBYLINE\n\n## More\n"


def test_a_page_without_a_title_begins_with_the_byline() -> None:
    assert below_title("\nText.\n", "BYLINE\n\n") == "BYLINE\n\nText.\n"


def test_an_overdue_review_and_a_missing_owner_are_said(make_handbook: MakeHandbook) -> None:
    page = "---\nreview: {last: 2020-11-02, next: 2021-02-01}\n---\n\n# A\n"
    handbook = make_handbook({"docs/a.md": page})
    shown = Renderer(handbook.basis, Repository(handbook.site, None, None)).page("# A\n", "a.md")
    assert "No owner assigned" in shown
    assert "Review overdue since 1 February 2021" in shown


def test_pages_that_are_nobody_elses_are_kept_by_whoever_keeps_the_handbook(
    make_handbook: MakeHandbook,
) -> None:
    handbook = make_handbook(
        {
            "sources/handbook.yaml": "owner: product-ops\n",
            "sources/teams.yaml": "teams: [{id: product-ops, name: Product ops, summary: Helps.}]\n",
            "sources/roles.yaml": "roles: [{id: pm, name: PM, summary: Decides.}]\n",
            "tools_inventory.yaml": TOOL,
            "docs/a.md": "---\nreview: {last: 2026-11-02, next: 9999-02-01}\n---\n\n# A\n",
        }
    )
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    shown = {page.path: page.markdown for page in make_pages(handbook, renderer)}
    shown |= {path: renderer.page("# A\n", path) for path in ("a.md", "says-nothing.md")}
    shown["changes.md"] = renderer.made_page("# What's new\n", "changes.md", "What's new")
    kept = {path for path, text in shown.items() if re.search(r"Owner: <a [^>]*>Product ops</a>", text)}
    assert set(shown) - kept == {"tools/linear.md"}
    assert "No owner assigned" in shown["tools/linear.md"]
    current = {path for path, text in shown.items() if "Data as of " in text}
    assert current == {"teams/index.md", "roles/index.md", "tools/index.md", "changes.md"}


@pytest.mark.parametrize(
    ("url", "edit", "expected"),
    [
        (
            "https://github.com/acme/handbook",
            "edit/main/docs/",
            "https://github.com/acme/handbook/issues/new?title=Linear&body=About%3A%20Linear%20%28",
        ),
        (
            "https://git.acme.example/handbook/",
            "-/edit/main/docs/",
            "https://git.acme.example/handbook/-/issues/new?issue%5Btitle%5D=Linear&issue%5Bdescription%5D=",
        ),
    ],
)
def test_a_change_is_proposed_at_the_line_or_in_an_issue(
    make_handbook: MakeHandbook, url: str, edit: str, expected: str
) -> None:
    handbook = make_handbook({"tools_inventory.yaml": TOOL, "docs/index.md": "# Home\n"})
    renderer = Renderer(handbook.basis, Repository(handbook.site, url, edit))
    page = next(page for page in make_pages(handbook, renderer) if page.path == "tools/linear.md").markdown
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(?:Propose a change|Report a problem)</a>', page)
    links = [html.unescape(link) for link in found]
    assert links[0].endswith("/edit/main/tools_inventory.yaml#L2")
    assert links[-1].startswith(expected)
    assert "tools_inventory.yaml%2C%20line%202" in links[-1]
    assert 'data-hb="propose" data-hb-kind="tool" data-hb-id="linear"' in page
    index = next(page for page in make_pages(handbook, renderer) if page.path == "tools/index.md").markdown
    assert 'data-hb="propose" data-hb-kind="tool" data-hb-title="Add a tool"' in index
    # Without an address of the files, only a script can open the form.
    alone = Renderer(handbook.basis, Repository(handbook.site, None, None))
    bare = {page.path: page.markdown for page in make_pages(handbook, alone)}
    button = 'propose" data-hb="propose" data-hb-kind="tool" data-hb-'
    assert f'{button}id="linear" hidden>Propose a change</button>' in bare["tools/linear.md"]
    assert f'{button}title="Add a tool" hidden>Add a tool</button>' in bare["tools/index.md"]


def test_a_page_with_several_sources_opens_the_repository(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"docs/index.md": "# Home\n"})
    url = "https://github.com/acme/handbook"
    page = Renderer(handbook.basis, Repository(handbook.site, url, "edit/main/docs/")).made_page(
        "# Changes\n", "changes.md", "Changes"
    )
    assert f'href="{url}">Open the repository</a> <a href="{url}/issues/new?' in html.unescape(page)
    bare = Renderer(handbook.basis, Repository(handbook.site, url, None)).made_page(
        "# C\n", "changes.md", "C"
    )
    assert "Open the repository" not in bare
    assert "Report a problem" in bare


@pytest.mark.parametrize(("audience", "is_linked"), [("public", True), ("internal", False)])
def test_a_page_links_to_the_guide_next_to_the_ways_to_change_it(
    make_handbook: MakeHandbook, audience: str, *, is_linked: bool
) -> None:
    handbook = make_handbook(
        {
            "tools_inventory.yaml": TOOL,
            "docs/index.md": "# Home\n",
            "docs/contribute/index.md": f"---\naudience: {audience}\n---\n\n# Guide\n",
            "sources/handbook.yaml": "audience: public\n",
        }
    )
    repository = Repository(handbook.site, "https://github.com/acme/handbook", "edit/main/docs/")
    renderer = Renderer(handbook.basis, repository)
    pages = {path: renderer.page("# A\n", path) for path in ("index.md", "deep/a.md")}
    links = [
        re.findall(r'</a> <a href="([^"]*)">How this handbook works</a>', text) for text in pages.values()
    ]
    assert links == ([["contribute/"], ["../../contribute/"]] if is_linked else [[], []])
    if is_linked:
        own = renderer.page("# Guide\n", "contribute/index.md")
        assert "Edit this page" in own
        assert "How this handbook works" not in own


def test_a_host_that_nobody_knows_gets_no_issue(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"docs/index.md": "# Home\n"})
    assert Repository(handbook.site, "https://code.acme.example/handbook", "src/main/docs/").issues is None


def test_a_short_name_is_shown_where_space_is_short(make_handbook: MakeHandbook) -> None:
    template = (
        "name: Product requirements document\nsummary: A.\nshort_name: PRD & more\n"
        "owner: product\nsections: [{id: a, name: A, guidance: B., required: true}]\n"
    )
    teams = "teams: [{id: product, name: Product, summary: A.}]\n"
    handbook = make_handbook({"sources/templates/prd.yaml": template, "sources/teams.yaml": teams})
    pages = pages_of(handbook)
    nav = expand([{"Templates": "templates/"}], pages.values(), handbook.pages)
    assert nav == [{"Templates": ["templates/index.md", {"PRD &amp; more": "templates/prd.md"}]}]
    assert "</span>Product requirements document { #top }\n" in pages["templates/prd.md"].markdown
    assert ">Product requirements document</a> <small>A.</small>" in pages["templates/index.md"].markdown


def test_a_tool_has_the_message_to_send_and_a_team_its_members(make_handbook: MakeHandbook) -> None:
    access = "    access: {how: Ask., message: 'Linear, *member*, squad NAME'}\n"
    teams = "teams: [{id: ops, name: Ops, summary: A., members: ['@example-handle', Product analyst]}]\n"
    files = {"tools_inventory.yaml": TOOL + access, "sources/teams.yaml": teams}
    pages = {path: page.markdown for path, page in pages_of(make_handbook(files)).items()}
    reason = "Please give me access to Linear because <b>REASON</b>."
    message = f"<code>{reason}&#10;Linear, &#42;member&#42;, squad <b>NAME</b></code>"
    assert message in pages["tools/linear.md"]
    assert (
        "## Members\n\n<ul><li>&#64;example-handle</li> <li>Product analyst</li> </ul>"
        in pages["teams/ops.md"]
    )


def test_members_are_hidden_from_the_public(make_site: MakeSite) -> None:
    team = "teams: [{id: ops, name: Ops, summary: A., members: [Product analyst], audience: public}]\n"
    handbook = load(make_site({"sources/teams.yaml": team}), TODAY, "public")
    assert "Product analyst" not in pages_of(handbook)["teams/ops.md"].markdown
