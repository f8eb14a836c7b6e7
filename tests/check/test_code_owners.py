"""`handbook codeowners`, and what a check says of the file that it writes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.check.code_owners import BEGIN, CODE, END
from handbook.cli import main
from handbook.read.code_paths import REPOSITORY_CODE, SITE_CODE
from tests.diff.repositories import write

TEAMS = """teams:
  - {id: data, name: Data, summary: A., reviewers: ["@example/data"]}
  - {id: ops, name: Operations, summary: A., reviewers: ["@example/ops", ops@example.com]}
  - {id: quiet, name: Quiet, summary: A.}
"""
ROLES = """roles:
  - {id: analyst, name: Analyst, summary: A., team: data}
  - {id: lead, name: Lead, summary: A., team: data, reviewers: ["@someone"]}
"""
QUERY = "name: A\nsummary: A.\nowner: %s\nquery: SELECT 1\n"
METRIC = "  - {{id: {0}-metric, name: {0}, summary: A., status: proposed, definition: A., owner: {0}}}\n"
METRICS = "metrics:\n" + "".join(map(METRIC.format, ("ops", "data", "quiet")))
FILES = {
    "mkdocs.yml": "site_name: Test\n",
    "docs/our team.md": "---\nowner: lead\n---\n# Team\n",
    "sources/teams.yaml": TEAMS,
    "sources/roles.yaml": ROLES,
    "sources/metrics.yaml": METRICS,
    "sources/queries/a.yaml": QUERY % "analyst",
}
MADE = f"""{BEGIN}
/docs/our\\ team.md @someone
/sources/metrics.yaml @example/data @example/ops ops@example.com
# /sources/metrics.yaml: no reviewers for `quiet`
/sources/queries/a.yaml @example/data
{END}
"""

Said = Callable[[], str]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What the command says in a repository with a few owners; it must succeed."""
    write(tmp_path, FILES)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def call() -> str:
        assert main(["codeowners"]) == 0
        return capsys.readouterr().out

    return call


def text(path: str = "CODEOWNERS") -> str:
    return Path(path).read_bytes().decode()


def test_every_file_has_the_reviewers_of_its_owners_and_who_has_none_is_named(said: Said) -> None:
    # A company can have such a field; the team above is no reviewer.
    write(Path(), {"sources/teams.yaml": TEAMS.replace("name: Quiet", "name: Quiet, team: data")})
    assert said() == "CODEOWNERS: 3 files with reviewers.\n"
    assert text() == MADE
    assert said() == "CODEOWNERS is up to date.\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_somebody_has_written_around_it_stays(said: Said, newline: str) -> None:
    around = f"* @example/all\n\n{BEGIN}\n/old @example/x\n{END}\n/sources/queries/ @example/data\n"
    Path("CODEOWNERS").write_bytes(around.replace("\n", newline).encode())
    said()
    wanted = f"* @example/all\n\n{MADE}/sources/queries/ @example/data\n"
    assert text() == wanted.replace("\n", newline)


def test_bytes_that_are_no_utf_8_stay(said: Said) -> None:
    Path("CODEOWNERS").write_bytes(b"# \xc9quipe\n")
    said()
    assert Path("CODEOWNERS").read_bytes() == b"# \xc9quipe\n\n" + MADE.encode()


@pytest.mark.parametrize(
    ("before", "above"),
    [
        ("* @example/all\n", "* @example/all\n\n"),
        ("* @example/all", "* @example/all\n\n"),
        ("# A\rB\n", "# A\rB\n\n"),
        ("", ""),
    ],
    ids=["a line", "a line without an end", "a carriage return inside a line", "empty"],
)
def test_a_file_without_the_part_gets_it_at_its_end(said: Said, before: str, above: str) -> None:
    Path("CODEOWNERS").write_text(before, encoding="utf-8")
    said()
    assert text() == above + MADE


def test_a_part_without_an_end_ends_with_the_file(said: Said) -> None:
    Path("CODEOWNERS").write_text(f"{BEGIN}\n/old @example/x\n", encoding="utf-8")
    said()
    assert text() == MADE


@pytest.mark.parametrize("place", [".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"])
def test_the_file_that_is_there_is_the_one_that_is_written(said: Said, place: str) -> None:
    write(Path(), {place: "# Ours\n"})
    assert said().startswith(place)
    assert text(place) == f"# Ours\n\n{MADE}"
    assert not Path("CODEOWNERS").exists()


def test_in_a_part_of_a_repository_paths_start_at_its_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "hand/book", FILES)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "hand/book")
    assert main(["codeowners"]) == 0
    assert capsys.readouterr().out == "../../CODEOWNERS: 3 files with reviewers.\n"
    made = (tmp_path / "CODEOWNERS").read_text(encoding="utf-8")
    assert "/hand/book/sources/queries/a.yaml @example/data\n" in made
    assert main(["validate", "--select", "HB328"]) == 0


def test_without_reviewers_nothing_is_written(said: Said) -> None:
    write(
        Path(),
        {"sources/teams.yaml": TEAMS.replace("reviewers", "ask_about"), "sources/roles.yaml": "roles: []\n"},
    )
    assert said() == "No reviewers found. Add accounts to `reviewers` of teams or roles first.\n"
    assert not Path("CODEOWNERS").exists()


