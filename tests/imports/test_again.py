"""`handbook import --again`: what a workflow runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.cli import main
from tests.sites import write_site

_FILE = "Name,Summary,Category,Status\nMiro,{},roadmap,trial\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that has imported a file once."""
    site = write_site(tmp_path, {"imports/tools.csv": _FILE.format("Draws boards.")})
    monkeypatch.chdir(site)
    assert main(["import", "tool", "imports/tools.csv"]) == 0
    return site


def test_each_file_with_a_mapping_is_imported_again(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inventory = site / "tools_inventory.yaml"
    before = inventory.read_text(encoding="utf-8")
    assert main(["import", "--again"]) == 0
    assert inventory.read_text(encoding="utf-8") == before
    (site / "imports/tools.csv").write_text(_FILE.format("Draws all boards."), encoding="utf-8")
    assert main(["import", "--again", "--format", "markdown"]) == 0
    assert inventory.read_text(encoding="utf-8") == before.replace("Draws boards", "Draws all boards")
    assert capsys.readouterr().err == ""


def test_what_has_no_file_is_said_and_two_files_are_a_question(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "imports/tools.csv").rename(site / "tools.csv")
    assert main(["import", "--again"]) == 0
    assert "imports/tools.yaml: No file of this name next to it" in capsys.readouterr().out
    for name in ("tools.csv", "tools.json"):
        (site / "imports" / name).touch()
    assert main(["import", "--again"]) == 2
    assert "`tools.csv` and `tools.json`" in capsys.readouterr().err


def test_without_a_file_or_with_both_the_command_says_what_to_write(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "tool"]) == 2
    assert main(["import", "--again", "tool"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "`handbook import tool tools.csv`" in first
    assert "Leave out the content type" in second
    assert site.is_dir()
