"""`handbook validate`: what is reported, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.cli import main
from tests.conftest import Command
from tests.sites import TOOL, write_site

WRONG_TOOL = TOOL.replace("status: trial", "status: Active")
OLD_TOOL = f"{TOOL}    review: {{last: '2020-01-01', next: '2020-07-01'}}\n"
WRONG_ROLE = "roles:\n  - {id: lead, name: Lead}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A handbook with an error in each of two files."""
    return write_site(
        tmp_path / "site", {"tools_inventory.yaml": WRONG_TOOL, "sources/roles.yaml": WRONG_ROLE}
    )


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """A handbook with nothing but a warning, HB305."""
    return write_site(tmp_path / "site", {"tools_inventory.yaml": OLD_TOOL})


def found(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The path and the code of each finding that was printed as JSON."""
    value = json.loads(capsys.readouterr().out)
    assert len(value["findings"]) == value["summary"]["errors"] + value["summary"]["warnings"]
    return [f"{finding['path']} {finding['code']}" for finding in value["findings"]]


ROLE, INVENTORY = "sources/roles.yaml HB101", "tools_inventory.yaml HB104"


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([""], [ROLE, INVENTORY]),
        (["sources"], [ROLE]),
        (["sources/roles.yaml"], [ROLE]),
        (["sources/roles.yaml", "tools_inventory.yaml"], [ROLE, INVENTORY]),
        (["sources", ""], [ROLE, INVENTORY]),
        (["docs/index.md"], []),
        (["mkdocs.yml"], []),
    ],
    ids=" ".join,
)
def test_only_the_findings_of_the_paths_are_shown_and_counted(
    paths: list[str], expected: list[str], site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["validate", "--format", "json", *(str(site / path) for path in paths)])
    assert (code, found(capsys)) == (1 if expected else 0, expected)


def test_a_folder_is_not_taken_for_another_whose_name_begins_like_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "source").mkdir()
    assert main(["validate", "--format", "json", str(site / "source")]) == 0
    assert found(capsys) == []


def test_everything_is_read_whatever_is_shown(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_site(site, {"sources/roles.yaml": "roles:\n  - {id: lead, name: Lead, summary: Leads.}\n"})
    write_site(site, {"tools_inventory.yaml": TOOL.replace("trial", "trial\n    owner: lead")})
    assert main(["validate", str(site / "tools_inventory.yaml")]) == 0
    assert capsys.readouterr().out == "Checked 2 entries in 2 files: no problems found.\n"


def test_a_wrong_schema_is_said_whatever_was_asked_for(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(site, {"schemas/goal.schema.json": "{"})
    asked = ["validate", "--format", "json", "--select", "HB3", str(site / "tools_inventory.yaml")]
    assert main(asked) == 2
    assert found(capsys) == ["schemas/goal.schema.json HB109"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "HB1"], [ROLE, INVENTORY]),
        (["--select", "hb101"], [ROLE]),
        (["--select", "HB3, HB104"], [INVENTORY]),
        (["--select", "HB3", "--select", "HB101"], [ROLE]),
        (["--select", "HB3"], []),
        (["--ignore", "HB104"], [ROLE]),
        (["--ignore", "HB101,HB104"], []),
        (["--select", "HB1", "--ignore", "HB101"], [INVENTORY]),
        (["--select", "HB104", "--ignore", "HB1"], []),
    ],
    ids=" ".join,
)
def test_rules_are_chosen_by_their_codes_or_the_beginnings_of_them(
    options: list[str], expected: list[str], site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["validate", "--format", "json", *options, str(site)])
    assert (code, found(capsys)) == (1 if expected else 0, expected)


@pytest.mark.parametrize(
    ("options", "expected"), [([], 0), (["--strict"], 1), (["--strict", "--ignore", "HB3"], 0)]
)
def test_warnings_end_with_1_in_strict_mode_only(options: list[str], expected: int, old_site: Path) -> None:
    assert main(["validate", str(old_site), *options]) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "owner"], "Unknown rule `owner`. Run `handbook rules` for a list"),
        (["--ignore", "HB30I"], "Unknown rule `HB30I`. Did you mean `HB301`?"),
        (["--select", "HB3,,HB1"], "missing code next to a comma"),
        (["--select", ""], "missing codes"),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["nowhere.yaml"], "nowhere.yaml: No such file or directory"),
        (["mkdocs.yml/x"], "mkdocs.yml/x: Not a directory"),
        (["loop"], "loop: "),
        (["x" * 300], "File name too long"),
    ],
)
def test_a_wrong_option_or_path_is_one_line_and_ends_with_2(
    options: list[str], said: str, site: Path, command: Command
) -> None:
    (site / "loop").symlink_to("loop")
    done = command(site, "validate", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_paths_of_two_handbooks_are_one_line_and_end_with_2(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write_site(tmp_path / "other", {})
    assert main(["validate", str(site / "sources"), str(other / "tools_inventory.yaml")]) == 2
    assert capsys.readouterr().err == (
        f"handbook: error: {other} and {site} are two handbooks. Validate one at a time.\n"
    )


def test_a_format_is_printed_and_nothing_else(site: Path, command: Command) -> None:
    for name, start in {"github": "::error file=", "gitlab": "[", "sarif": "{", "junit": "<?xml"}.items():
        done = command(site, "validate", "--format", name)
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout.startswith(start)


def test_only_the_format_that_is_asked_for_is_imported(site: Path) -> None:
    code = (
        "import sys; from handbook.cli import main; main(['validate']);print([*sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    imported = subprocess.run(command, cwd=site, capture_output=True, text=True, check=True).stderr
    assert "handbook.output.text'" in imported
    assert "'wcwidth'" not in imported
    for name in ("report.sarif", "report.junit", "report.github", "rulebook", "view", "publish", "cli.build"):
        assert f"handbook.{name}'" not in imported


def test_a_check_does_not_wait_for_what_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
    (tmp_path / "tools_inventory.yaml").write_text(TOOL, encoding="utf-8")
    code = "import sys; from handbook.cli import main; main(['validate']); print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines())
    assert "handbook.check.runner" in imported
    waited_for = {"dataclasses", "inspect", "jsonschema", "jinja2", "markdown_it", "difflib"}
    later = {"handbook.link.catalogue", "handbook.diff", "handbook.cli.against", "subprocess"}
    assert imported & (waited_for | later) == set()


def test_a_report_in_a_file_leaves_the_findings_for_people_on_standard_error(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    for name, path in (("gitlab", tmp_path / "report.json"), ("text", tmp_path / "report.txt")):
        with path.open("w", encoding="utf-8") as file, monkeypatch.context() as context:
            context.setattr(sys, "stdout", file)
            assert main(["validate", "--format", name]) == 1
        said = capsys.readouterr().err
        assert said.endswith("Found 2 errors in 2 files.\n") if name == "gitlab" else not said
    assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))) == 2


def test_findings_are_counted_by_the_team_that_owns_the_entry_or_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    teams = "teams:\n  - {id: data, name: Data team, summary: Counts.}\n"
    role = "roles:\n  - {id: analyst, name: Analyst, summary: Counts., team: data, yeers: 3}\n"
    more = TOOL.replace("tools:\n", "").replace("linear", "trello").replace("Linear", "Trello")
    files = {
        "sources/teams.yaml": teams,
        "sources/handbook.yaml": "owner: data\n",
        "sources/roles.yaml": role,
        "tools_inventory.yaml": f"{WRONG_TOOL}    owner: analyst\n{more}    ownr: data\n",
        "docs/index.md": "---\nowner: data\nreview: {last: x}\n---\n# Home\n",
    }
    monkeypatch.chdir(write_site(tmp_path / "site", files))
    assert main(["validate", "--group", "owner", "--select", "HB1"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Owner", "Data team", "No owner", "", lines[-1]]
    assert lines[2].split()[2] == "1", "the owner of the handbook owns roles"
    assert main(["validate", "--group", "owner", "--format", "json"]) == 2
