"""What others install, and what they read first."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from build import ProjectBuilder
from pyproject_hooks import quiet_subprocess_runner

from tests.conftest import Command
from tests.effort import FULL
from tests.sites import ROOT, copy_shipped_site


def install_with_all_it_needs(wheel: Path, folder: Path) -> tuple[list[str], dict[str, str]]:
    """The command in an empty environment with what is locked, as users have it."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [str(folder / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements/site.txt")], check=True)
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True)
    return [str(folder / "bin/handbook")], {}


def install_alone(wheel: Path, folder: Path) -> tuple[list[str], dict[str, str]]:
    """The command from a folder that comes before this environment, which has what it needs."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    assert (folder / "handbook/cli/__init__.py").is_file()
    return [sys.executable, "-m", "handbook"], {"PYTHONPATH": str(folder)}


def test_what_the_wheel_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements/site.txt").read_text(encoding="utf-8")
    names = {re.split(r"[^\w.-]", need)[0] for need in project["dependencies"]}
    assert names - set(re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)) == set()


@pytest.mark.slow
def test_the_wheel_builds_a_site_of_three_files(tmp_path: Path) -> None:
    """In an empty environment with `make test-all`; what fills one is locked, and takes long to install."""
    wheel = Path(ProjectBuilder(ROOT, runner=quiet_subprocess_runner).build("wheel", tmp_path / "dist"))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"handbook/schemas/tool.schema.json", "handbook/macros/tool.jinja", "handbook/py.typed"} <= names
    assert {f"handbook/macros/{path.name}" for path in (ROOT / "macros").glob("*.jinja")} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "docs"))]
    command, environment = (install_with_all_it_needs if FULL else install_alone)(
        wheel, tmp_path / "installed"
    )

    made = subprocess.run(
        [*command, "init", "new", "--company", "A", "--stage", "startup", "--yes"],
        cwd=tmp_path,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "new/.gitlab-ci.yml" in {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("new/*")}

    site = tmp_path / "three"
    (site / "docs").mkdir(parents=True)
    (site / "mkdocs.yml").write_text(
        "site_name: Three files\n"
        "site_url: ''\n"
        "theme: {name: material, font: false}\n"
        "plugins: [search, handbook, macros: {modules: [handbook.publish.page_macros]}]\n",
        encoding="utf-8",
    )
    (site / "tools_inventory.yaml").write_text(
        "tools:\n"
        "  - {id: linear, name: Linear, summary: Plans the work., category: roadmap, status: trial}\n",
        encoding="utf-8",
    )
    (site / "docs/index.md").write_text("# Home\n\n{{ tools_table() }}\n", encoding="utf-8")
    done = subprocess.run(
        [*command, "build", "--strict"],
        cwd=site,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert 'href="tools/linear/">Linear</a>' in (site / "site/index.html").read_text(encoding="utf-8")
    assert "Plans the work." in (site / "site/tools/linear/index.html").read_text(encoding="utf-8")


def test_the_finding_shown_in_the_readme_is_what_the_command_prints(tmp_path: Path, command: Command) -> None:
    shown = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    site = copy_shipped_site(tmp_path)
    inventory = site / "tools_inventory.yaml"
    text = inventory.read_text(encoding="utf-8")
    before, mixpanel, after = text.partition("  - id: mixpanel\n")
    wrong = after.replace("status: active", "status: sunst", 1)
    inventory.write_text(before + mixpanel + wrong, encoding="utf-8")
    assert shown[1] in command(site, "validate").stdout


def test_the_shipped_handbook_has_no_findings(command: Command) -> None:
    done = command(ROOT, "validate")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith(": no problems found.\n")


def test_no_lock_file_names_a_host() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock
    for lock in (ROOT / "requirements").rglob("package-lock.json"):
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert [name for name, package in packages.items() if name and "integrity" not in package] == []
