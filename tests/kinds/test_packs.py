"""Kind packs: installed packages with a content type, its figures and rules. As documented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from handbook.read.packs import PackError, packs
from tests.sites import ROOT, write_site

TEXT = (ROOT / "src/handbook/help/contribute/kinds.md").read_text(encoding="utf-8")
GOALS = """goals:
  - id: faster
    name: Faster reports
    summary: Reports open at once.
    quarter: 2027-q1
    key_results:
      - {id: wait, name: Seconds to wait, baseline: 3, target: 3, measured_by: product}
      - {id: use, name: Weekly users, baseline: 10, target: 30, measured_by: product}
"""
TEAMS = "teams: [{id: product, name: Product, summary: Builds it.}]\n"


def block(after: str, language: str) -> str:
    """A block of code of the page, the first after some words."""
    found = re.search(rf"{re.escape(after)}.*?```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found
    return found[1]


def install(folder: Path, name: str, files: Mapping[str, str]) -> Path:
    """Installs a package as pip does, with the entry point `handbook.kinds`."""
    module = name.replace("-", "_")
    written = {f"{module}/{path}": text for path, text in files.items()} | {
        f"{module}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{module}-1.0.dist-info/entry_points.txt": f"[handbook.kinds]\ngoal = {module}\n",
    }
    for path, text in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The documented package."""
    view = block("`macros/goal.jinja`:", "jinja") + block("To show the figure on the page", "jinja")
    files = {
        "__init__.py": block("`acme_goals/__init__.py`:", "python"),
        "schemas/goal.schema.json": block("`schemas/goal.schema.json`:", "json"),
        "macros/goal.jinja": view,
    }
    return install(tmp_path / "packages", "acme-goals", files)


def handbook(site: Path, packages: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs `handbook` with installed packages."""
    paths = os.pathsep.join([str(packages), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PYTHONPATH": paths, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}
    command = (sys.executable, "-m", "handbook", *words)
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False, env=environment)


def test_a_package_brings_a_content_type_with_a_figure_on_its_page_and_a_rule(
    tmp_path: Path, installed: Path
) -> None:
    site = write_site(tmp_path / "site", {"sources/goals.yaml": GOALS, "sources/teams.yaml": TEAMS})
    done = handbook(site, installed, "validate")
    assert "sources/goals.yaml:7:64: HB901 warning: The target is the baseline" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    built = handbook(site, installed, "build", "--site-dir", str(tmp_path / "built"))
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "built/goals/faster/index.html").read_text(encoding="utf-8")
    assert "1 of 2 key results double a value." in page
    (site / "sources/handbook.yaml").write_text("rules: {HB901: off}\n", encoding="utf-8")
    off = handbook(site, installed, "validate")
    assert (off.returncode, "HB901" in off.stdout) == (0, False)
    # Without the package, nothing knows goals.
    assert "HB206" in handbook(site, tmp_path / "nothing", "validate").stdout


def test_a_handbook_replaces_what_a_package_brings(tmp_path: Path, installed: Path) -> None:
    files = {
        "sources/goals.yaml": GOALS,
        "sources/teams.yaml": TEAMS,
        "macros/goal.jinja": "Ours: {{ entry.quarter }}\n",
    }
    site = write_site(tmp_path / "site", files)
    (site / "schemas").mkdir()
    schema = block("`schemas/goal.schema.json`:", "json").replace('"Goal"', '"Aim"')
    (site / "schemas/goal.schema.json").write_text(schema, encoding="utf-8")
    assert "Unknown aim `fast`" in handbook(site, installed, "show", "goal", "fast").stderr


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("1 / 0\n", "The kind pack acme-goals can't be imported: ZeroDivisionError: division by zero"),
        ("import nothing_of_this_name\n", "can't be imported: ModuleNotFoundError: No module named"),
        ("raise SystemExit('bye')\n", "can't be imported: SystemExit: bye"),
    ],
)
def test_a_package_that_cannot_be_imported_is_named_on_one_line(
    tmp_path: Path, module: str, message: str
) -> None:
    packages = install(tmp_path / "packages", "acme-goals", {"__init__.py": module})
    done = handbook(write_site(tmp_path / "site", {}), packages, "validate")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.startswith("handbook: error: ")
    assert done.stderr.count("\n") == 1


def test_two_packages_with_one_schema_are_both_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first-goals", "second-goals"):
        install(tmp_path, name, {"__init__.py": "", "schemas/goal.schema.json": "{}"})
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(PackError, match=r"first-goals and second-goals both have schemas/goal\.schema\.json"):
        packs()


@pytest.mark.parametrize("place", ["", ".", "lib"])
def test_nothing_in_the_repository_under_check_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    install(tmp_path / place, "evil-pack", {"__init__.py": "raise SystemExit"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [place, *sys.path])
    assert packs() == ()


def test_metadata_outside_cannot_name_a_module_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, packages = tmp_path / "site", tmp_path / "packages"
    install(packages, "evil-pack", {})
    (site / "evil_pack").mkdir(parents=True)
    (site / "evil_pack/__init__.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(site)
    monkeypatch.setattr(sys, "path", [str(site), str(packages), *sys.path])
    with pytest.raises(PackError, match="The kind pack evil-pack is in the repository under check"):
        packs()
