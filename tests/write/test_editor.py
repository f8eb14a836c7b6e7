"""`handbook editor`: what editors need is put in place, and what is there already stays."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from handbook.cli import main
from tests.shipped_kinds import KINDS
from tests.sites import GOAL_SCHEMA, TOOL, write_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one schema of its own, in which commands run."""
    monkeypatch.chdir(tmp_path)
    return write_site(tmp_path, {"schemas/goal.schema.json": GOAL_SCHEMA})


def test_a_site_that_takes_schemas_from_the_engine_gets_copies_of_all_in_force(site: Path) -> None:
    assert main(["editor"]) == 0
    copies = {path.name for path in (site / ".vscode/schemas").iterdir()}
    in_force = (*KINDS, "goal", "common", "handbook", "page", "collections", "gone", "ids")
    assert {f"{name}.schema.json" for name in in_force} == copies
    mapping = json.loads((site / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert "sources/goals.yaml" in mapping[".vscode/schemas/collections.schema.json"]
    assert mapping[".vscode/schemas/process.schema.json"] == ["sources/processes/**/*.yaml"]
    assert (site / ".vscode/extensions.json").is_file()
    assert sorted(path.name for path in (site / "schemas").iterdir()) == ["goal.schema.json"]


def test_a_copy_of_a_patched_schema_includes_the_patch(site: Path) -> None:
    write_site(site, {"schemas/tool.patch.json": '{"properties": {"region": {"type": "string"}}}'})
    assert main(["editor"]) == 0
    copy = json.loads((site / ".vscode/schemas/tool.schema.json").read_text(encoding="utf-8"))
    assert copy["properties"]["region"] == {"type": "string"}
    assert "vendor" in copy["properties"]


def test_it_names_what_it_wrote_and_the_second_time_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["editor"])
    assert "Updated .vscode/settings.json" in capsys.readouterr().out.splitlines()
    main(["editor"])
    assert capsys.readouterr().out == "Editor settings are up to date.\n"
    (site / "schemas/goal.schema.json").write_text(GOAL_SCHEMA.replace("goals", "aims"), encoding="utf-8")
    main(["editor"])
    assert capsys.readouterr().out.splitlines() == [
        "Updated .vscode/schemas/goal.schema.json",
        "Updated .vscode/schemas/collections.schema.json",
        "Updated .vscode/settings.json",
    ]


def test_first_lines_that_name_a_schema_without_ids_are_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "# yaml-language-server: $schema=%s\r\n"
    start = "# Teams.\r\nteams:\r\n  - {id: ops, name: Operations}\r\n"
    others = {
        "sources/roles.yaml": "# yaml-language-server: $schema=https://example.com/role.json\nroles: []\n",
        "tools_inventory.yaml": f"# $schema=schemas/tool.schema.json\n{TOOL}",
    }
    monkeypatch.chdir(write_site(tmp_path, others))
    teams = tmp_path / "sources/teams.yaml"
    teams.write_bytes((line % "../schemas/collections.schema.json" + start).encode())
    assert main(["editor"]) == 0
    assert teams.read_bytes() == (line % "../.vscode/schemas/collections.schema.json" + start).encode()
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in others} == others


def test_a_first_line_that_is_no_text_stays(site: Path) -> None:
    teams = site / "sources/teams.yaml"
    teams.parent.mkdir(exist_ok=True)
    teams.write_bytes(b"# yaml-language-server: $schema=schemas/\xff.json\nteams: []\n")
    assert main(["editor"]) == 0
    assert b"schemas/\xff.json" in teams.read_bytes()


def ids(site: Path, kind: str) -> dict[str, str]:
    """The IDs of a kind that editors know, with their descriptions."""
    schema = json.loads((site / ".vscode/schemas/ids.schema.json").read_text(encoding="utf-8"))
    found = schema["$defs"][kind]
    return dict(zip(found.get("enum", ()), found.get("enumDescriptions", ()), strict=True))


def test_editors_know_the_ids_that_exist_and_a_new_one_changes_two_lines(site: Path) -> None:
    write_site(site, {"tools_inventory.yaml": TOOL})
    main(["editor"])
    assert ids(site, "tool") == {"linear": "Linear"}
    settings = json.loads((site / ".vscode/schemas/handbook.schema.json").read_text(encoding="utf-8"))
    assert "examples" not in settings["$defs"]["tool_of_job"], "an example can be an ID that does not exist"
    before = (site / ".vscode/schemas/ids.schema.json").read_text(encoding="utf-8").splitlines()
    write_site(
        site, {"tools_inventory.yaml": f"{TOOL}{TOOL.partition(':')[2].replace('inear', 'aunch')}"[:-1]}
    )
    main(["editor"])
    assert ids(site, "tool") == {"launch": "Launch", "linear": "Linear"}
    after = (site / ".vscode/schemas/ids.schema.json").read_text(encoding="utf-8").splitlines()
    assert set(before) <= set(after)
    assert len(after) == len(before) + 2


