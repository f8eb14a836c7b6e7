"""What the frame of every page shows: sidebar, trust card, footer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from handbook.loaded.handbook import load
from handbook.publish.contents import SiteContents, make_contents
from handbook.publish.navigation import expand
from handbook.read.icons import THEME
from tests.conftest import MakeSite
from tests.sites import WITHOUT_HELP

TODAY = date(2026, 11, 23)
TEAMS = "teams:\n  - {id: ops, name: Product ops, summary: A., channel: '#ops'}\n"
TOOL = """\
tools:
  - id: linear
    name: <Linear>
    summary: A.
    category: roadmap
    status: active
    owner: ops
    review: {last: 2026-09-24, next: REVIEW}
  - {id: gone, name: Gone, summary: A., category: roadmap, status: retired}
"""
CONFIG = "site_name: T\nrepo_url: https://github.com/a/b\nnav: [index.md, tools/, start/find.md]\n"
WITHOUT = {"mkdocs.yml": CONFIG + WITHOUT_HELP}


def contents_of(make_site: MakeSite, review: str, **more: str) -> SiteContents:
    files = {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "---\nicon: lucide/house\n---\n# A\n",
        "docs/start/find.md": "# F\n",
        "sources/teams.yaml": TEAMS,
        "tools_inventory.yaml": TOOL.replace("REVIEW", review),
        **more,
    }
    settings: dict[str, Any] = {"repo_url": "https://github.com/a/b", "edit_uri": "edit/main/docs/"}
    return make_contents(load(make_site(files), TODAY), settings)


@pytest.mark.parametrize(
    ("review", "state", "reviewed", "coming"),
    [
        ("2026-12-24", "good", "Reviewed 24\u00a0Sep\u00a02026", "Next review 24\u00a0Dec\u00a02026"),
        ("2026-12-01", "soon", "Reviewed 24\u00a0Sep\u00a02026", "Next review 1\u00a0Dec\u00a02026"),
        ("2026-11-20", "late", "Review overdue since 20\u00a0Nov\u00a02026", None),
    ],
)
def test_the_card_says_who_owns_a_page_and_how_fresh_it_is(
    make_site: MakeSite, review: str, state: str, reviewed: str, coming: str | None
) -> None:
    trust = contents_of(make_site, review, **WITHOUT).metadata("tools/linear.md")["trust"]
    assert (trust["owner"], trust["owner_url"]) == ("Product ops", "teams/ops/")
    assert trust["ask"] == "Ask in #ops"
    assert trust["edit"].endswith("/tools_inventory.yaml#L2")
    # No line ends within a date.
    assert (trust["state"], trust["reviewed"], trust.get("next")) == (state, reviewed, coming)
    assert 0 <= trust["left"] <= 100
    assert ("right" in trust) == (state == "late")


def test_the_frame_has_counts_and_marks_and_links_to_what_a_site_has(make_site: MakeSite) -> None:
    contents = contents_of(make_site, "2026-12-24")
    frame = contents.frame
    assert 'data-letters="PO"' in frame["owners"]["teams/ops/"]
    assert frame["pages"]["tools/"] | {"icon": ""} == {"icon": "", "count": 2, "all": "All tools"}
    assert "start/find/" not in frame["pages"]
    assert {url: each["ended"] for url, each in frame["entries"].items() if each["ended"]} == {
        "tools/gone/": "Retired"
    }
    assert frame["find"] == "start/find/"
    assert [link["url"] for link in frame["foot"]] == ["contribute/"]
    assert frame["edition"] == "Internal edition · built on 23 November 2026"
    assert contents.metadata("tools/gone.md")["within"] == {"title": "Tools", "url": "tools/"}
    team = {"docs/start/other-teams.md": "# O\n"}
    others = contents_of(make_site, "2026-12-24", **WITHOUT, **team).frame["foot"]
    assert {"title": "For other teams", "url": "start/other-teams/"} in others


def node(title: str, url: str = "", *children: Any, active: bool = False) -> Any:
    return SimpleNamespace(
        title=title, url=url, children=list(children), active=active, is_index=url.endswith("s/")
    )


def sidebar(nav: list[Any], page: Any, entries: dict[str, Any]) -> str:
    environment = Environment(loader=FileSystemLoader(THEME), trim_blocks=True)  # noqa: S701 - as themes do
    environment.filters["url"] = str
    pages = {"tools/": {"all": "All <b>tools"}}
    frame = {"pages": pages, "entries": entries, "words": {"in_use": "In use", "more": "%(number)s more"}}
    config = SimpleNamespace(extra=SimpleNamespace(handbook=frame, without_tab="Help"))
    return environment.get_template("partials/nav.html").render(
        nav=SimpleNamespace(items=nav),
        page=page,
        config=config,
        lang=SimpleNamespace(t=str),
        features=["navigation.tabs"],
    )


def test_the_sidebar_lists_the_entries_in_use_and_the_current_one_and_counts_the_others() -> None:
    urls = [f"tools/t{number}/" for number in range(20)]
    items = [node(f"Tool {number}", url, active=number == 19) for number, url in enumerate(urls)]
    tools = node("Tools", "", node("Tools", "tools/"), *items, active=True)
    entries = {
        url: {"sign": "", "ended": "" if number > 1 else "Parked & done"} for number, url in enumerate(urls)
    }
    shown = sidebar([tools, node("Help", "help/")], SimpleNamespace(url=urls[19], meta={}), entries)
    assert '<a href="tools/t0/">' not in shown
    assert shown.count('aria-current="page"') == 1
    assert '<a href="tools/t19/" aria-current="page">' in shown
    assert "<span>5 more</span>" in shown
    assert "Help" not in shown
    assert "<span>All &lt;b&gt;tools</span>" in shown
    items[19].active, items[0].active = False, True
    tool = SimpleNamespace(url=urls[0], meta={})
    in_use, other = sidebar([tools], tool, entries).split('<p class="hb-nav__title">Parked &amp; done</p>')
    assert '<a href="tools/t0/"' not in in_use
    assert '<a href="tools/t0/" aria-current="page">' in other
    nothing_used = sidebar([tools], tool, {url: {"sign": "", "ended": "Parked & done"} for url in urls})
    assert "In use" not in nothing_used


def test_a_page_that_the_navigation_names_is_not_listed_in_its_folder_again() -> None:
    nav = [{"Work": ["processes/calendar.md", {"Processes": "processes/"}]}]
    written = ["processes/index.md", "processes/calendar.md", "processes/print.md"]
    inside = {"Processes": ["processes/index.md", "processes/print.md"]}
    assert expand(nav, [], written) == [{"Work": ["processes/calendar.md", inside]}]


def test_templates_name_no_icon_that_one_of_the_engines_lacks() -> None:
    for template in (THEME / "partials").glob("*.html"):
        for name in template.read_text("utf-8").split('".icons/lucide/')[1:]:
            assert Path(THEME, ".icons/lucide", name.partition('"')[0]).is_file()
