"""A site whose `mkdocs.yml` has no `nav`: the engine lists all pages, and everything is reachable."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from handbook.loaded.handbook import load
from handbook.publish.contents import make_contents
from handbook.read.files import CONFIG, read_config
from tests.conftest import TODAY, MakeSite
from tests.sites import ROOT, TOOL


@pytest.mark.parametrize(
    ("nav", "broken"), [("", []), ("nav: [index.md]\n", ["HB208"]), ("nav: [changes.md, index.md]\n", [])]
)
def test_the_page_of_changes_is_there_unless_a_navigation_leaves_it_out(
    make_site: MakeSite, nav: str, broken: list[str]
) -> None:
    page = "# Home\n\nSee [what is new](changes.md) and the [tools](tools/index.md).\n"
    files = {"mkdocs.yml": f"site_name: Test\n{nav}", "docs/index.md": page, "tools_inventory.yaml": TOOL}
    handbook = load(make_site(files), TODAY)
    assert [finding.code for finding in handbook.findings if finding.code == "HB208"] == broken
    if not broken:
        contents = make_contents(handbook, read_config(handbook.site.root / CONFIG))
        assert contents.pages["changes.md"].in_navigation


def breadcrumbs(nav: list[Any], page: Any) -> list[str]:
    """The titles that a page shows above it."""
    parts = {"partials/path-item.html": "{% macro render(item) %}[{{ item.title }}]{% endmacro %}"}
    loader = ChoiceLoader([DictLoader(parts), FileSystemLoader(ROOT / "overrides")])
    template = Environment(loader=loader, autoescape=True).get_template("partials/path.html")
    shown = template.render(nav=SimpleNamespace(items=nav), page=page, lang=SimpleNamespace(t=str))
    return [each.partition("]")[0] for each in shown.split("[")[1:]]


def test_breadcrumbs_start_at_the_home_page_in_a_section_and_at_the_top() -> None:
    home = SimpleNamespace(title="Home", active=False, children=None)
    start = SimpleNamespace(title="Start", children=[home])
    tools = SimpleNamespace(title="Tools", children=[])
    page = SimpleNamespace(title="Linear", ancestors=[tools], meta={})
    assert breadcrumbs([start, tools], page) == ["Home", "Tools"]
    assert breadcrumbs([home, tools], page) == ["Home", "Tools"]
