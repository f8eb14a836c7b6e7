"""What an editor is told about the files: by their first line, and by settings for new ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handbook.check.schema_files import check_schemas
from handbook.read.kinds import Kind, read_schema_files
from handbook.read.settings import SETTINGS_FILE
from tests.sites import ROOT

KINDS = check_schemas(tuple(read_schema_files(ROOT))).kinds
SOURCES = [ROOT / "tools_inventory.yaml", *sorted((ROOT / "sources").rglob("*.yaml"))]
COLLECTIONS = json.loads((ROOT / "schemas/collections.schema.json").read_text(encoding="utf-8"))


def schema_of(path: str) -> str:
    """The schema that describes a file of the handbook, or what stands in a folder."""
    if path == SETTINGS_FILE:
        return "schemas/handbook.schema.json"
    kind = next(kind for kind in KINDS.values() for source in kind.sources if path.startswith(source))
    is_collection = path in kind.sources and path.endswith(".yaml")
    return f"schemas/{'collections' if is_collection else kind.name}.schema.json"


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
    assert mapped == {*wanted, (schema_of(SETTINGS_FILE), SETTINGS_FILE)}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_schema_of_collections_knows_every_kind(kind: Kind) -> None:
    lists: dict[str, Any] = COLLECTIONS["properties"]
    assert lists[kind.plural] == {
        "title": kind.title,
        "type": ["array", "null"],
        "items": {"$ref": f"{kind.name}.schema.json", "required": ["id"]},
    }
