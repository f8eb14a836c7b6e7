"""Modules that are loaded from one file are those that Python would load."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import handbook
from handbook.cli.modules import Modules

Run = Callable[[str], tuple[object, bool]]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The file of a command."""
    return tmp_path / "kept.sample"


@pytest.fixture
def run(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Import a module in a run of a command. Returns its value, and whether it was in the file."""
    monkeypatch.setattr("handbook.cli.modules.cache_from_source", lambda _: str(kept.with_suffix("")))
    monkeypatch.setattr(handbook, "__path__", [*handbook.__path__, str(kept.parent)])
    monkeypatch.setattr("sys.dont_write_bytecode", False)

    def import_it(name: str) -> tuple[object, bool]:
        importlib.invalidate_caches()
        modules = Modules("sample")
        with monkeypatch.context() as patched:
            patched.setattr(sys, "meta_path", [modules, *sys.meta_path])
            module = importlib.import_module(f"handbook.{name}")
        modules.keep()
        for each in [each for each in sys.modules if each.startswith("handbook.sample_")]:
            del sys.modules[each]
        assert module.__file__
        return module.VALUE, type(module.__spec__.loader).__module__ == "handbook.cli.modules"  # type: ignore[union-attr]

    return import_it


def test_a_module_comes_from_the_file_as_long_as_its_source_is_the_same(run: Run, kept: Path) -> None:
    source = kept.with_name("sample_module.py")
    source.write_text("VALUE = 1\n")
    assert run("sample_module") == (1, False)
    assert run("sample_module") == (1, True)
    source.write_text("VALUE = 22\n")
    assert run("sample_module") == (22, False)
    assert run("sample_module") == (22, True)
    source.unlink()
    with pytest.raises(ModuleNotFoundError):
        run("sample_module")


def test_a_package_from_the_file_has_its_modules(run: Run, kept: Path) -> None:
    package = kept.with_name("sample_package")
    package.mkdir()
    (package / "__init__.py").write_text("from handbook.sample_package.part import VALUE\n")
    (package / "part.py").write_text("VALUE = 1\n")
    assert [run("sample_package"), run("sample_package")] == [(1, False), (1, True)]


@pytest.mark.parametrize("content", [b"", b"\xff", b"N", b"(\x01\x00\x00\x00N"])
def test_without_a_usable_file_python_looks_for_the_module(run: Run, kept: Path, content: bytes) -> None:
    kept.with_name("sample_module.py").write_text("VALUE = 1\n")
    run("sample_module")
    kept.write_bytes(content)
    assert run("sample_module") == (1, False)


def test_a_copy_of_the_engine_loads_its_own_modules(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.with_name("sample_module.py").write_text("VALUE = 1\n")
    run("sample_module")
    monkeypatch.setattr("handbook.cli.modules.__file__", "elsewhere.py")
    assert run("sample_module") == (1, False)


def test_damaged_code_is_replaced(run: Run, kept: Path) -> None:
    kept.with_name("sample_module.py").write_text("VALUE = 77_777\n")
    run("sample_module")
    kept.write_bytes(
        kept.read_bytes().replace((77_777).to_bytes(4, "little"), (88_888).to_bytes(4, "little"))
    )
    assert [run("sample_module"), run("sample_module")] == [(77_777, False), (77_777, True)]


def test_a_full_disk_leaves_nothing_unfinished(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.with_name("sample_module.py").write_text("VALUE = 1\n")
    before = {*kept.parent.iterdir()}

    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.replace", full)
    run("sample_module")
    assert {*kept.parent.iterdir()} - before <= {kept.parent / "__pycache__"}
