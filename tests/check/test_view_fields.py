"""A site's own view names a field that its schema doesn't have: found before a build."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding
from handbook.check.view_fields import unknown_fields
from handbook.kinds.view_figures import unknown_figures
from handbook.read.files import shipped
from handbook.read.view_files import ViewFiles
from tests.shipped import load_shipped
from tests.sites import GOAL_SCHEMA, ROOT, TOOL

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]
PARTS = '{% import "_parts.jinja" as parts with context %}\n'


def found(check: Check, view: str, **files: str) -> list[tuple[int, int, str, str]]:
    """Where the problems of a view of tools are, and what they say."""
    named = {name.replace("__", "/"): text for name, text in files.items()}
    findings = check({"tools_inventory.yaml": TOOL, "macros/tool.jinja": view, **named})
    return [
        (each.span.line, each.span.column, each.message, each.hint)
        for each in findings
        if each.code == "HB210"
    ]


@pytest.mark.parametrize(
    ("view", "place", "message", "hint"),
    [
        ("A\n{{ entry.name }} {{ entry.nam }}", (2, 27), "Unknown field `nam` in tool", "`name`"),
        (PARTS + '{{ parts.fact("A", entry.ownr) }}', (2, 26), "Unknown field `ownr` in tool", "`owner`"),
        ("{{ entry.seats.licenced }}", (1, 16), "Unknown field `licenced` in `seats`", "`licensed`"),
        (
            "{% for x in entry.links %}{{ x.ttle }}{% endfor %}",
            (1, 32),
            "Unknown field `ttle` in `links`",
            "",
        ),
        ("{{ entry.replaced_by.sumary }}", (1, 22), "Unknown field `sumary` in `replaced_by`", "`summary`"),
        ("{{ entry.name.first }}", (1, 15), "Unknown field `first` in `name`", ""),
        (
            "{{ entry.notes.opening }} {{ entry.notes.ret }}",
            (1, 42),
            "Unknown field `ret` in `notes`",
            "`rest`",
        ),
        ("{{ entry['vendr'] }}", (1, 11), "Unknown field `vendr` in tool", "`vendor`"),
        ("{{ entry.links | map(attribute='titel') }}", (1, 33), "Unknown field `titel` in `links`", ""),
        ("{{ entry.links | min(false, 'titel') }}", (1, 30), "Unknown field `titel` in `links`", ""),
        ("{% macro m(of) %}{{ of.x }}{% endmacro %}{{ m(entry) }}", (1, 24), "Unknown field `x` in tool", ""),
    ],
)
def test_an_unknown_field_is_found_with_its_place_and_the_nearest_one(
    check: Check, view: str, place: tuple[int, int], message: str, hint: str
) -> None:
    (problem,) = found(check, view)
    assert (problem[:3], hint in problem[3]) == ((*place, message), True)


@pytest.mark.parametrize(
    "view",
    [
        "{% if entry.region is defined %}{{ entry.region }}{% endif %}",
        "{{ entry.region | default('Unknown') }}",
        "{% set name = 'region' %}{{ entry[name] }}",
        "{{ entry.replaced_by.replaced_by.name }} {{ entry.review.last | day }}",
        "{% for link in entry.links %}{{ link.url.around(link.title) }}{% endfor %}",
        "{% for x in [1, 2] %}{{ loop.index }}{% endfor %}",
        '{% set cost = figure("tool_cost", entry) %}{{ cost.percent }}',
        '{% for other, item in referring_items(entry, "integrations") %}{{ item.how }}{% endfor %}',
        "{% set ns = namespace(first=none) %}{% set ns.first = entry %}{{ ns.first.anything }}",
    ],
)
def test_what_a_view_may_name_is_not_reported(check: Check, view: str) -> None:
    assert found(check, view) == []


def test_a_name_can_have_the_value_from_before_a_branch(check: Check) -> None:
    view = "{% set x = entry.seats %}{% if entry.name %}{% set x = entry.cost %}{% endif %}{{ x.sum }}"
    assert {message for _, _, message, _ in found(check, view)} == {
        "Unknown field `sum` in `seats`",
        "Unknown field `sum` in `cost`",
    }


def test_a_field_of_an_own_schema_is_known(check: Check) -> None:
    goals = "goals:\n  - {id: retention, name: Keep them, results: [{measure: Churn}]}\n"
    view = "{% for each in entry.results %}{{ each.measure }} {{ each.mesure }}{% endfor %}"
    files = {"schemas/goal.schema.json": GOAL_SCHEMA, "sources/goals.yaml": goals, "macros/goal.jinja": view}
    findings = check({"tools_inventory.yaml": TOOL, **files})
    assert [each.message for each in findings if each.code == "HB210"] == [
        "Unknown field `mesure` in `results`"
    ]


def test_the_view_of_a_download_is_checked(check: Check) -> None:
    files = {"macros/tool.download.csv.jinja": "{{ entry.vendr }}"}
    findings = check({"tools_inventory.yaml": TOOL, **files})
    assert [each.path for each in findings if each.code == "HB210"] == ["macros/tool.download.csv.jinja"]


def test_an_own_part_of_shipped_views_is_checked(check: Check) -> None:
    shared = (shipped("macros") / "_parts.jinja").read_text(encoding="utf-8")
    files = {"macros/_parts.jinja": shared.replace("entry.links", "entry.linkz", 1)}
    findings = check({"tools_inventory.yaml": TOOL, **files})
    problems = {(each.path, each.message) for each in findings if each.code == "HB210"}
    assert ("macros/_parts.jinja", "Unknown field `linkz` in tool") in problems


def test_a_shipped_view_and_its_copy_suit_a_schema_that_lacks_fields(check: Check) -> None:
    schema = json.loads((ROOT / "schemas/tool.schema.json").read_text(encoding="utf-8"))
    for name in ("vendor", "access", "links"):
        del schema["properties"][name]
    view = (shipped("macros") / "tool.jinja").read_text(encoding="utf-8")
    assert found(check, view, schemas__tool_schema_json=json.dumps(schema)) == []


def test_macros_that_call_each_other_without_end_are_not_followed_for_ever(check: Check) -> None:
    twice = "".join(
        f"{{% macro m{n}(a) %}}{{{{ m{n + 1}(a.name) }}}}{{{{ m{n + 1}(a.id) }}}}{{% endmacro %}}"
        for n in range(40)
    )
    assert found(check, f"{{% macro m40(a) %}}{{% endmacro %}}{twice}{{{{ m0(entry) }}}}") == []


def test_the_shipped_views_suit_the_shipped_schemas() -> None:
    handbook = load_shipped("restricted")
    views = ViewFiles(handbook.site, handbook.context.tree)
    views.own = {name: shipped("macros") / name for name in views.names}
    assert list(unknown_fields(views, handbook.kinds)) == []


@pytest.mark.parametrize(
    ("path", "view", "message"),
    [
        ("tool", '{% set c = figure("tool_csot", entry) %}', "Unknown figure `tool_csot`"),
        ("tool", '{{ figure("tool_cost", entry).idl }}', "Unknown value `idl` of the figure `tool_cost`"),
        (
            "tool",
            '{{ figure("tool_cost", entry).yearly.wrds }}',
            "Unknown value `wrds` of the figure `tool_cost`",
        ),
        ("figures/tool_audit", "{{ figure.tabel }}", "Unknown value `tabel` of the figure `tool_audit`"),
        ("tool", '{% set c = figure("tool_cost", entry) %}{{ c.yearly.words if c.percent }}', None),
        ("tool", '{{ figure("ownership", entry).owners | length }}', None),
    ],
)
def test_an_unknown_figure_or_value_of_one_is_found(
    check: Check, path: str, view: str, message: str | None
) -> None:
    findings = check({"tools_inventory.yaml": TOOL, f"macros/{path}.jinja": view})
    found = [(each.code, each.message) for each in findings if each.code.startswith("HB2")]
    assert found == ([("HB218", message)] if message else [])


def test_the_shipped_views_name_no_unknown_figure() -> None:
    handbook = load_shipped("restricted")
    views = ViewFiles(handbook.site, handbook.context.tree)
    views.own = {name: shipped("macros") / name for name in views.names}
    assert list(unknown_figures(views)) == []