def test_sources_that_cannot_be_read_are_fixed_first(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    said()
    write(Path(), {"sources/metrics.yaml": "metrics: ["})
    assert main(["codeowners"]) == 2
    assert capsys.readouterr().err == (
        "handbook: error: Some entries cannot be read. Run `handbook validate` to find and fix the errors.\n"
    )
    assert text() == MADE


@pytest.mark.parametrize(
    ("change", "line", "hint"),
    [
        (("@someone", "@stranger"), 2, "Replace it with `/docs/our\\ team.md @someone`"),
        (("/docs/our\\ team.md @someone\n", ""), 2, "Add `/docs/our\\ team.md @someone` above this line"),
        (("/docs/our\\ team.md @some", "/a @x\n/docs/our\\ team.md @some"), 2, "Remove it"),
        (
            ("/sources/queries/a.yaml @example/data\n", ""),
            5,
            "Add `/sources/queries/a.yaml @example/data` above this line",
        ),
        ((END, f"/more @example/x\n{END}"), 6, "Remove it"),
        (
            ("@example/data", "@example/x"),
            3,
            "Replace it with `/sources/metrics.yaml @example/data @example/ops \
ops@example.com` (1 more line to correct)",
        ),
    ],
    ids=["another owner", "one is missing", "one is extra", "the last is missing", "one too many", "two"],
)
def test_the_first_line_that_is_not_right_is_found(
    said: Said, change: tuple[str, str], line: int, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said()
    Path("CODEOWNERS").write_text(MADE.replace(*change), encoding="utf-8")
    assert main(["validate", "--select", "HB328"]) == 1
    out = capsys.readouterr().out
    assert f"CODEOWNERS:{line}:1: HB328 error: Code owners differ from the owners in the handbook\n" in out
    assert f"hint: {hint}, or run `handbook codeowners`" in out
    assert "Found 1 error in 1 file." in out


@pytest.mark.parametrize(
    "made",
    [
        re.sub(r"# /sources.*\n", "", MADE),
        MADE.replace("`quiet`", "`somebody` else"),
        MADE.replace("\n/", "\n# /a: no reviewers for `quiet`\n\n/"),
        f"{BEGIN}\n# /sources/old.yaml: no reviewers for `quiet`\n{END}\n",
    ],
    ids=["one is missing", "another owner", "more comments and empty lines", "no one is asked yet"],
)
def test_what_comments_say_is_no_finding(said: Said, made: str) -> None:
    Path("CODEOWNERS").write_text(made, encoding="utf-8")
    assert main(["validate", "--select", "HB328"]) == 0
    said()
    assert text() == MADE


def code_lines() -> list[str]:
    """The lines about code, behind those about entries and pages."""
    lines = text().splitlines()
    return lines[lines.index(CODE) + 1 : lines.index(END)]


def test_a_file_whose_name_is_no_id_waits_for_its_name(said: Said) -> None:
    said()
    Path("sources/queries/a copy.yaml").write_text(QUERY % "ops", encoding="utf-8")
    assert main(["validate", "--select", "HB328"]) == 0


def test_code_goes_to_the_owners_of_the_handbook_whoever_owns_the_entries(said: Said) -> None:
    settings = "owner: ops\ntrusted_files: [docs/our team.svg]\n"
    config = "hooks: [build/a b.py]\ntheme: {name: material, custom_dir: look}\n"
    config += "extra_javascript: ['https://example.com/a.js']\n"
    pipeline = "include: {local: /ci/*.yml}\n"
    write(
        Path(),
        {
            "mkdocs.yml": config,
            "sources/handbook.yaml": settings,
            ".gitlab-ci.yml": pipeline,
            ".github/workflows/a.yaml": "jobs: {a: {steps: [{uses: './steps/[a]'}]}}\n",
        },
    )
    said()
    assert text().index("/sources/queries/a.yaml") < text().index(CODE)
    names = [line.removesuffix(" @example/ops ops@example.com") for line in code_lines()]
    fixed = [path.pattern for path in (*SITE_CODE, *REPOSITORY_CODE)]
    assert [name for name in names if name in fixed] == fixed
    named = ["/build/a\\ b.py", "/look/", "/docs/our\\ team.svg", "/ci/*.yml", "/steps/\\[a\\]/"]
    assert [name for name in names if name not in fixed] == named


def test_in_a_part_of_a_repository_only_its_own_code_goes_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "hand/book", FILES | {"sources/handbook.yaml": "owner: data\n"})
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "hand/book")
    assert main(["codeowners"]) == 0
    monkeypatch.chdir(tmp_path)
    assert len(code_lines()) == len(SITE_CODE)
    assert code_lines()[:2] == [
        "/hand/book/mkdocs.yml @example/data",
        "/hand/book/sources/handbook.yaml @example/data",
    ]
    assert "/hand/book/**/*.py @example/data" in code_lines()


def test_without_reviewers_of_the_handbook_the_file_says_so(said: Said) -> None:
    write(Path(), {"sources/handbook.yaml": "owner: quiet\n"})
    said()
    assert code_lines() == ["# No reviewers for `quiet`"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_settings_that_are_special_files_name_no_code(said: Said) -> None:
    (Path(".github") / "workflows").mkdir(parents=True)
    Path(".github/workflows/a.yml").symlink_to("/dev/zero")
    os.mkfifo(".gitlab-ci.yml")
    write(Path(), {"sources/handbook.yaml": "owner: ops\n"})
    said()
    assert len(code_lines()) == len(SITE_CODE) + len(REPOSITORY_CODE)
