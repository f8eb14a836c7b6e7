"""The baseline of known findings: what it hides, what it can't, and that it only shrinks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handbook.check.baseline import BASELINE
from handbook.loaded.handbook import load
from handbook.read.files import find_site
from tests.conftest import TODAY, Command
from tests.sites import TOOL, write_site

PAGE = "# Notes\n\n[A](a.md) and [again](a.md), [B](b.md)\n"
HOME = "---\nowner: alice\nreview: yearly\n---\n\n# Home\n\n## Open points\n\nTODO: write this\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with pages that were written before it was a handbook."""
    return write_site(
        tmp_path, {"docs/notes.md": PAGE, "docs/index.md": HOME, "sources/handbook.yaml": "limits: {}\n"}
    )


@pytest.fixture
def validate(site: Path, command: Command) -> Callable[..., str]:
    """Validates the site, and returns the summary."""

    def call(*options: str, code: int = 0) -> str:
        done = command(site, "validate", *options)
        assert done.returncode == code, done.stdout + done.stderr
        return next(line for line in done.stdout.splitlines() if line.startswith(("Found", "Checked")))

    return call


def known(site: Path) -> list[dict[str, Any]]:
    """The findings in the baseline."""
    found: list[dict[str, Any]] = json.loads((site / BASELINE).read_text(encoding="utf-8"))["findings"]
    return found


def test_known_findings_are_counted_and_not_reported(site: Path, validate: Callable[..., str]) -> None:
    assert validate(code=1) == "Found 6 errors and 1 warning in 2 files."
    assert validate("--write-baseline").endswith("no problems found. 7 known findings are in the baseline.")
    assert {(item["path"], item["code"], item["count"]) for item in known(site)} == {
        ("docs/index.md", "HB103", 1),
        ("docs/index.md", "HB201", 1),
        ("docs/index.md", "HB312", 1),
        ("docs/notes.md", "HB208", 1),
        ("docs/notes.md", "HB208", 2),
        ("docs/notes.md", "HB324", 1),
    }
    handbook = load(find_site(site), TODAY)
    assert handbook.report.summary._asdict() == {
        "files": 2,
        "entries": 1,
        "errors": 0,
        "warnings": 0,
        "known": 7,
    }
    assert handbook.is_sound


def test_a_known_finding_can_move_and_a_new_one_is_reported(site: Path, validate: Callable[..., str]) -> None:
    validate("--write-baseline")
    page = site / "docs/notes.md"
    page.write_text(PAGE.replace("\n\n", "\n\nNew\n\n"), encoding="utf-8")
    validate()
    page.write_text(f"{PAGE}\n[A](a.md) [C](c.md)\n", encoding="utf-8")
    assert validate(code=1).startswith("Found 2 errors in 1 file.")


def test_a_fixed_finding_must_leave_the_baseline(site: Path, validate: Callable[..., str]) -> None:
    validate("--write-baseline")
    (site / "docs/notes.md").write_text("# Notes\n\n[A](a.md) [Z](z.md)\n", encoding="utf-8")
    (site / "docs/index.md").write_text("# Home\n\nTODO: new\n", encoding="utf-8")
    findings = [each for each in load(find_site(site), TODAY).findings if each.path == BASELINE]
    assert [(each.code, each.span.line, each.hint.partition(",")[0]) for each in findings] == [
        ("HB360", 4, "Remove the line"),
        ("HB360", 5, "Remove the line"),
        ("HB360", 7, "Set `count` to 1"),
        ("HB360", 8, "Remove the line"),
        ("HB360", 9, "Remove the line"),
    ]
    # The link to z.md came later: writing the file again does not list it.
    validate("--write-baseline", code=1)
    assert [(item["code"], item["count"]) for item in known(site)] == [("HB312", 1), ("HB208", 1)]
    assert validate(code=1) == "Found 1 error in 1 file. 2 known findings are in the baseline."


def test_what_could_run_or_would_be_lost_cannot_be_known(
    site: Path, command: Command, validate: Callable[..., str]
) -> None:
    (site / "docs/acting.md").write_text("# A\n\n<b onclick='x()'>b</b> {{ nothing }}\n", encoding="utf-8")
    (site / "tools_inventory.yaml").write_text(TOOL.replace("trial", "trail"), encoding="utf-8")
    done = command(site, "validate", "--write-baseline")
    assert {item["code"] for item in known(site)}.isdisjoint({"HB601", "HB207", "HB104"})
    assert "trusted_files:\n  - docs/acting.md\n" in done.stderr
    assert "`render_by_default: false`" in done.stderr
    assert validate(code=1).startswith("Found 3 errors in 2 files.")
    # Nor by hand.
    items = json.dumps({"path": "docs/acting.md", "code": "HB601", "message": "x", "count": 1})
    (site / BASELINE).write_text(f'{{"version": 1, "findings": [\n{items}\n]}}', encoding="utf-8")
    assert "HB360" in command(site, "validate", "--select", "HB360").stdout


@pytest.mark.parametrize(
    "text", ["", "[", "[" * 20_000, "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [3]}']
)
def test_an_unreadable_baseline_is_one_finding(site: Path, validate: Callable[..., str], text: str) -> None:
    (site / BASELINE).write_text(text, encoding="utf-8")
    assert validate("--select", "HB360", code=1) == "Found 1 error in 1 file."


def test_a_comma_after_the_last_line_does_no_harm(site: Path, validate: Callable[..., str]) -> None:
    validate("--write-baseline")
    path = site / BASELINE
    path.write_text(path.read_text(encoding="utf-8").replace("}\n  ]", "},\n  ]"), encoding="utf-8")
    validate()


def test_the_baseline_is_of_the_whole_site(site: Path, command: Command) -> None:
    done = command(site, "validate", "--write-baseline", "docs")
    assert (done.returncode, (site / BASELINE).exists()) == (2, False)
    assert "Leave out paths" in done.stderr
