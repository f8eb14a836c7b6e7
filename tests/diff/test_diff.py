"""`handbook diff` between commits, and between a commit and the files as they are."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.output.changes.markdown import MOST
from tests.diff.repositories import commit, git, write

CONFIG = "site_name: Test\n"


def teams(**names: str) -> str:
    """Teams with their names."""
    return "teams:\n" + "".join(
        f"  - {{id: {key}, name: {name}, summary: A.}}\n" for key, name in names.items()
    )


Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What the command ends with and says, in a repository with three commits and a change."""
    first = commit(tmp_path, {"mkdocs.yml": CONFIG, "sources/teams.yaml": teams(ops="Ops")})
    git(tmp_path, "tag", "v1")
    git(tmp_path, "checkout", "-q", "-b", "work")
    commit(tmp_path, {"sources/teams.yaml": teams(ops="Operations")})
    commit(tmp_path, {"sources/teams.yaml": teams(ops="Operations", growth="Growth")})
    write(tmp_path, {"sources/teams.yaml": teams(ops="Operations", growth="Growth", sales="Sales")})
    monkeypatch.chdir(tmp_path)
    assert len(first) == 40

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["diff", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_without_a_commit_it_is_from_where_the_branch_began_to_the_files_as_they_are(said: Said) -> None:
    code, out, _ = said()
    assert code == 0
    assert [line.split(": ")[0] for line in out.splitlines() if line.startswith("notable")] == [
        "notable   + team growth",
        "notable   ~ team ops",
        "notable   + team sales",
    ]
    assert out.endswith("to the working tree: 3 changes: 3 notable.\n")


def test_from_one_commit_to_another(said: Said) -> None:
    assert "From v1 to HEAD: 2 changes: 2 notable." in said("v1", "HEAD")[1]
    assert "From HEAD to v1: 2 changes: 1 breaking and 1 notable." in said("HEAD", "v1")[1]
    assert "From HEAD to HEAD: no changes." in said("HEAD", "HEAD")[1]


def test_the_checkout_is_not_touched(said: Said, tmp_path: Path) -> None:
    write(tmp_path, {"untracked.txt": "x"})
    git(tmp_path, "add", "untracked.txt")
    before = (git(tmp_path, "status", "--porcelain"), (tmp_path / ".git/index").read_bytes())
    said("v1", "HEAD")
    assert ((tmp_path / ".git/index").read_bytes(), git(tmp_path, "status", "--porcelain")) == before[::-1]


def test_it_fails_on_what_weighs_as_much_as_asked(said: Said) -> None:
    assert said("--fail-on", "breaking")[0] == 0
    assert said("--fail-on", "notable")[0] == 1
    assert said("HEAD", "v1", "--fail-on", "breaking")[0] == 1
    assert said("v1", "v1", "--fail-on", "notable")[0] == 0


WRONG = {
    "nowhere": "Unknown revision `nowhere` in this repository",
    "2026.3": "Use a commit, branch or tag that it has: v1.\n",
    "v1:sources": "Unknown revision `v1:sources` in this repository",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_commit_is_said_in_one_line(said: Said, name: str) -> None:
    code, out, err = said(name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert WRONG[name] in err


def test_a_folder_without_a_repository_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"mkdocs.yml": CONFIG})
    monkeypatch.chdir(tmp_path)
    said = "is in no git repository. Run `git init`, `git add .` and `git commit`.\n"
    for command in (["diff"], ["diff", "2026.3"], ["digest"]):
        assert main(command) == 2
        assert capsys.readouterr().err == f"handbook: error: No history: {tmp_path.name} {said}"
    git(tmp_path, "init", "-q")
    assert main(["digest"]) == 2
    assert "It has no commits: run `git add .` and `git commit`.\n" in capsys.readouterr().err


def test_a_shallow_clone_is_told_how_to_get_what_is_missing(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "commit", "-qam", "Sales")
    git(tmp_path, "checkout", "-q", "main")
    target = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{tmp_path}", str(target))
    git(target, "checkout", "-q", "work")
    monkeypatch.chdir(target)
    code, _, err = said()
    assert code == 2
    assert "fetch-depth: 0" in err


def test_a_handbook_below_the_top_of_its_repository_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"a b/ü/mkdocs.yml": CONFIG, "a b/ü/sources/teams.yaml": teams(ops="Ops"), "mkdocs.yml": CONFIG}
    commit(tmp_path, {**files, "sources/teams.yaml": teams(other="Other")})
    write(tmp_path, {"a b/ü/sources/teams.yaml": teams(ops="Operations").replace("\n", "\r\n")})
    monkeypatch.chdir(tmp_path / "a b/ü")
    assert main(["diff", "HEAD"]) == 0
    assert "~ Name: Ops → Operations" in capsys.readouterr().out


