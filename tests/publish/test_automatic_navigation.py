"""A site whose `mkdocs.yml` has no `nav`: the engine lists all pages, and everything is reachable."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from handbook.loaded.handbook import load
from handbook.publish.contents import make_contents
from handbook.read.files import CONFIG, read_config
from handbook.read.icons import THEME
from tests.conftest import TODAY, MakeSite
from tests.sites import TOOL, WITHOUT_HELP


@pytest.mark.parametrize(
    ("nav", "broken"), [("", []), ("nav: [index.md]\n", ["HB208"]), ("nav: [changes.md, index.md]\n", [])]
)
def test_the_page_of_changes_is_there_unless_a_navigation_leaves_it_out(
    make_site: MakeSite, nav: str, broken: list[str]
) -> None:
    page = "# Home\n\nSee [what is new](changes.md) and the [tools](tools/index.md).\n"
    files = {
        "mkdocs.yml": f"site_name: Test\n{WITHOUT_HELP}{nav}",
        "docs/index.md": page,
        "tools_inventory.yaml": TOOL,
    }
    handbook = load(make_site(files), TODAY)
    assert [finding.code for finding in handbook.findings if finding.code == "HB208"] == broken
    if not broken:
        contents = make_contents(handbook, read_config(handbook.site.root / CONFIG))
        assert contents.pages["changes.md"].in_navigation
        assert "This is the unreleased version" in contents.pages["changes.md"].markdown


def breadcrumbs(page: Any) -> list[str]:
    """The titles that a page shows above it."""
    environment = Environment(loader=FileSystemLoader(THEME))  # noqa: S701 - as themes do
    environment.filters["url"] = str
    config = {"extra": {"handbook": {"words": {"path": "Breadcrumb"}}}}
    shown = environment.get_template("partials/path.html").render(page=page, config=config)
    return re.findall(r'<li><a href="[^"]*">([^<]*)', shown)


def test_breadcrumbs_name_each_page_above_once_and_not_the_page_itself() -> None:
    index = SimpleNamespace(title="Tools", url="tools/")
    tools = SimpleNamespace(title="Tools", children=[index])
    all_tools = SimpleNamespace(title="All", children=[tools])
    page = SimpleNamespace(title="Linear", url="tools/linear/", ancestors=[tools, all_tools], meta={})
    assert breadcrumbs(page) == ["All"]
    page.url = "tools/"
    assert breadcrumbs(page) == []
    page.ancestors, page.url = [], "tools/t7/"
    page.meta = {"within": {"title": "Tools", "url": "tools/"}}
    assert breadcrumbs(page) == ["Tools"]
