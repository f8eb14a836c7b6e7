"""Output that cannot be written, errors that cannot be told, and a command that is interrupted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from handbook.cli import INTERRUPTED, main
from handbook.write.errors import NotWrittenError
from handbook.write.files import put
from tests.sites import write_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_site(tmp_path, {}))
    return tmp_path


def closed_pipe() -> TextIO:
    """A pipe that is no longer read."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


@pytest.mark.parametrize("words", ["validate", "list tool --format csv", "rules", "--help", "new tool jira"])
def test_a_reader_that_has_gone_changes_nothing(
    words: str, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closed_pipe() as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        try:
            code = main(words.split())
        except SystemExit as ended:
            code = int(ended.code or 0)
    assert (code, capsys.readouterr().err) == (0, "")
    assert ("jira" in (site / "tools_inventory.yaml").read_text(encoding="utf-8")) == words.startswith("new")


@pytest.mark.usefixtures("site")
def test_a_closed_input_is_an_empty_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["apply", "-"]) == 2
    sys.stdin.close()
    assert "<stdin>:1:1: Empty proposal" in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_findings_fail_a_command_whose_output_no_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("tools_inventory.yaml").write_text("tools: 1\n", encoding="utf-8")
    with closed_pipe() as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["validate"]) == 1


@pytest.mark.usefixtures("site")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", ["validate", "list tool", "rules", "--help", "--version"])
def test_output_that_cannot_be_written_is_one_line(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(words.split()) == 2
    assert (
        capsys.readouterr().err == "handbook: error: Could not write the output: no space left on device.\n"
    )


@pytest.mark.usefixtures("site")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_errors_that_cannot_be_told_keep_their_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert main(["show", "tool", "nothing"]) == 2


def _caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), INTERRUPTED, ""),
        (_caused(RuntimeError("Error calling __set_name__"), KeyboardInterrupt()), INTERRUPTED, ""),
        (
            ModuleNotFoundError("No module named 'mkdocs.plugins'", name="mkdocs.plugins"),
            2,
            (
                "handbook: error: The Python package `mkdocs` can't be imported. Install the packages of the "
                "handbook again, such as with `pip install -r requirements.txt`.\n"
            ),
        ),
        (OSError(24, "Too many open files", "a.yaml"), 2, "handbook: error: a.yaml: Too many open files.\n"),
        (
            OSError(11, "Resource temporarily unavailable"),
            2,
            "handbook: error: Resource temporarily unavailable.\n",
        ),
    ],
)
def test_what_ends_a_command_is_at_most_one_line(
    error: BaseException,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("handbook.cli.validate.run", fail)
    assert (main(["validate"]), capsys.readouterr().err) == (code, told)


SWALLOWED = """
import signal, time
from handbook.cli import main, program

class Passing:
    def __del__(self):  # Python cannot raise what happens here.
        signal.raise_signal(signal.SIGINT)

def run(_):
    passing = Passing()
    del passing
    for _ in range(1000):
        time.sleep(0.01)

program.run = run
raise SystemExit(main())
"""


def test_an_interrupt_that_python_swallows_still_ends_the_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SWALLOWED], capture_output=True, text=True, timeout=120, check=False
    )
    assert (ended.returncode, ended.stderr) == (INTERRUPTED, "")


def test_a_file_that_has_changed_since_is_not_written_over(site: Path) -> None:
    file = site / "tools_inventory.yaml"
    before = file.read_bytes()
    file.write_bytes(before + b"# Theirs.\n")
    with pytest.raises(NotWrittenError, match=r"was changed by another process\. Run the command again"):
        put(site, "tools_inventory.yaml", b"tools: []\n", before)
    assert file.read_bytes() == before + b"# Theirs.\n"
    with pytest.raises(NotWrittenError, match="was changed by another process"):
        put(site, "tools_inventory.yaml", b"tools: []\n", b"")
    put(site, "tools_inventory.yaml", b"tools: []\n", before + b"# Theirs.\n")
    assert file.read_bytes() == b"tools: []\n"


def test_nothing_is_imported_before_an_interrupt_is_handled() -> None:
    names = "import sys, __future__; old = {*sys.modules}; import handbook.cli; print(*{*sys.modules} - old)"
    done = subprocess.run([sys.executable, "-c", names], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"handbook", "handbook.base", "handbook.base.version", "handbook.cli"}