def test_what_was_no_handbook_yet_has_only_new_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(tmp_path, {"README.md": "x"})
    write(tmp_path, {"mkdocs.yml": CONFIG, "sources/teams.yaml": teams(ops="Ops")})
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "HEAD"]) == 0
    assert "1 change: 1 notable" in capsys.readouterr().out


def test_json_says_each_change_with_its_place(said: Said) -> None:
    found = json.loads(said("v1", "HEAD", "--format", "json")[1])
    assert (found["version"], found["before"], found["after"]) == (2, "v1", "HEAD")
    assert found["summary"] == {"breaking": 0, "notable": 2, "editorial": 0}
    assert found["changes"][1] == {
        "what": "changed",
        "weight": "notable",
        "kind": "team",
        "id": "ops",
        "former_id": "",
        "replaced_by": "",
        "name": "Operations",
        "path": "sources/teams.yaml",
        "used_by": {},
        "differences": [
            {
                "what": "changed",
                "weight": "notable",
                "field": "name",
                "title": "Name",
                "pointer": "/name",
                "before": "Ops",
                "after": "Operations",
            }
        ],
    }


def test_a_comment_folds_the_details_and_mentions_nobody(said: Said, tmp_path: Path) -> None:
    write(tmp_path, {"sources/teams.yaml": teams(ops='"@everybody <b> #1"')})
    out = said("v1", "--format", "markdown")[1]
    assert "@everybody" not in out
    assert "<b>" not in out
    name = "&#64;&#8288;everybody &#60;b&#62; &#35;&#8288;1"
    assert f"<details><summary>{name}: team changed</summary>" in out
    assert f"- Name (changed): Ops → {name}\n" in out


