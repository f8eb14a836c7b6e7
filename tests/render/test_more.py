"""Fields that a view leaves out are shown below it, under "More"."""

from __future__ import annotations

import json
import random
import re
from copy import copy
from dataclasses import replace
from typing import Any

import pytest

from handbook.link.catalogue import Entry
from handbook.read.files import shipped
from handbook.render.more import left_out
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.effort import runs
from tests.kinds.test_own_schemas import shape_without
from tests.render.conftest import MakeHandbook
from tests.render.test_pages import pages_of
from tests.shipped import load_shipped
from tests.sites import ROOT, TOOL

FIELDS: dict[str, Any] = {
    "cost_centre": {"title": "Cost centre", "type": "string"},
    "background": {"title": "Background", "$ref": "common.schema.json#/$defs/markdown"},
    "platforms": {"title": "Platforms", "type": "array", "items": {"type": "string"}},
    "successor": {"title": "Planned successor", "type": "string", "x-ref": "tool"},
    "bought_on": {"title": "Bought on", "$ref": "common.schema.json#/$defs/date"},
    "setup_fee": {"title": "Set-up fee", "$ref": "common.schema.json#/$defs/money"},
    "set_up_in": {"title": "Set up in", "$ref": "common.schema.json#/$defs/duration"},
    "on_call": {"title": "On call", "type": "boolean"},
    "status_page": {"title": "Status page", "$ref": "common.schema.json#/$defs/url"},
    "contacts": {
        "title": "Contacts",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "team": {"title": "Team", "type": "string", "x-ref": "team"},
                "topics": {"title": "Topics", "type": "array", "items": {"type": "string"}},
            },
        },
    },
    "salary_data": {"title": "Salary data", "type": "string", "x-audience": "restricted"},
    "source_row": {"title": "Row in the import", "type": "integer", "x-more": False},
}
TEAM = "teams: [{id: it, name: IT, summary: Runs it.}]\n"
LINEAR = """    cost_centre: 4711 | <b>A</b>
    background: We *chose* it.
    platforms: [Web, iOS]
    successor: linear
    bought_on: 2026-09-01
    setup_fee: {amount: 1200, currency: EUR, period: year, per_seat: false}
    set_up_in: 2 days
    on_call: true
    status_page: https://status.example.com
    contacts:
      - {team: it, topics: [Access, Bills]}
    salary_data: none of your business
    source_row: 12
    links: [{title: Guide, url: "https://example.com"}]
"""


def own_tool(fields: dict[str, Any], item_fields: dict[str, Any]) -> str:
    """The shipped schema of tools with more fields, and with more in integrations."""
    schema = json.loads((ROOT / "schemas/tool.schema.json").read_text(encoding="utf-8"))
    schema["properties"] |= fields
    schema["properties"]["integrations"]["items"]["properties"] |= item_fields
    return json.dumps(schema)


def text_of(markdown: str) -> str:
    """A page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markdown))


@pytest.fixture
def page(make_handbook: MakeHandbook) -> str:
    """The page of a tool with fields that its view doesn't know."""
    files = {
        "schemas/tool.schema.json": own_tool(FIELDS, {}),
        "tools_inventory.yaml": TOOL + LINEAR,
        "sources/teams.yaml": TEAM,
    }
    return pages_of(make_handbook(files))["tools/linear.md"].markdown


def test_a_field_is_shown_by_its_type_under_the_title_of_its_schema(page: str) -> None:
    section = page.partition("## More { #more }")[2].partition("\n## ")[0]
    assert "<dt>Cost centre</dt> <dd>4711 &#124; &#60;b&#62;A&#60;/b&#62;</dd>" in section
    assert "We <em>chose</em> it." in section
    assert "<ul><li>Web</li><li>iOS</li></ul>" in section
    assert '<dt>Planned successor</dt> <dd><a href="./">Linear</a></dd>' in section
    assert "<dd>1 September 2026</dd>" in section
    assert "<dd>EUR 1,200 per year</dd>" in section
    assert "<dd>2 days</dd>" in section
    assert "<dt>On call</dt> <dd>yes</dd>" in section
    assert "<dt>Status page</dt> <dd><a href=" in section
    assert '<tr><td data-label="Team"><a href="../../teams/it/">IT</a></td>' in section
    assert "Access" in section


def test_the_section_has_its_place_before_the_related_links(page: str) -> None:
    assert page.index("## More") < page.index("## Related links")
    assert page.count("## More") == 1


def test_neither_the_audience_nor_the_schema_is_overridden(page: str) -> None:
    assert "business" not in page
    assert "Row in the import" not in page


def test_a_new_field_of_a_shared_definition_is_shown(make_handbook: MakeHandbook) -> None:
    patch = '{"$defs": {"money": {"properties": {"vat": {"title": "VAT", "type": "string"}}}}}'
    cost = "    cost: {amount: 5, currency: EUR, period: year, per_seat: false, vat: included}\n"
    files = {"schemas/common.patch.json": patch, "tools_inventory.yaml": TOOL + cost}
    section = pages_of(make_handbook(files))["tools/linear.md"].markdown.partition("## More")[2]
    assert "VAT included" in text_of(section)


