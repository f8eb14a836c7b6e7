"""What an editor is told about the files: by their first line, and by settings for new ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.read.schemas.kinds import GONE_FILE
from handbook.read.settings import SETTINGS_FILE
from tests.shipped_kinds import KINDS
from tests.sites import ROOT, copy_shipped_site

SOURCES = [ROOT / "tools_inventory.yaml", *sorted((ROOT / "sources").rglob("*.yaml"))]


def schema_of(path: str) -> str:
    """The schema that describes a file of the handbook, or what stands in a folder."""
    if path == SETTINGS_FILE:
        return ".vscode/schemas/handbook.schema.json"
    if path == GONE_FILE:
        return ".vscode/schemas/gone.schema.json"
    kind = next(kind for kind in KINDS.values() for source in kind.sources if path.startswith(source))
    is_collection = path in kind.sources and path.endswith(".yaml")
    return f".vscode/schemas/{'collections' if is_collection else kind.name}.schema.json"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_first_line_of_every_source_names_the_schema_of_its_kind(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    start = "# yaml-language-server: $schema="
    assert first.startswith(start)
    schema = (path.parent / first.removeprefix(start)).resolve()
    assert schema == ROOT / schema_of(path.relative_to(ROOT).as_posix())


def test_every_file_and_folder_of_every_kind_is_mapped_to_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    mapped = {
        (schema, pattern)
        for schema, patterns in settings["yaml.schemas"].items()
        for pattern in ([patterns] if isinstance(patterns, str) else patterns)
    }
    wanted = {
        (schema_of(source), source + ("**/*.yaml" if source.endswith("/") else ""))
        for kind in KINDS.values()
        for source in kind.sources
    }
    assert mapped == {*wanted, *((schema_of(path), path) for path in (SETTINGS_FILE, GONE_FILE))}


def test_what_editors_are_told_is_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = copy_shipped_site(tmp_path)
    monkeypatch.chdir(site)
    assert main(["editor"]) == 0
    assert capsys.readouterr().out == "Editor settings are up to date.\n", "run `handbook editor`"
