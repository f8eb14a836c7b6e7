"""The command line: what it prints and how it ends."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from handbook import __version__
from handbook.cli import main
from tests.conftest import Command
from tests.sites import TOOL, run, write_site


def test_a_sound_handbook_ends_with_0_and_says_what_was_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(write_site(tmp_path, {}))]) == 0
    assert capsys.readouterr().out == "Checked 1 entry in 1 file: no problems found.\n"


def test_findings_end_with_1_and_say_place_line_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOL.replace("status: trial", "statu: trial")})
    assert main(["validate", str(site)]) == 1
    assert capsys.readouterr().out == (
        "tools_inventory.yaml:6:5: HB102 error: Unknown field `statu` in tool\n"
        "   6 |     statu: trial\n"
        "     |     ^^^^^\n"
        "  hint: Did you mean `status`?\n"
        "\n"
        "Found 1 error in 1 file.\n"
        "`handbook validate --fix` can correct 1 of these; `--diff` shows how.\n"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["valdiate"], "invalid choice: 'valdiate'. Did you mean `validate`?"),
        (
            ["validate", "--format", "gitab"],
            "argument --format: invalid choice: 'gitab'. Did you mean `gitlab`?",
        ),
        (["validate", "--fromat", "json"], "unrecognized arguments: --fromat. Did you mean `--format`?"),
    ],
)
def test_a_misspelt_word_of_the_command_is_answered_with_the_closest_one(
    words: list[str], expected: str, tmp_path: Path, command: Command
) -> None:
    done = command(write_site(tmp_path, {}), *words)
    assert done.returncode == 2
    assert expected in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_command_alone_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out = capsys.readouterr().out
    assert "validate" in out
    assert "--version" in out


def test_it_works_from_a_folder_inside_the_site(tmp_path: Path, command: Command) -> None:
    site = write_site(tmp_path, {})
    assert command(site / "docs", "validate").returncode == 0


def test_outside_a_handbook_one_line_says_so_and_it_ends_with_2(tmp_path: Path) -> None:
    done = run(tmp_path, "validate")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Missing mkdocs.yml in this folder" in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["validat"], ["build", "--engine", "hugo"], ["validate", "--nonsense"]], ids=" ".join
)
def test_a_wrong_call_ends_with_2_and_one_line(
    tmp_path: Path, command: Command, arguments: list[str]
) -> None:
    done = command(write_site(tmp_path, {}), *(arguments or ["--"]))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_the_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"handbook {__version__}\n"


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": "tools:\n" + "  - x\n" * 3000})
    command = f"{sys.executable} -m handbook validate | head -n 1"
    done = subprocess.run(command, shell=True, cwd=site, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_a_missing_folder_is_one_line(tmp_path: Path, command: Command) -> None:
    done = command(tmp_path, "validate", "nowhere")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("day", "codes"), [("2026-11-22", []), ("2026-11-23", ["HB305"])])
def test_rules_about_dates_go_by_the_day_that_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, codes: list[str]
) -> None:
    review = "    review: {last: 2026-01-01, next: 2026-11-22}\n"
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOL + review})
    assert main(["validate", str(site), "--as-of", day]) == 0
    assert re.findall(r"HB\d+", capsys.readouterr().out) == codes


def test_a_day_that_is_none_is_one_line(tmp_path: Path, command: Command) -> None:
    done = command(write_site(tmp_path, {}), "validate", "--as-of", "tomorrow")
    assert done.returncode == 2
    assert "tomorrow is not a valid date; use YYYY-MM-DD" in done.stderr
