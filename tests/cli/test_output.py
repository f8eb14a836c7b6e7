"""How findings leave a command: coloured for a terminal, plain elsewhere, readable in any encoding."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.report import Report, Summary
from handbook.base.span import Span
from handbook.cli.errors import UsageError
from handbook.cli.output import exit_code, may_colour, write_report

REPORT = Report(
    [Finding("a.yaml", Span(), "HB104", Severity.ERROR, "`é` is wrong")],
    {},
    Summary(1, 1, errors=1, warnings=0),
)


class Terminal(io.StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (io.StringIO(), {"TERM": "xterm"}, False),
        (io.StringIO(), {"TERM": "xterm", "FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals_and_for_who_wants_them(
    stream: io.StringIO, environment: dict[str, str], *, expected: bool
) -> None:
    assert may_colour(stream, environment) is expected


def test_a_terminal_without_a_name_has_colours_except_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert may_colour(Terminal(), {})
    monkeypatch.setattr(os, "name", "nt")
    assert not may_colour(Terminal(), {})
    assert may_colour(Terminal(), {"WT_SESSION": "1"})


def test_text_is_coloured_on_a_terminal_and_plain_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for stream, coloured in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stdout", stream)
        write_report(REPORT)
        assert ("\x1b[" in stream.getvalue()) is coloured


def test_what_the_output_cannot_encode_is_written_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.txt"
    with path.open("w", encoding="ascii") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        write_report(REPORT)
    assert "`\\xe9` is wrong" in path.read_text(encoding="ascii")


@pytest.mark.parametrize(
    ("errors", "warnings", "strict", "expected"),
    [(0, 0, True, 0), (0, 1, False, 0), (0, 1, True, 1), (1, 0, False, 1), (1, 1, True, 1)],
)
def test_errors_end_with_1_and_warnings_only_in_strict_mode(
    errors: int, warnings: int, expected: int, *, strict: bool
) -> None:
    assert exit_code(Report([], {}, Summary(1, 1, errors, warnings)), strict=strict) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("github", "team/handbook/a.yaml"), ("gitlab", "team/handbook/a.yaml"), ("json", '"a.yaml"')],
)
def test_servers_are_told_paths_from_the_root_of_the_repository(
    name: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "team/handbook"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    write_report(REPORT, name, folder)
    assert expected in capsys.readouterr().out


def test_outside_a_repository_paths_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    write_report(REPORT, "github", Path("/"))
    assert "file=a.yaml," in capsys.readouterr().out


@pytest.mark.parametrize(("name", "expected"), [("github", 1), ("text", 0)])
def test_the_summary_of_the_step_is_appended_for_github_alone(
    name: str, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    write_report(REPORT, name)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.count("## Handbook") == expected


def test_a_summary_that_cannot_be_written_is_said_after_the_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    with pytest.raises(UsageError, match="Could not write the job summary: Is a directory"):
        write_report(REPORT, "github")
    assert "::error file=" in capsys.readouterr().out
