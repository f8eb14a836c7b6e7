"""The catalogue: entries that know each other, in an order that never changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from handbook.link.catalogue import Catalogue, Entry, UnknownEntryError
from handbook.loaded.handbook import load
from handbook.read.files import find_site
from tests.conftest import MakeSite
from tests.shipped import load_shipped
from tests.sites import ROOT

FILES = {
    "tools_inventory.yaml": """tools:
  - id: slack
    name: Slack
    summary: Talks.
    category: communication
    status: trial
    owner: product-ops
  - id: linear
    name: Linear
    summary: Plans.
    category: project-management
    status: trial
    owner: product-ops
    integrations:
      - {tool: slack, direction: both, carries: Updates}
    access: {how: Ask., approver: product-ops}
""",
    "sources/teams.yaml": "teams:\n  - {id: product-ops, name: Product operations, summary: Runs tools.}\n",
}


@pytest.fixture
def catalogue(make_site: MakeSite) -> Catalogue:
    return load(make_site(FILES)).catalogue


def places(catalogue: Catalogue, entry: Entry) -> list[tuple[str, tuple[Any, ...]]]:
    """Who refers to an entry, and where."""
    return [(use.entry.id, tuple(use.pointer)) for use in catalogue.uses(entry)]


def test_entries_stand_in_the_order_of_their_ids(catalogue: Catalogue) -> None:
    assert list(catalogue.entries("tool")) == ["linear", "slack"]
    assert list(catalogue.kinds) == sorted(catalogue.kinds)


def test_an_entry_knows_who_refers_to_it_and_where(catalogue: Catalogue) -> None:
    assert places(catalogue, catalogue.entry("tool", "slack")) == [("linear", ("integrations", 0, "tool"))]
    assert places(catalogue, catalogue.entry("team", "product-ops")) == [
        ("linear", ("owner",)),
        ("linear", ("access", "approver")),
        ("slack", ("owner",)),
    ]
    assert places(catalogue, catalogue.entry("tool", "linear")) == []


def test_an_entry_knows_its_file_and_line(catalogue: Catalogue) -> None:
    entry = catalogue.entry("tool", "linear")
    assert (entry.path, entry.span.line, entry.page) == ("tools_inventory.yaml", 8, "tools/linear.md")


def test_nothing_in_the_catalogue_can_be_changed(catalogue: Catalogue) -> None:
    entry = catalogue.entry("tool", "linear")
    data: Any = entry.data
    with pytest.raises(TypeError):
        data["name"] = "Other"
    with pytest.raises(TypeError):
        data["integrations"][0]["carries"] = "Nothing"
    with pytest.raises(AttributeError):
        data["integrations"].append({})
    with pytest.raises(AttributeError):
        entry.id = "other"
    entries: Any = catalogue.entries("tool")
    with pytest.raises(TypeError):
        del entries["slack"]


@pytest.mark.parametrize(
    ("kind", "wanted", "message", "hint"),
    [
        ("tool", "liner", "Unknown tool `liner`", "Did you mean `linear`?"),
        ("tool", "Linear", "Unknown tool `Linear`", "Did you mean `linear`?"),
        ("tol", "linear", "Unknown content type `tol`", "Did you mean `tool`?"),
        ("tool", "zzz", "Unknown tool `zzz`", "Use `linear` or `slack`"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    catalogue: Catalogue, kind: str, wanted: str, message: str, hint: str
) -> None:
    with pytest.raises(UnknownEntryError) as error:
        catalogue.entry(kind, wanted)
    assert (str(error.value), error.value.hint) == (message, hint)


def test_a_reference_is_resolved_in_the_first_of_its_kinds_that_has_the_id(make_site: MakeSite) -> None:
    roles = "roles:\n  - {id: product-ops, name: Head of product ops, summary: Leads it.}\n"
    catalogue = load(make_site({**FILES, "sources/roles.yaml": roles})).catalogue
    team = catalogue.entry("team", "product-ops")
    assert catalogue.resolve(("team", "role"), "product-ops") is team
    assert catalogue.resolve(("role", "team"), "product-ops") is catalogue.entry("role", "product-ops")
    assert catalogue.resolve(("nothing", "team"), "product-ops") is team
    assert catalogue.resolve(("team", "role"), "nobody") is None
    # `owner` names teams before roles.
    assert ("slack", ("owner",)) in places(catalogue, team)
    assert places(catalogue, catalogue.entry("role", "product-ops")) == []


LIST_EVERYTHING = """
import sys
from pathlib import Path
from handbook.loaded.handbook import load
from handbook.read.files import find_site
catalogue = load(find_site(Path(sys.argv[1]))).catalogue
for entry in catalogue.all():
    print(entry.kind.name, entry.id, dict(entry.data))
    for use in catalogue.uses(entry):
        print("   ", use.entry.kind.name, use.entry.id, use.pointer)
