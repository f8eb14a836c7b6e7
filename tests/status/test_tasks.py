"""What is still to be decided: it empties as people decide."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handbook.loaded.handbook import Handbook, load
from handbook.output.status import render_json, render_text
from handbook.publish.contents import SiteContents, make_contents
from handbook.status.tasks import tasks
from tests.conftest import MakeSite
from tests.shipped import load_shipped
from tests.sites import CONFIG, ROOT, WITHOUT_HELP

TOOLS = """tools:
  - id: linear
    name: Linear <b>*x*</b>
    summary: Plans the work.
    category: project-management
    status: active
    owner: product
    access: {how: Ask.}
    review: {next: 2999-01-01}
  - {id: old, name: Old, summary: Gone., category: roadmap, status: retired}
  - {id: new, name: New, summary: Asked for., category: roadmap, status: proposed}
  - {id: demo, name: Demo, summary: Shows., category: roadmap, status: trial, example: true}
"""
TEAMS = "teams:\n  - {id: product, name: Product, summary: Decides.}\n"
PAGE = "# Home\n\n[Tools](tools/index.md), [teams](teams/index.md)\n\nWho: TBC\n"
FRESH = {
    "mkdocs.yml": f"site_name: Test\n{WITHOUT_HELP}",
    "tools_inventory.yaml": TOOLS,
    "sources/teams.yaml": TEAMS,
    "sources/handbook.yaml": "limits: {}\njobs:\n  roadmap: old\n",
    "docs/index.md": PAGE,
}
_JOBS = "analytics: linear, chat: linear, documents: linear, feedback: linear, flags: linear"
DECIDED = {
    "mkdocs.yml": CONFIG.replace(
        "  font: false", "  font: false\n  logo: logo.png\n  palette: {primary: teal}"
    )
    + "repo_url: https://github.com/acme/handbook\nedit_uri: edit/main/docs/\nsite_url: https://acme.test/\n",
    "docs/logo.png": "",
    ".github/workflows/check.yml": "run: handbook validate\n",
    "CODEOWNERS": "* @acme/product\n",
    "tools_inventory.yaml": TOOLS.partition("  - {id: demo")[0]
    .replace(
        "{how: Ask.}",
        "{how: Ask., approver: product}\n    cost: {amount: 0, currency: EUR, period: year}\n"
        "    use_when: [You plan.]",
    )
    .replace("{next: 2999-01-01}", "{last: 2026-11-01, next: 2999-01-01}"),
    "sources/teams.yaml": TEAMS.replace(
        "Decides.", 'Decides., channel: "#product", reviewers: ["@acme/product"]'
    ),
    "sources/handbook.yaml": f"owner: product\njobs: {{roadmap: new, {_JOBS}}}\nwords: {{tracker: board}}\n",
    "docs/index.md": PAGE.replace("TBC", "you"),
}


def left_in(handbook: Handbook) -> dict[str, list[str]]:
    """The places of each task."""
    found = tasks(handbook.context, handbook.catalogue, handbook.findings)
    return {
        task.id: [f"{each.path}:{each.line} {each.name}".strip() for each in task.places] for task in found
    }


def contents_of(handbook: Handbook, **settings: Any) -> SiteContents:
    return make_contents(handbook, {"site_name": "Test", **settings})


def test_a_fresh_handbook_asks_in_order_of_worth(make_site: MakeSite) -> None:
    jobs = ("analytics", "chat", "documents", "feedback", "flags", "tracker")
    assert list(left_in(load(make_site(FRESH))).items()) == [
        ("repository", ["mkdocs.yml:1"]),
        ("checks", []),
        ("address", ["mkdocs.yml:1"]),
        ("jobs", [f"sources/handbook.yaml:2 {job}" for job in jobs]),
        ("ended-jobs", ["sources/handbook.yaml:3 roadmap"]),
        ("team-channel", ["sources/teams.yaml:2 Product"]),
        ("tool-approval", ["tools_inventory.yaml:2 Linear <b>*x*</b>"]),
        ("tool-use", ["tools_inventory.yaml:2 Linear <b>*x*</b>"]),
        ("tool-cost", ["tools_inventory.yaml:2 Linear <b>*x*</b>"]),
        ("team-reviewers", ["sources/teams.yaml:2 Product"]),
        ("owner", ["sources/handbook.yaml:1 owner"]),
        ("examples", ["tools_inventory.yaml:12 Demo (example)"]),
        ("texts", ["docs/index.md:5 Open point: `TBC`"]),
        ("reviews", ["tools_inventory.yaml:2 Linear <b>*x*</b>"]),
        ("logo", ["mkdocs.yml:1"]),
        ("colour", ["mkdocs.yml:1"]),
    ]


@pytest.mark.parametrize("path", DECIDED)
def test_each_decision_empties_the_list(make_site: MakeSite, path: str) -> None:
    assert left_in(load(make_site({**FRESH, **DECIDED}))) == {}
    if path != "docs/logo.png":
        before = {**FRESH, **DECIDED, path: FRESH.get(path, CONFIG if path == "mkdocs.yml" else "")}
        assert left_in(load(make_site(before))) != {}


def test_where_files_are_edited_is_asked_for_on_hosts_that_are_not_known(make_site: MakeSite) -> None:
    def left(url: str, edit: str = "") -> set[str]:
        config = f"{FRESH['mkdocs.yml']}repo_url: {url}\n{edit}"
        return left_in(load(make_site({**FRESH, "mkdocs.yml": config}))).keys() & {"editor", "repository"}

    assert left("https://github.com/acme/a") == left("https://gitlab.acme.test/a") == set()
    assert left("https://git.acme.test/a") == {"editor"}
    assert left("https://git.acme.test/a", "edit_uri: edit/main/docs/\n") == set()


def test_who_reads_and_who_opens_pull_requests_is_asked_until_the_files_say_it(make_site: MakeSite) -> None:
    names = ("handbook-publish.yml", "handbook-import.yml")
    text = {name: (ROOT / ".github/workflows" / name).read_text(encoding="utf-8") for name in names}
    settings = DECIDED["sources/handbook.yaml"]

    def left(publish: str, settings: str, proposing: str) -> dict[str, list[str]]:
        workflows = {
            f".github/workflows/{name}": each for name, each in zip(names, (publish, proposing), strict=True)
        }
        return left_in(load(make_site({**FRESH, **DECIDED, **workflows, "sources/handbook.yaml": settings})))

    publish, proposing = text.values()
    line = proposing.split("\n").index('  HANDBOOK_APP_CLIENT_ID: ""') + 1
    place = f".github/workflows/handbook-import.yml:{line} handbook-import"
    assert left(publish, settings, proposing) == {"readers": ["sources/handbook.yaml:1"], "app": [place]}
    with_app = proposing.replace('_ID: ""', "_ID: Iv1")
    assert left(publish, f"{settings}audience: internal\n", with_app) == {}
    assert left(publish.replace("--versions", "--audience public"), settings, with_app) == {}


def test_nothing_is_asked_that_the_site_has_no_field_for(make_site: MakeSite) -> None:
    off = {**FRESH, "sources/handbook.yaml": "kinds: {tool: off, team: off}\n", "docs/index.md": "# Home\n"}
    assert left_in(load(make_site(off))).keys() == {
        *("repository", "checks", "address", "owner", "logo", "colour")
    }


def test_an_empty_inventory_comes_first_and_flags_are_no_job_without_their_content_type(
    make_site: MakeSite,
) -> None:
    settings = "kinds: {flag: off, feedback_source: off}\n"
    empty = {"tools_inventory.yaml": "tools: []\n", "sources/handbook.yaml": settings}
    found = left_in(load(make_site({**FRESH, **empty, "docs/index.md": "# Home\n"})))
    assert list(found)[3:5] == ["tools", "jobs"]
    assert found["tools"] == ["tools_inventory.yaml:1"]
    assert [place.split()[1] for place in found["jobs"]] == [
        *("analytics", "chat", "documents", "roadmap", "tracker")
    ]


def test_once_a_tool_says_which_teams_it_suits_a_page_can_help_to_choose(make_site: MakeSite) -> None:
    suits = "{team_size: {from: 1, to: 9}, workflow_complexity: [simple], integration_needs: [few]}"
    fit = {"tools_inventory.yaml": TOOLS.replace("{how: Ask.}", f"{{how: Ask.}}\n    fit: {suits}")}
    assert "picker" not in left_in(load(make_site(FRESH)))
    assert left_in(load(make_site({**FRESH, **fit})))["picker"] == []
    page = {"docs/index.md": f"{PAGE}\n{{{{ tool_picker() }}}}\n"}
    assert "picker" not in left_in(load(make_site({**FRESH, **fit, **page})))


def test_the_tools_of_the_first_day_are_asked_for_until_each_has_the_tag_or_is_confirmed(
    make_site: MakeSite,
) -> None:
    def left(tag: str, review: str, call: str = 'access_request("day-one")') -> list[str]:
        tools = "".join(
            f"  - {{id: {name.lower()}, name: {name}, summary: A., category: roadmap, status: active, "
            f"access: {{how: Ask.}}, tags: [{tags}], review: {{next: 2999-01-01{last}}}}}\n"
            for name, tags, last in (("Linear", tag, ""), ("Miro", "x", review), ("Slack", "x", ""))
        )
        files = {
            "tools_inventory.yaml": f"tools:\n{tools}",
            "sources/handbook.yaml": "jobs: {chat: slack}\n",
            "docs/index.md": f"{PAGE}\n{{{{ {call} }}}}\n",
        }
        found = left_in(load(make_site({**FRESH, **files})))
        return [place.split()[1] for place in found.get("first-day", ())]

    confirmed = ", last: 2026-11-01"
    assert left("x", confirmed) == ["Linear", "Miro"]
    assert left("day-one", "") == ["Miro"]
    assert left("day-one", confirmed) == []
    assert left("x", confirmed, "access_request()") == ["Linear", "Miro"]
    assert left("support", confirmed, "access_request(tag='support')") == []
    assert left("x", confirmed, "tool_picker()") == []


def test_owners_are_asked_for_while_all_are_the_same_and_unseen(make_site: MakeSite) -> None:
    tools = "tools:\n" + "".join(
        f"  - {{id: tool-{number}, name: Tool {number}, summary: It., category: roadmap, status: trial, "
        "owner: product, review: {next: 2999-01-01}}\n"
        for number in range(5)
    )
    teams = f"{TEAMS}  - {{id: data, name: Data, summary: Counts.}}\n"
    files = {**FRESH, "tools_inventory.yaml": tools, "sources/teams.yaml": teams, "sources/handbook.yaml": ""}
    assert left_in(load(make_site(files)))["owners"] == [
        "sources/teams.yaml:3 Data",
        "sources/teams.yaml:2 Product",
    ]
    assert "owners" not in left_in(load(make_site({**files, "sources/teams.yaml": TEAMS})))
    shared = {**files, "tools_inventory.yaml": tools.replace("owner: product", "owner: data", 1)}
    assert "owners" not in left_in(load(make_site(shared)))


def test_the_page_links_each_place_and_ends_the_navigation_until_nothing_is_left(make_site: MakeSite) -> None:
    repository = {"repo_url": "https://github.com/acme/handbook", "edit_uri": "edit/main/docs/"}
    nav = [{"Home": "index.md"}]
    fresh = contents_of(load(make_site(FRESH)), nav=nav, **repository)
    assert fresh.navigation == [{"Home": "index.md"}, {"Set up": "setup.md"}]
    ours = [*nav, {"Help": ["contribute/index.md", "contribute/pages.md"]}]
    with_section = contents_of(load(make_site(FRESH)), nav=ours, extra={"without_tab": "Help"})
    assert (with_section.navigation or [])[1]["Help"][:2] == ["contribute/index.md", {"Set up": "setup.md"}]
    page = fresh.pages["setup.md"].markdown
    assert "(https://github.com/acme/handbook/edit/main/tools_inventory.yaml#L2)" in page
    assert "&#60;b&#62;&#42;x&#42;" in page
    assert "<b>" not in page
    done = contents_of(load(make_site({**FRESH, **DECIDED})), nav=nav, **repository)
    assert (done.navigation, "setup.md" in done.pages) == (nav, False)
    named = {**DECIDED, "mkdocs.yml": f"{DECIDED['mkdocs.yml']}nav:\n  - index.md\n  - setup.md\n"}
    named_nav = ["index.md", "setup.md"]
    kept = contents_of(load(make_site({**FRESH, **named})), nav=named_nav, **repository)
    assert kept.navigation == named_nav
    assert "Nothing is left to decide" in kept.pages["setup.md"].markdown


def test_the_public_and_a_demonstration_have_no_page(make_site: MakeSite) -> None:
    public = {**FRESH, "docs/index.md": f"---\naudience: public\n---\n\n{PAGE}"}
    assert "setup.md" not in contents_of(load(make_site(public), audience="public")).pages
    pinned = {**FRESH, "sources/handbook.yaml": "as_of: 2026-11-23\n"}
    assert "setup.md" not in contents_of(load(make_site(pinned))).pages


def test_no_place_names_what_the_audience_cannot_see(make_site: MakeSite) -> None:
    tools = TOOLS.replace("review: {next: 2999-01-01}", "notes: TODO\n    audience: restricted")
    page = "---\naudience: restricted\n---\n\n# Secret\n\nTODO\n"
    files = {**FRESH, "tools_inventory.yaml": tools, "docs/secret.md": page}
    assert "Linear" not in str(left_in(load(make_site(files))))
    assert left_in(load(make_site(files)))["texts"] == ["docs/index.md:5 Open point: `TBC`"]
    assert len(left_in(load(make_site(files), audience="restricted"))["texts"]) == 3


def test_formats_say_the_same() -> None:
    handbook = load_shipped()
    found = tasks(handbook.context, handbook.catalogue, handbook.findings)
    text = render_text(found, lambda _path, _line: None)
    parsed = json.loads(render_json(found, lambda path, line: f"{path}#{line}"))
    assert [task["title"] in text for task in parsed["tasks"]] == [True] * len(found)
    assert parsed["tasks"][0]["places"][0]["edit_url"] == "mkdocs.yml#1"
    assert render_text((), lambda _path, _line: None) == "Nothing is left to decide.\n"


def test_the_time_zone_and_the_hash_of_the_engine_are_asked_for(
    make_site: MakeSite,
) -> None:
    meeting = (
        "id: meeting\nname: Meeting\nsummary: A.\nowner: product\nfrequency: weekly\n"
        "calendar: [{name: Meeting, repeats: every Monday, since: 2026-01-05TIME}]\n"
    )
    settings = DECIDED["sources/handbook.yaml"]

    def left(event: str, settings: str, packages: str) -> set[str]:
        files = {
            "sources/processes/meeting.yaml": meeting.replace("TIME", event),
            "sources/handbook.yaml": settings,
            "requirements.txt": f"a==1 --hash=sha256:a\nproduct-handbook{packages}\n",
        }
        return left_in(load(make_site({**FRESH, **DECIDED, **files}))).keys() & {"timezone", "engine"}

    assert left(', at: "10:00"', settings, "==0.1.0") == {"timezone", "engine"}
    assert left("", settings, "==0.1.0 \\\n    --hash=sha256:b") == {"engine"}
    assert left("", settings, "==0.1.0 --hash=sha256:b\n--index-url https://a/b") == set()
    assert left("", settings, "==0.1.0\n--index-url https://a/b") == {"engine"}
    assert (
        left(', at: "10:00"', f"{settings}timezone: Asia/Tokyo\n", " @ https://a/b.whl --hash=sha256:b")
        == set()
    )