def test_a_new_entry_is_known_at_once(site: Path) -> None:
    main(["editor"])
    assert main(["new", "goal", "faster"]) == 0
    assert list(ids(site, "goal")) == ["faster"]


def test_inside_a_namespace_the_last_part_of_an_id_is_enough(site: Path) -> None:
    metric = "name: Activation\nsummary: Share.\n"
    settings = "namespaces: {payments: Payments}\n"
    write_site(site, {"sources/handbook.yaml": settings, "sources/metrics/payments/activation.yaml": metric})
    main(["editor"])
    assert ids(site, "metric") == {"activation": "Activation", "payments/activation": "Activation"}


def test_with_an_unreadable_file_any_id_can_be_right(site: Path) -> None:
    write_site(site, {"tools_inventory.yaml": TOOL, "sources/tools/miro.yaml": "name: [\n"})
    main(["editor"])
    assert ids(site, "tool") == {}


def test_the_tasks_of_a_company_stay_and_ours_are_updated(site: Path) -> None:
    own = {"label": "Serve", "command": "npm start"}
    old = {"label": "Handbook: check", "command": "handbook check"}
    tasks = site / ".vscode/tasks.json"
    write_site(
        site, {".vscode/tasks.json": json.dumps({"version": "2.0.0", "inputs": [], "tasks": [own, old]})}
    )
    main(["editor"])
    found = json.loads(tasks.read_text(encoding="utf-8"))
    assert found["inputs"] == []
    assert found["tasks"][0] == own
    assert [task["command"] for task in found["tasks"][1:]] == [
        "handbook validate . --format text",
        "handbook editor",
    ]
    tasks.write_text("{} // ours", encoding="utf-8")
    assert main(["editor"]) == 0
    assert tasks.read_text(encoding="utf-8") == "{} // ours"


def test_the_task_finds_every_finding_of_the_check(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["editor"])
    task = json.loads((site / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"][0]
    alike = "".join(f"- [{number}](gone-{number}.md)\n" for number in range(50))
    tools = TOOL.replace("status", "state")
    write_site(site, {"tools_inventory.yaml": tools, "docs/alike.md": f"# Alike\n\n{alike}"})
    capsys.readouterr()
    assert main(shlex.split(task["command"])[1:]) == 1
    matcher = task["problemMatcher"]["pattern"]
    found = re.findall(matcher["regexp"], capsys.readouterr().out, re.MULTILINE)
    assert ("tools_inventory.yaml", "6", "5") in [each[:3] for each in found]
    assert sum(each[0] == "docs/alike.md" and each[3] == "HB208" for each in found) == 50


def test_other_settings_stay(site: Path) -> None:
    settings = site / ".vscode/settings.json"
    others = {"schemas/ci.json": ".ci.yaml", "https://example.com/x.schema.json": "x.yaml"}
    old = {"editor.tabSize": 2, "yaml.schemas": {**others, "schemas/old.schema.json": ["sources/old.yaml"]}}
    settings.parent.mkdir()
    settings.write_text(json.dumps(old), encoding="utf-8")
    extensions = site / ".vscode/extensions.json"
    extensions.write_text("{}", encoding="utf-8")
    main(["editor"])
    new = json.loads(settings.read_text(encoding="utf-8"))
    assert new["editor.tabSize"] == 2
    assert others.items() <= new["yaml.schemas"].items()
    assert "schemas/old.schema.json" not in new["yaml.schemas"]
    assert extensions.read_text(encoding="utf-8") == "{}"


UNUSABLE = {
    "a comment": '{"a": 1} // ours',
    "a list": "[]",
    "another value": '{"yaml.schemas": 1}',
    "nothing": "",
    "many brackets": "[" * 100_000,
    "half a character": r'{"a": "\ud800"}',
    "a large number": '{"a": 1e999}',
}


@pytest.mark.parametrize("text", UNUSABLE.values(), ids=UNUSABLE)
def test_settings_that_cannot_be_added_to_stay_and_one_line_says_so(
    site: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    settings = site / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text(text, encoding="utf-8")
    assert main(["editor"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("handbook: error: .vscode/settings.json is not plain JSON")
    assert settings.read_text(encoding="utf-8") == text
    assert sorted(path.name for path in settings.parent.iterdir()) == ["settings.json"]


@pytest.mark.parametrize("text", UNUSABLE.values(), ids=UNUSABLE)
def test_tasks_that_cannot_be_kept_stay(site: Path, text: str) -> None:
    tasks = site / ".vscode/tasks.json"
    write_site(site, {".vscode/tasks.json": text.replace('"yaml.schemas"', '"tasks"')})
    before = tasks.read_bytes()
    assert main(["editor"]) == 0
    assert tasks.read_bytes() == before


def test_a_wrong_schema_is_to_be_fixed_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "schemas/goal.schema.json").write_text("{", encoding="utf-8")
    assert main(["editor"]) == 2
    assert "A schema is invalid" in capsys.readouterr().err
