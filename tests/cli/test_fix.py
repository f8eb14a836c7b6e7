"""`handbook validate --fix`, `--unsafe-fixes` and `--diff`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handbook.check.code_owners import BEGIN, END
from handbook.cli import main
from tests.sites import TOOL, write_site
from tests.trees import tree

TEAM = "teams:\n  - {id: data, name: Data, summary: Keeps metrics., reviewers: ['@x/data']}\n"
OWNED = f"{TOOL}    owner: data\n"
OWNERS = f"# Ours\r\n{BEGIN}\r\n/old.yaml @x/old\r\n{END}\r\n/last @x/last\r\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A handbook in a part of a repository, with an outdated list of code owners."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "CODEOWNERS").write_bytes(OWNERS.encode())
    return write_site(tmp_path / "site", {"tools_inventory.yaml": OWNED, "sources/teams.yaml": TEAM})


def test_what_has_one_right_answer_is_corrected_and_said(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--fix", str(site)]) == 0
    assert capsys.readouterr().out == (
        "../CODEOWNERS:3:1: HB328 fixed: Code owners differ from the owners in the handbook\n"
        "Fixed 1 problem in 1 file.\n"
        "Checked 2 entries in 2 files: no problems found.\n"
    )
    assert (site / "../CODEOWNERS").read_bytes().decode() == (
        OWNERS.replace("/old.yaml @x/old", "/site/tools_inventory.yaml @x/data")
    )
    before = tree(site.parent)
    assert main(["validate", "--fix", str(site)]) == 0
    assert tree(site.parent) == before


def test_a_patch_changes_nothing_and_git_applies_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(site.parent)
    assert main(["validate", "--diff", str(site)]) == 1
    assert tree(site.parent) == before
    shown = capsys.readouterr()
    assert shown.err.endswith("Can fix 1 problem in 1 file.\n")
    subprocess.run(
        ["git", "apply", "-"], cwd=site.parent, input=shown.out.encode(), check=True, env={"GIT_DIR": "x"}
    )
    assert main(["validate", str(site)]) == 0


def test_a_likely_correction_that_was_rejected_is_not_offered_again(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "tools_inventory.yaml").write_text("tools:\n  Our own tools.\n  - id: a\n")
    before = tree(site)
    assert main(["validate", "--fix", str(site), "--select", "HB004"]) == 1
    assert "1 likely correction more with `--unsafe-fixes`." in capsys.readouterr().out
    assert main(["validate", "--fix", "--unsafe-fixes", str(site), "--select", "HB004"]) == 1
    assert "likely" not in capsys.readouterr().out
    assert tree(site) == before


def test_after_a_correction_of_the_settings_nothing_is_said_that_it_solved(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {"docs/index.md": "# Home\n", "docs/travel/pay.md": "# Pay\n"}
    nav = "nav: [index.md, Tools: tools/, Teams: teams/, Travel: travel]\n"
    strict = "validation: {nav: {omitted_files: warn}}\n"
    write_site(site, {**pages, "mkdocs.yml": f"site_name: Test\n{nav}{strict}"})
    assert main(["validate", "--fix", "--select", "HB6", str(site)]) == 0
    assert capsys.readouterr().out.endswith(
        "Fixed 1 problem in 1 file.\nChecked 2 entries in 2 files: no problems found.\n"
    )


@pytest.mark.parametrize("options", [["--ignore", "HB3"], ["--select", "HB1"], ["sources"]], ids=" ".join)
def test_only_what_is_asked_for_is_corrected(
    options: list[str], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    before = tree(site.parent)
    assert main(["validate", "--fix", *options]) == 0
    assert tree(site.parent) == before


def test_a_file_that_may_not_be_written_stays(site: Path) -> None:
    (site / "../CODEOWNERS").chmod(0o444)
    before = tree(site.parent)
    assert main(["validate", "--fix", str(site)]) == 1
    assert tree(site.parent) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--unsafe-fixes"], "`--unsafe-fixes` needs `--fix` or `--diff`"),
        (["--diff", "--format", "json"], "`--diff` prints a patch"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    options: list[str], said: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", *options, str(site)]) == 2
    assert said in capsys.readouterr().err


def test_other_formats_stay_readable(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--fix", "--format", "json", str(site)]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("{")
    assert "Fixed 1 problem in 1 file." in shown.err


def test_corrections_that_are_left_out_are_said(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a second status, so correcting the first one leads to another error."""
    tool = "name: A\nsummary: Plans.\ncategory: roadmap\nstatus: trial\nstatus:active\n"
    write_site(site, {f"sources/tools/{name}.yaml": tool for name in "abcd"})
    before = tree(site)
    assert main(["validate", "--fix", "--ignore", "HB328", str(site)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Left out 4 corrections that would lead to other problems.\nsources/")
    monkeypatch.setattr("handbook.loaded.fixing._MOST_FAILURES", 3)
    assert main(["validate", "--fix", "--ignore", "HB328", str(site)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Left out 1 correction that would lead to other problems."
    assert lines[1].startswith("Left out 3 corrections after too many such trials.")
    assert tree(site) == before