GOAL = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "goal.schema.json",
"title": "@org/team <img>", "description": "A.", "type": "object", "additionalProperties": false,
"properties": {"id": {"$ref": "common.schema.json#/$defs/id"},
"name": {"$ref": "common.schema.json#/$defs/name"}},
"x-kind": {"name": "goal", "plural": "goals", "title": "A", "page": "goals", "sources": ["sources/goals.yaml"]
}}
"""


def test_the_name_of_a_kind_mentions_nobody_either(said: Said, tmp_path: Path) -> None:
    goals = "goals: [{id: a, name: A}]\n"
    write(tmp_path, {"schemas/goal.schema.json": GOAL, "sources/goals.yaml": goals})
    out = said("v1", "--format", "markdown")[1]
    assert "&#64;&#8288;org/team &#60;img&#62; new" in out
    assert "@org" not in out


def test_a_comment_is_never_too_long_and_begins_with_what_weighs_most(said: Said, tmp_path: Path) -> None:
    names = {f"t{number}": f"Team {number} {'x' * 60}" for number in range(2_000)}
    write(tmp_path, {"sources/teams.yaml": teams(**names)})
    out = said("v1", "--format", "markdown")[1]
    assert len(out) <= MOST
    assert out.index("**Ops**: team removed") < out.index("**Team 0")
    assert "more; run `handbook diff` to list them all." in out


@pytest.fixture
def printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """What the command says about the handbook of the test."""

    def call(*words: str) -> str:
        monkeypatch.chdir(tmp_path)
        main(["diff", *words])
        captured = capsys.readouterr()
        return captured.out + captured.err

    return call


def test_files_that_git_does_not_know_yet_and_files_that_moved_are_compared(
    tmp_path: Path, printed: Callable[..., str]
) -> None:
    prd = "name: PRD\nsummary: A.\n"
    commit(tmp_path, {"mkdocs.yml": CONFIG, "sources/templates/prd.yaml": prd})
    write(tmp_path, {"sources/templates/prd.yaml": None, "sources/templates/more/prd.yaml": prd})
    write(tmp_path, {"sources/templates/brief.yaml": "name: Brief\nsummary: A.\n"})
    assert "notable   + template brief: Brief\n\nFrom HEAD to the working tree: 1 change" in printed("HEAD")


def test_a_link_to_a_file_is_as_good_as_the_file(tmp_path: Path, printed: Callable[..., str]) -> None:
    write(tmp_path, {"mkdocs.yml": CONFIG, "common/teams.yaml": teams(ops="Ops"), "sources/a.txt": ""})
    (tmp_path / "sources/teams.yaml").symlink_to("../common/teams.yaml")
    commit(tmp_path, {"mkdocs.yml": CONFIG})
    assert "no changes" in printed("HEAD")
    assert "no changes" in printed("HEAD", "HEAD")


def test_a_path_that_leads_out_of_the_folder_is_not_written(
    tmp_path: Path, printed: Callable[..., str]
) -> None:
    commit(tmp_path, {"mkdocs.yml": CONFIG, "sources/teams.yaml": teams(ops="Ops")})
    blob = git(tmp_path, "rev-parse", "HEAD:mkdocs.yml")
    tree = f"100644 blob {blob}\tmkdocs.yml\n040000 tree {{}}\t..\n"
    made = subprocess.run(
        ["git", "mktree"],
        cwd=tmp_path,
        input=tree.format(git(tmp_path, "rev-parse", "HEAD:sources")),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    evil = git(tmp_path, "commit-tree", made, "-m", "Evil")
    assert "+ team ops" in printed(evil)
    assert not list(Path(tempfile.gettempdir()).glob("teams.yaml"))


def test_a_file_that_is_missing_from_the_clone_is_said_in_one_line(
    tmp_path: Path, printed: Callable[..., str]
) -> None:
    commit(tmp_path, {"mkdocs.yml": CONFIG, "sources/teams.yaml": teams(ops="Ops")})
    blob = git(tmp_path, "rev-parse", "HEAD:sources/teams.yaml")
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    said = printed("HEAD")
    assert said.count("\n") == 1
    assert "sources/teams.yaml is not in this clone" in said


def test_a_copy_without_its_files_is_no_handbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(tmp_path / "a", {"mkdocs.yml": CONFIG, "sources/teams.yaml": teams(ops="Ops")})
    git(tmp_path, "clone", "-q", "--bare", "a", "bare")
    monkeypatch.chdir(tmp_path / "bare")
    assert main(["diff", "HEAD"]) == 2
    assert "Missing mkdocs.yml in this folder and its parents" in capsys.readouterr().err


def test_text_of_any_script_is_compared_whatever_its_line_ends(
    tmp_path: Path, printed: Callable[..., str]
) -> None:
    text = 'teams:\n  - id: ops\n    name: "Größe — 東京 👩‍💻"\n    summary: |-\n      Eins.\n'
    commit(tmp_path, {"mkdocs.yml": CONFIG, "sources/teams.yaml": text})
    write(tmp_path, {"sources/teams.yaml": "\ufeff" + text.replace("\n", "\r\n")})
    assert "no changes" in printed("HEAD")
    write(tmp_path, {"sources/teams.yaml": text.replace("東京", "京都")})
    (change,) = json.loads(printed("HEAD", "--format", "json"))["changes"]
    assert change["differences"][0]["before"] == "Größe — 東京 👩‍💻"
    assert "京都" in printed("HEAD", "--format", "markdown")


def test_a_commit_with_a_wrong_schema_is_read_with_those_of_now(
    tmp_path: Path, printed: Callable[..., str]
) -> None:
    wrong = {"schemas/team.schema.json": '{"type": "nothing"}'}
    commit(tmp_path, {"mkdocs.yml": CONFIG, "sources/teams.yaml": teams(ops="Ops"), **wrong})
    write(tmp_path, {"sources/teams.yaml": teams(ops="Operations"), "schemas/team.schema.json": None})
    out = printed("HEAD")
    assert "~ team ops: Operations" in out
    assert "Not compared: in HEAD, the schema team.schema.json is invalid" in out
    assert "using the schemas of the working tree" in out
    assert "1 change: 1 notable." in out