"""


def test_two_runs_give_the_same_entries_fields_and_uses_in_the_same_order() -> None:
    first, second = (
        subprocess.run(
            [sys.executable, "-c", LIST_EVERYTHING, str(ROOT)],
            capture_output=True,
            text=True,
            check=True,
            # Sets of texts come in another order in every run.
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    )
    assert len(first.splitlines()) > 100
    assert first == second


def test_an_entry_with_a_mistake_is_left_out_and_named(make_site: MakeSite) -> None:
    files = FILES | {"tools_inventory.yaml": FILES["tools_inventory.yaml"].replace("trial", "Trial", 1)}
    handbook = load(make_site(files))
    assert list(handbook.catalogue.entries("tool")) == ["linear"]
    assert [finding.id for finding in handbook.report.findings] == ["slack"]


def test_every_entry_of_the_shipped_handbook_has_an_owner_and_every_team_owns_something() -> None:
    catalogue = load_shipped().catalogue
    owned = [entry for entry in catalogue.all() if "owner" in entry.kind.shape.properties]
    assert [entry.id for entry in owned if "owner" not in entry.data] == []
    idle = [team.id for team in catalogue.entries("team").values() if not catalogue.uses(team)]
    assert idle == []


def test_the_shipped_handbook_holds_what_was_promised() -> None:
    catalogue = load_shipped().catalogue
    kinds = ("tool", "process", "template", "checklist", "onboarding")
    counts = {kind: len(catalogue.entries(kind)) for kind in kinds}
    assert counts == {"tool": 17, "process": 11, "template": 9, "checklist": 4, "onboarding": 1}
    states = [tool.data["status"] for tool in catalogue.entries("tool").values()]
    assert (states.count("trial"), states.count("sunset")) == (1, 1)
    triggers = catalogue.entry("checklist", "hiring-triggers").data
    assert sum(len(group["items"]) for group in triggers["groups"]) == 8
    assert triggers["scoring"]["threshold"] == 3
    for process in catalogue.entries("process").values():
        # What happens again and again, without steps, needs a reason only.
        needed = (
            ("why", "steps", "raci", "training", "feedback_channel") if "steps" in process.data else ("why",)
        )
        for field in needed:
            assert process.data.get(field), f"{process.id} has no {field}"


def test_a_site_is_found_from_any_folder_inside_it(make_site: MakeSite) -> None:
    site = make_site({**FILES, "docs/start/index.md": "# Start\n"})
    assert find_site(site.root / "docs/start") == find_site(Path(site.root)) == site


def test_a_reference_to_an_entry_that_is_left_out_is_no_use(make_site: MakeSite) -> None:
    teams = FILES["sources/teams.yaml"].replace("summary: Runs tools.", "summary: ''")
    catalogue = load(make_site({**FILES, "sources/teams.yaml": teams})).catalogue
    assert list(catalogue.entries("team")) == []
    assert catalogue.resolve(("team",), "product-ops") is None
    assert len(places(catalogue, catalogue.entry("tool", "slack"))) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"sources/teams.yaml": "teams: [\n"},
        {"sources/teams.yaml": "teams: {a: 1}\n"},
        {"schemas/team.schema.json": '{ "titel": "Team" }'},
        {"schemas/common.schema.json": "[]"},
        {"schemas/tool.schema.json": ""},
    ],
    ids=["yaml", "shape", "schema", "shared schema", "empty schema"],
)
def test_a_broken_site_still_loads_with_what_is_sound(make_site: MakeSite, files: dict[str, str]) -> None:
    handbook = load(make_site({**FILES, **files}))
    assert not handbook.is_sound
    assert {finding.path for finding in handbook.report.findings} == set(files)
