"""`handbook editor`: what editors need is put in place, and what is there already stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.cli import main
from tests.shipped_kinds import KINDS
from tests.sites import GOAL_SCHEMA, copy_shipped_site, write_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one schema of its own, in which commands run."""
    monkeypatch.chdir(tmp_path)
    return write_site(tmp_path, {"schemas/goal.schema.json": GOAL_SCHEMA})


def test_a_site_that_takes_schemas_from_the_engine_gets_copies_of_all_in_force(site: Path) -> None:
    assert main(["editor"]) == 0
    copies = {path.name for path in (site / ".vscode/schemas").iterdir()}
    in_force = (*KINDS, "goal", "common", "handbook", "page", "collections")
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


def test_a_site_that_has_every_schema_gets_no_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_shipped_site(tmp_path))
    main(["editor"])
    assert not (tmp_path / ".vscode/schemas").exists()


def test_a_stale_schema_of_collections_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_shipped_site(tmp_path)
    monkeypatch.chdir(site)
    schema = site / "schemas/role.schema.json"
    schema.write_text(schema.read_text(encoding="utf-8").replace('"roles"', '"jobs"', 1), encoding="utf-8")
    assert main(["validate"]) == 2
    assert main(["editor"]) == 0
    text = (site / "schemas/collections.schema.json").read_text(encoding="utf-8")
    assert '"jobs": {' in text
    assert '"roles": {' not in text


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


@pytest.mark.parametrize("text", ['{"a": 1} // ours', "[]", '{"yaml.schemas": 1}', ""])
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


def test_a_wrong_schema_is_to_be_fixed_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "schemas/goal.schema.json").write_text("{", encoding="utf-8")
    assert main(["editor"]) == 2
    assert "A schema is invalid" in capsys.readouterr().err
