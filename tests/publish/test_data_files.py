"""The site publishes its entries as JSON and CSV, with the schemas that describe them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from handbook.loaded.handbook import Handbook
from handbook.output.entries.schemas import described
from handbook.publish.data import data_files
from tests.shipped import load_shipped
from tests.shipped_kinds import KINDS


@cache
def files_for(audience: str) -> Mapping[str, str]:
    """The data of this repository's handbook for an audience, by path."""
    handbook: Handbook = load_shipped(audience)
    return {path: text.decode("utf-8-sig") for path, text in data_files(handbook).items()}


def mistakes(files: Mapping[str, str]) -> list[str]:
    """What the published schemas have to say against the published files, at addresses of a web server."""
    base = "https://handbook.example/"
    resources = [
        (f"{base}{path}", Resource.from_contents({**json.loads(text), "$id": f"{base}{path}"}))
        for path, text in files.items()
        if path.endswith(".schema.json")
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    found = []
    for path, text in files.items():
        if path.endswith(".json") and not path.endswith(".schema.json"):
            value = json.loads(text)
            schema = registry.contents(f"{base}data/{value['$schema']}")
            checker = Draft202012Validator(schema, registry=registry)
            found += [f"{path}{error.json_path}: {error.message}" for error in checker.iter_errors(value)]
    return found


@pytest.mark.parametrize("audience", ["internal", "restricted"])
def test_the_published_schemas_describe_the_published_entries(audience: str) -> None:
    files = files_for(audience)
    assert len([path for path in files if path.endswith(".csv")]) > 10
    assert mistakes(files) == []


def test_a_schema_that_does_not_describe_the_entries_is_noticed() -> None:
    files = dict(files_for("internal"))
    files["data/tools.json"] = files["data/tools.json"].replace('"status": "active"', '"status": "busy"', 1)
    assert len(mistakes(files)) == 1


def test_schemas_do_not_tell_of_fields_that_are_hidden() -> None:
    schema = KINDS["tool"].resolver.file
    assert '"cost"' in files_for("internal")[f"data/{schema}"]
    handbook = load_shipped("internal")
    public = described([handbook.catalogue.kind("tool")], "public")
    assert "cost" not in public[schema]["properties"]
    assert "common.schema.json" in public


def test_the_built_site_has_every_kind_and_links_to_it(shipped_build: Path) -> None:
    expected = files_for("internal")
    for path, text in expected.items():
        # Spreadsheets need a byte order mark.
        mark = "\ufeff" if path.endswith(".csv") else ""
        assert (shipped_build / path).read_text(encoding="utf-8") == mark + text, path
    for kind in KINDS.values():
        if f"data/{kind.plural}.csv" in expected:
            page = (shipped_build / kind.page / "index.html").read_text(encoding="utf-8")
            links = re.findall(r'href="([^"]*/data/[^"/]+)"', html.unescape(page))
            up = "../" * (kind.page.count("/") + 1)
            assert links == [f"{up}data/{kind.plural}.csv", f"{up}data/{kind.plural}.json"]


def test_the_csv_has_a_row_for_each_entry_with_all_columns() -> None:
    files = files_for("internal")
    for path, text in files.items():
        if path.endswith(".csv"):
            head, *rows = csv.reader(io.StringIO(text, newline=""))
            entries = json.loads(files[path.replace(".csv", ".json")])["entries"]
            assert len(set(head)) == len(head), path
            assert [len(row) for row in rows] == [len(head)] * len(entries), path
