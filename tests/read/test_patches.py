"""Patches of schemas are JSON Merge Patches, which can also change a list of names."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from handbook.read.files import Site
from handbook.read.schemas import kinds
from handbook.read.schemas.checking import check_schemas
from handbook.read.schemas.kinds import read_schema_files
from handbook.read.schemas.patches import patched
from handbook.read.sources import read_context
from handbook.read.yaml.document import read_text
from handbook.write.editor import outdated_editor_files
from tests.conftest import MakeSite
from tests.sites import ROOT

RFC_7396 = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]
"""The examples of the standard whose patch is a mapping."""


def result(base: Any, patch: Any) -> tuple[Any, list[str]]:
    """The patched value, and what doesn't fit."""
    found = patched(read_text(json.dumps(base)), read_text(json.dumps(patch)), "a.patch.json")
    assert json.loads(found.document.text) == found.document.value
    return found.document.value, [misfit.pointer for misfit in found.misfits]


@pytest.mark.parametrize(("base", "patch", "expected"), RFC_7396)
def test_a_patch_gives_what_the_standard_says(base: Any, patch: Any, expected: Any) -> None:
    assert result(base, patch)[0] == expected


def test_a_list_of_names_is_replaced_by_a_list_and_changed_by_a_mapping() -> None:
    base = {"required": ["a", "b"]}
    assert result(base, {"required": ["c"]}) == ({"required": ["c"]}, [])
    assert result(base, {"required": {"a": None, "c": True}}) == ({"required": ["b", "c"]}, [])
    assert result({}, {"enum": {"a": True}}) == ({"enum": ["a"]}, [])
    assert result(base, {"required": {"z": None}}) == (base, ["/required/z"])


def test_a_field_that_has_the_name_of_a_keyword_is_a_field() -> None:
    base = {"properties": {"required": {"type": "boolean"}}}
    expected = {"properties": {"required": {"type": "string", "title": "Required"}}}
    assert result(base, {"properties": {"required": {"type": "string", "title": "Required"}}}) == (
        expected,
        [],
    )


def test_nothing_requires_a_field_that_is_removed() -> None:
    base = {
        "properties": {"a": {}, "b": {}},
        "required": ["a", "b"],
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        "allOf": [{"if": {"required": ["a"]}, "then": {"required": ["a", "b"]}}],
        "dependentRequired": {"a": ["b"], "b": ["a"]},
    }
    assert result(base, {"properties": {"a": None}}) == (
        {
            "properties": {"b": {}},
            "required": ["b"],
            "anyOf": [{"required": ["b"]}],
            "allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}],
            "dependentRequired": {"b": []},
        },
        [],
    )


def vendor(site: Site) -> tuple[Any, list[str]]:
    """The title of a field that a patch changes, and what is wrong with the schemas."""
    files = read_schema_files(site)
    tool = next(file for file in files if file.name == "tool.schema.json")
    value: Any = tool.document.value
    return value["properties"]["vendor"].get("title"), [
        problem.message for problem in check_schemas(tuple(files)).problems
    ]


PATCH = '{"properties": {"vendor": {"title": "Supplier"}}}'


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_patch_applies_over_an_unchanged_copy_of_a_shipped_schema(
    make_site: MakeSite, line_end: str
) -> None:
    copy = (ROOT / "schemas/tool.schema.json").read_text(encoding="utf-8").replace("\n", line_end)
    site = make_site({"schemas/tool.schema.json": copy.encode(), "schemas/tool.patch.json": PATCH})
    assert vendor(site) == ("Supplier", [])
    changed = copy.replace('"Vendor"', '"Maker"', 1)
    assert changed != copy
    site = make_site({"schemas/tool.schema.json": changed.encode()})
    assert vendor(site) == ("Maker", ["The schema `tool` is your own"])


def test_in_a_checkout_of_the_engine_a_patch_applies_over_the_shipped_folder(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = {f"schemas/{path.name}": path.read_bytes() for path in (ROOT / "schemas").iterdir()}
    site = make_site({**shipped, "schemas/tool.patch.json": PATCH})
    monkeypatch.setattr(kinds, "installed", lambda folder: [site.root / folder])
    assert vendor(site) == ("Supplier", [])
    # Editors need copies: the shipped files stay as they are.
    texts = {
        path: new for path, (_, new) in outdated_editor_files(read_context(site, date(2026, 1, 1))).items()
    }
    assert b"Supplier" in texts[".vscode/schemas/tool.schema.json"]
    assert not [path for path in texts if path.startswith("schemas/")]
