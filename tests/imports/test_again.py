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


def test_what_is_gone_and_has_no_state_for_it_stays_until_it_is_removed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site / "teams.csv"
    file.write_text("Team,Mission\nAlpha,Plans\nBeta,Builds\n", encoding="utf-8")
    assert main(["import", "team", str(file)]) == 0
    file.write_text("Team,Mission\nAlpha,Plans\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["import", "team", str(file)]) == 0
    assert "it stays until you run `handbook remove team beta`" in capsys.readouterr().out
    assert "beta" in (site / "sources/teams.yaml").read_text(encoding="utf-8")


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


def test_a_link_in_the_handbook_leads_to_no_other_file(
    site: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path_factory.mktemp("other") / "secret.csv"
    secret.write_text(_FILE.format("Nobody should read this."), encoding="utf-8")
    (site / "imports/tools.csv").unlink()
    (site / "imports/tools.csv").symlink_to(secret)
    assert main(["import", "--again"]) == 2
    assert "imports/tools.csv: Links to other files or folders are not followed" in capsys.readouterr().err
    moved = (site / "imports").rename(secret.parent / "imports")
    (site / "imports").symlink_to(moved)
    assert main(["import", "--again"]) == 2
    assert "imports: Links to other files or folders are not followed" in capsys.readouterr().err
    (site / "imports").unlink()
    moved.rename(site / "imports")
    folder = site / "imports/tools.d"
    (site / "imports/tools.csv").unlink()
    folder.mkdir()
    (folder / "a.yaml").symlink_to(secret)
    main(["import", "--again"])
    written = (path for path in site.rglob("*") if path.is_file() and not path.is_symlink())
    assert not any(b"Nobody" in path.read_bytes() for path in written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"entries": 1}',
        '{"entries": {"miro": {"from": 1}}}',
        '{"entries": {"miro": {"from": "miro", "fields": [1]}}}',
        '{"entries": {"miro": {"from": "miro", "fields": {"/name": 1}}}}',
        '{"entries": {"miro": {"from": "miro", "new": "yes"}}}',
        '{"entries": {"miro": {"from": "miro", "gone": 1}}}',
    ],
)
def test_a_broken_record_is_named(site: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (site / "imports/tools.lock.json").write_text(text, encoding="utf-8")
    assert main(["import", "--again"]) == 2
    assert "imports/tools.lock.json: " in capsys.readouterr().err
