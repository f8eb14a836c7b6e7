"""Installed templates are compiled once; those of a site, by each run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from handbook.read.icons import THEME
from handbook.render.compiled import compiled_installed

TEMPLATE = "partials/nav.html"


class _Counting(Environment):
    """Counts the templates that it compiles."""

    compiled = 0

    def _generate(self, *arguments: Any, **options: Any) -> str:
        self.compiled += 1
        return super()._generate(*arguments, **options)


def compilations(folder: Path, filters: Mapping[str, Any] = MappingProxyType({}), **options: Any) -> int:
    """Return how many templates a new process compiles to load one from a folder."""
    cache = compiled_installed.__wrapped__()
    environment = _Counting(loader=FileSystemLoader(folder), bytecode_cache=cache, **options)
    environment.filters |= filters
    environment.get_template(TEMPLATE)
    return environment.compiled


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder where Python keeps what it compiles."""
    folder = tmp_path / "kept"
    monkeypatch.setattr("sys.pycache_prefix", str(folder))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return folder


def test_an_installed_template_is_compiled_once_for_the_same_options() -> None:
    assert [compilations(THEME), compilations(THEME)] == [1, 0]
    assert [compilations(THEME, trim_blocks=True), compilations(THEME, autoescape=True)] == [1, 1]


@pytest.mark.parametrize("upper", [str.casefold, partial(str.upper), Counter])
def test_a_filter_of_a_plugin_is_part_of_what_is_compiled(upper: Any) -> None:
    assert [compilations(THEME), compilations(THEME, {"upper": upper})] == [1, 1]


def test_a_template_of_a_site_is_compiled_by_each_run(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / TEMPLATE
    copy.parent.mkdir()
    copy.write_bytes((THEME / TEMPLATE).read_bytes())
    assert [compilations(tmp_path), compilations(tmp_path)] == [1, 1]
    assert not kept.exists()


def test_without_a_place_to_write_each_run_compiles(kept: Path) -> None:
    kept.write_bytes(b"")
    assert [compilations(THEME), compilations(THEME)] == [1, 1]


def test_nothing_is_written_where_python_writes_nothing(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert compilations(THEME) == 1
    assert not kept.exists()


def test_a_damaged_file_is_replaced(kept: Path) -> None:
    compilations(THEME)
    (file,) = kept.rglob("*.code")
    file.write_bytes(file.read_bytes()[:40])
    assert [compilations(THEME), compilations(THEME)] == [1, 0]
