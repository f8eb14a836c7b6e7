"""`handbook export`: what Backstage reads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.cli import main
from tests.sites import CONFIG, write_site

_TEAMS = "teams:\n  - {id: ops, name: Operations, summary: Keeps it right.}\n"
_TOOL = """  - id: {id}
    name: {name}
    summary: Where {name} is <b>used</b>.
    category: roadmap
    status: {status}
    tags: [day-one]
"""
_LONG = "a" * 70
FILES = {
    "mkdocs.yml": f"{CONFIG}site_url: https://example.org/a/\nnav:\n- Home: index.md\n- 'A&B': tools/\n",
    "sources/teams.yaml": _TEAMS,
    "docs/index.md": "---\nicon: lucide/house\nowner: ops\n---\n# Home\n\nicon: us\n\n{{ tools_table() }}\n",
    "docs/secret.md": "---\naudience: restricted\n---\n\n# Secret\n",
    "tools_inventory.yaml": "tools:\n"
    + _TOOL.format(id="linear", name="Linear", status="trial")
    + "    links: [{title: Us, url: index.md}, {title: Linear, url: 'https://linear.app'}]\n"
    + "    owner: ops\n    integrations:\n      - {tool: "
    + _LONG
    + ", direction: both, carries: Issues, how: native}\n"
    + _TOOL.format(id=_LONG, name="Long", status="trial")
    + _TOOL.format(id="jira", name="Jira", status="retired"),
}


def export(site: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.chdir(site)
    return main(["export", *words])


def entities(text: str) -> dict[tuple[str, str], Any]:
    return {(each["kind"], each["metadata"]["name"]): each for each in yaml.safe_load_all(text)}


def test_the_handbook_its_teams_and_the_tools_that_are_not_gone_are_entities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(write_site(tmp_path, FILES), monkeypatch, "backstage") == 0
    found = entities(capsys.readouterr().out)
    names = [name for kind, name in found if kind == "Resource"]
    assert [kind for kind, _ in found] == ["Component", "Group", "Group", "Resource", "Resource"]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 63 for _, name in found)
    assert "jira" not in names
    linear = found["Resource", "linear"]
    (other,) = (name for name in names if name != "linear")
    assert linear["spec"] == {
        "type": "roadmap",
        "owner": "group:default/ops",
        "lifecycle": "trial",
        "dependsOn": [f"resource:default/{other}"],
    }
    assert linear["metadata"]["tags"] == ["day-one"]
    assert [link["url"] for link in linear["metadata"]["links"]] == [
        "https://linear.app",
        "https://example.org/a/tools/linear/",
    ]
    assert found["Resource", other]["spec"]["owner"] == "group:default/unowned"
    assert ("Group", "unowned") in found


def test_a_folder_for_techdocs_has_all_pages_without_plugins_scripts_or_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write_site(tmp_path / "site", FILES)
    for _ in range(2):
        assert export(site, monkeypatch, "techdocs") == 0, capsys.readouterr()
    folder = site / "techdocs"
    settings = json.loads((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"] == ["techdocs-core"]
    assert "edit_uri" not in settings
    home = (folder / "docs/index.md").read_text(encoding="utf-8")
    assert "tools/linear/" in home
    assert "{{" not in home
    # The theme of TechDocs lacks our icons, and stops at one that it lacks.
    assert "lucide/" not in "".join(page.read_text(encoding="utf-8")[:300] for page in folder.rglob("*.md"))
    assert "icon: us" in home
    assert "owner" in home.split("---")[1]
    assert "&lt;b&gt;" in (folder / "docs/tools/linear.md").read_text(encoding="utf-8")
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert not [name for name in files if name.endswith((".js", ".markdown")) or "secret" in name]
    assert ("Component", "test") in entities((folder / "catalog-info.yaml").read_text(encoding="utf-8"))


def test_findings_stop_an_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = FILES["tools_inventory.yaml"].replace("trial", "Trial")
    assert export(write_site(tmp_path, {"tools_inventory.yaml": broken}), monkeypatch, "techdocs") == 1
    assert "HB104" in capsys.readouterr().out
    assert not (tmp_path / "techdocs").exists()
