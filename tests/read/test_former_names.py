"""Former names of fields, values and rules are accepted for one release, with a warning."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from handbook.base.findings import Severity
from handbook.check.runner import find_all
from handbook.loaded.rulebook import FORMER_NAMES, find_rule
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.schemas.former_names import with_current_names
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shapes
from handbook.read.sources import read_context
from tests.conftest import TODAY, Command, MakeSite
from tests.sites import GOAL_SCHEMA, ROOT

PAIN = "sources/adoption/pain-points.yaml"
PHASE = "sources/adoption/phases.yaml"
SOURCE = "sources/feedback/sources.yaml"
DASHBOARD = "sources/dashboards.yaml"

FILES = {
    PAIN: """pain_points:
  - id: a
    name: A
    summary: B.
    status: {mended}
    frequency: 3
    severity: 4
    {gone_when}: Gone.
    {mended_on}: 2026-09-07
    {mended_with}: [kpi]
  - {{id: b, name: B, summary: B., status: {in_hand}, frequency: 1, severity: 1}}
""",
    PHASE: """phases:
  - id: one
    name: One
    summary: B.
    weeks: {{from: 1, to: 4}}
    tasks:
      - {{id: do, name: Do it, state: {in_hand}, {came_of_it}: Much.}}
""",
    SOURCE: """feedback_sources:
  - id: support
    name: Support
    summary: B.
    channel: support
    {speaks_for}: Customers.
    {passed_on_by}: lead
""",
    DASHBOARD: """dashboards:
  - {{id: kpi, name: KPI, summary: B., status: {leaving}}}
  - {{id: old, name: Old, summary: B., status: {closed}}}
""",
    "sources/roles.yaml": "roles: [{{id: lead, name: Lead, summary: B.}}]\n",
}
CURRENT = {
    "mended": "resolved",
    "in-hand": "in-progress",
    "leaving": "deprecated",
    "closed": "retired",
    "gone_when": "success_criteria",
    "mended_on": "resolved_on",
    "mended_with": "resolved_with",
    "came_of_it": "outcome",
    "speaks_for": "represents",
    "passed_on_by": "forwarded_by",
}


def sources(names: Mapping[str, str]) -> dict[str, str]:
    """The files with these names."""
    words = {former.replace("-", "_"): name for former, name in names.items()}
    return {path: text.format_map(words) for path, text in FILES.items()}


FORMER = sources({former: former for former in CURRENT})


@pytest.fixture
def read(make_site: MakeSite) -> Callable[[Mapping[str, str]], Context]:
    return lambda files: read_context(make_site(files), TODAY)


def entries(context: Context) -> list[tuple[str, Mapping[str, Any]]]:
    return [(entry.kind.name, entry.value) for entry in context.entries]


def test_each_former_name_is_a_warning_that_offers_the_current_one(
    read: Callable[[Mapping[str, str]], Context],
) -> None:
    found = [finding for finding in find_all(read(FORMER), SITE_RULES) if finding.code == "HB330"]
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert all("removed in the next release" in finding.message for finding in found)
    offered = {tuple(finding.hint.split("`")[1::2]) for finding in found}
    assert offered == set(CURRENT.items())
    for finding in found:
        former = finding.hint.split("`")[1]
        line = FORMER[finding.path].splitlines()[finding.span.line - 1]
        assert line[finding.span.column - 1 : finding.span.end_column - 1] == former


def test_what_comes_later_knows_only_the_current_names(
    read: Callable[[Mapping[str, str]], Context],
) -> None:
    former, current = read(FORMER), read(sources(CURRENT))
    assert entries(former) == entries(current)
    codes = {finding.code for finding in find_all(former, SITE_RULES)} - {
        finding.code for finding in find_all(current, SITE_RULES)
    }
    assert codes == {"HB330"}


def test_a_mistake_in_a_renamed_field_is_found_where_it_is(
    read: Callable[[Mapping[str, str]], Context],
) -> None:
    files = FORMER | {SOURCE: FORMER[SOURCE].replace("passed_on_by: lead", "passed_on_by: leed")}
    (finding,) = [finding for finding in find_all(read(files), SITE_RULES) if finding.code == "HB201"]
    assert (finding.span.line, finding.span.column) == (7, 19)


def test_a_field_under_both_names_is_unknown_under_the_former_one(
    read: Callable[[Mapping[str, str]], Context],
) -> None:
    text = FORMER[PAIN].replace(
        "    gone_when: Gone.\n", "    gone_when: Gone.\n    success_criteria: Done.\n"
    )
    context = read(FORMER | {PAIN: text})
    entry: RawEntry = next(entry for entry in context.entries if entry.id == "a")
    assert (entry.value["gone_when"], entry.value["success_criteria"]) == ("Gone.", "Done.")
    (finding,) = [finding for finding in find_all(context, SITE_RULES) if finding.code == "HB102"]
    assert finding.message == "Unknown field `gone_when` in pain point"
    assert finding.hint == "Merge it into `success_criteria`, its current name, and remove it"


def test_an_id_can_have_a_former_name(make_site: MakeSite) -> None:
    schema = json.loads(GOAL_SCHEMA)
    schema["properties"]["id"]["x-former"] = {"names": ["key"]}
    files = {
        "schemas/goal.schema.json": json.dumps(schema),
        "sources/goals.yaml": "goals:\n  - {key: a, name: A}\n  - {key: a, name: B}\n",
    }
    context = read_context(make_site(files), TODAY)
    assert [entry.id for entry in context.entries] == ["a", "a"]
    assert "HB202" in {finding.code for finding in find_all(context, SITE_RULES)}


def test_an_allowed_value_stays_even_if_a_schema_says_that_it_has_another_name() -> None:
    schema = {
        "properties": {"state": {"enum": ["on", "off"], "x-former": {"values": {"off": "on", "up": "on"}}}}
    }
    shape = Shapes().of(schema, Resolver({"a": schema}, "a"))
    assert with_current_names(shape, {"state": "off"}) == ({"state": "off"}, ())
    assert with_current_names(shape, {"state": "up"})[0] == {"state": "on"}


def test_names_are_replaced_at_any_depth_and_an_entry_without_any_stays_as_it_is() -> None:
    schema = {
        "properties": {
            "lines": {
                "x-former": {"names": ["rows"]},
                "items": {"properties": {"state": {"enum": ["on"], "x-former": {"values": {"up": "on"}}}}},
            }
        }
    }
    shape = Shapes().of(schema, Resolver({"a": schema}, "a"))
    value, former = with_current_names(shape, {"rows": [{"state": "up"}, {"state": "on"}]})
    assert value == {"lines": [{"state": "on"}, {"state": "on"}]}
    assert [(tuple(each.pointer), each.current) for each in former] == [
        (("rows",), "lines"),
        (("rows", 0, "state"), "on"),
    ]
    entry = {"lines": [{"state": "on"}, "up", None, 1]}
    assert with_current_names(shape, entry) == (entry, ())


@pytest.mark.parametrize(("former", "current"), FORMER_NAMES.items())
def test_a_rule_is_found_under_its_former_name_with_a_warning(
    command: Command, former: str, current: str
) -> None:
    asked = command(ROOT, "rules", former)
    assert asked.returncode == 0
    assert current in asked.stdout.splitlines()[0]
    assert f"`{former}` was renamed to `{current}`" in asked.stderr


def test_a_rule_is_found_by_its_code_and_its_name() -> None:
    by_code = find_rule("hb319")
    assert by_code is not None
    assert by_code is find_rule("unused-suppression") is find_rule("useless-ignore")
    assert find_rule("useless") is None