def test_an_entry_without_such_fields_has_no_section(make_handbook: MakeHandbook) -> None:
    files = {"schemas/tool.schema.json": own_tool(FIELDS, {})}
    assert "## More" not in pages_of(make_handbook(files))["tools/linear.md"].markdown


def test_a_new_field_of_an_item_is_shown_with_the_first_field_of_the_item(
    make_handbook: MakeHandbook,
) -> None:
    item = {"checked": {"title": "Last checked", "$ref": "common.schema.json#/$defs/date"}}
    tool = "    integrations:\n      - {tool: jira, direction: sends, carries: Bugs, checked: 2026-09-01}\n"
    jira = "  - {id: jira, name: Jira, summary: Holds the bugs., category: roadmap, status: active}\n"
    files = {"schemas/tool.schema.json": own_tool({}, item), "tools_inventory.yaml": TOOL + tool + jira}
    section = pages_of(make_handbook(files))["tools/linear.md"].markdown.partition("## More")[2]
    assert "Integrations Tool Last checked Jira 1 September 2026" in text_of(section)
    assert "Bugs" not in section.partition("\n## ")[0]


@pytest.mark.parametrize(
    ("view", "shows"),
    [
        ("{{ entry.vendor }}", True),
        ("{% if entry.vendor %}Has one{% endif %}", True),
        ("{% set seller = entry.vendor %}{{ seller }}", True),
        ('{% import "_parts.jinja" as parts with context %}{{ parts.fact("C", entry.vendor) }}', True),
        ("{% macro line(of) %}{{ of.vendor }}{% endmacro %}{{ line(entry) }}", True),
        ("{% for title, value in fields(entry) %}{{ title }}{% endfor %}", True),
        ("{% for each in [entry] %}{{ each['vendor'] }}{% endfor %}", True),
        ('{% call(row, each) table([entry], "C") %}{{ row(each.vendor) }}{% endcall %}', True),
        ("{{ [entry] | map(attribute='vendor') | join }}", True),
        ("{{ entry.name }} {{ anchor(entry.id) }} {{ used_by(entry) | length }}", False),
        ("{% macro line(of) %}{{ of.vendor }}{% endmacro %}", False),
        ('{% set cost = figure("tool_cost", entry) %}{{ cost.percent if cost }}', False),
    ],
)
def test_a_field_that_the_view_names_is_not_shown_twice(view: str, *, shows: bool) -> None:
    parts = (shipped("macros") / "_parts.jinja").read_text(encoding="utf-8")
    views = {"tool.jinja": view, "_parts.jinja": parts}
    tool = load_shipped("restricted").kinds["tool"]
    assert ("vendor" in left_out(tool, "tool.jinja", views.get)) is not shows


def test_a_view_can_say_where_the_section_is(make_handbook: MakeHandbook) -> None:
    files = {"macros/tool.jinja": "Above.\n{{ more() }}\nBelow.\n{{ more() }}\n"}
    markdown = pages_of(make_handbook(files))["tools/linear.md"].markdown
    above, below = markdown.split("## More { #more }")
    assert ("Above." in above, "Below." in below) == (True, True)


TOP_FIELDS = [
    (kind.name, field)
    for kind in load_shipped("restricted").kinds.values()
    for field in kind.shape.properties
    if field not in ("id", "name")
]
VIEWS = {path.name for path in shipped("macros").glob("*.jinja")}


@pytest.mark.parametrize("kind", sorted(load_shipped("restricted").kinds))
def test_the_shipped_views_leave_nothing_out(kind: str) -> None:
    folder = shipped("macros")
    load = {name: (folder / name).read_text(encoding="utf-8") for name in VIEWS}.get
    assert left_out(load_shipped("restricted").kinds[kind], f"{kind}.jinja", load) == {}


def page_without(kind: str, field: str) -> str:
    """The page of the first entry of a shipped content type whose schema lacks a field."""
    basis = load_shipped("restricted").basis
    own = basis.catalogue.kinds[kind]._replace(
        shape=shape_without(basis.catalogue.kinds[kind].shape, (field,))
    )
    catalogue = copy(basis.catalogue)
    catalogue.kinds = {**catalogue.kinds, kind: own}
    renderer = Renderer(replace(basis, catalogue=catalogue), Repository(load_shipped().site, None, None))
    entry = next(iter(basis.catalogue.entries(kind).values()))
    data = {name: value for name, value in entry.data.items() if name != field}
    return renderer.entry(Entry(own, entry.id, entry.path, find_data=lambda: data), entry.page)


@pytest.mark.parametrize(
    ("kind", "field"),
    random.Random(17).sample(TOP_FIELDS, runs(12, len(TOP_FIELDS))),  # noqa: S311 - a sample
)
def test_a_shipped_view_suits_a_schema_without_a_field(kind: str, field: str) -> None:
    assert "Undefined" not in page_without(kind, field)
