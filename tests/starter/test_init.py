"""The command: what it asks, where it writes, and when it refuses."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import click
import pytest

from handbook.cli import init, main
from handbook.starter.answers import Answers, TeamWord
from handbook.starter.ground import Ground
from handbook.starter.making import Made
from tests.conftest import Command


def git(folder: Path, *words: str) -> None:
    """Runs git."""
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder, except those of git."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[Answers]:
    """The answers that a handbook would be made from; nothing is made."""
    taken: list[Answers] = []

    def make(answers: Answers, _today: object, _ground: Ground) -> Made:
        taken.append(answers)
        return Made({"README.md": b"x\n", "docs/index.md": b"y\n"}, [], [], 3)

    monkeypatch.setattr(init, "make_handbook", make)
    return taken


def test_a_handbook_in_a_subfolder_of_a_repository(tmp_path: Path, command: Command) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    git(tmp_path, "remote", "add", "origin", "git@github.com:acme/mono.git")
    for path, text in {
        ".github/CODEOWNERS": "* @acme/all\n",
        ".github/dependabot.yml": "version: 2\n",
        "team/book/README.md": "# Our book\n",
        "team/book/.gitignore": "/drafts/\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = command(tmp_path, "init", "team/book", "--company", "Ü & Söhne", "--stage", "startup", "--yes")
    assert done.returncode == 0
    assert ".github/dependabot.yml stays as it is" in done.stderr
    assert "Next:\n\n    cd team/book\n    handbook serve --open\n    handbook status\n" in done.stdout
    files = {path: data.decode() for path, data in tree(tmp_path).items()}
    assert files[".github/dependabot.yml"] == "version: 2\n"
    assert files["team/book/README.md"] == "# Our book\n"
    assert files["team/book/.gitignore"].startswith("/drafts/\n\n# Written by")
    assert "directory: /team/book\n" in files["team/book/handbook.dependabot.yml"]
    owners = files[".github/CODEOWNERS"]
    assert owners.startswith("* @acme/all\n\n")
    assert "/team/book/docs/index.md" in owners
    assert 'branches: ["trunk"]\n' in files[".github/workflows/handbook.yml"]
    assert "self-repository:" in files[".github/zizmor.yml"]
    assert "working-directory: team/book\n" in files[".github/workflows/handbook.yml"]
    config = files["team/book/mkdocs.yml"]
    assert 'site_name: "Ü & Söhne product handbook"\n' in config
    assert "\nsite_url: https://acme.github.io/mono/\n" in config
    assert "repo_url: https://github.com/acme/mono\nedit_uri: edit/trunk/team/book/docs/\n" in config
    outside = {path for path in files if not path.startswith(("team/book/", ".github/", ".devcontainer/"))}
    assert outside == {".pre-commit-config.yaml"}
    assert "handbook validate team/book/\n" in files[".pre-commit-config.yaml"]
    again = command(tmp_path, "init", "team/book", "--company", "A", "--yes")
    assert (again.returncode, again.stdout) == (2, "")
    assert "team/book already has a site: mkdocs.yml" in again.stderr


@pytest.mark.usefixtures("answered")
def test_nothing_is_written_over_a_file(tmp_path: Path, command: Command) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Ours\n", encoding="utf-8")
    (tmp_path / "README.md").symlink_to("nowhere")
    done = command(tmp_path, "init", "--company", "A", "--stage", "startup", "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "handbook: error: README.md, docs/index.md are in the way. "
        "Move or remove them, or use another folder.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "docs"]
    assert tree(tmp_path) == {"docs/index.md": b"# Ours\n"}
    (tmp_path / "README.md").unlink()
    done = command(tmp_path, "init", "--company", "A", "--stage", "startup", "--yes")
    assert done.stderr == (
        "handbook: error: docs/index.md is in the way. Move or remove it, or use another folder.\n"
    )


def test_a_readme_stays_where_there_is_no_repository_yet(tmp_path: Path, command: Command) -> None:
    readme = tmp_path / "our book/README.md"
    readme.parent.mkdir()
    readme.write_text("# Ours\n", encoding="utf-8")
    done = command(tmp_path, "init", "our book", "--company", "A", "--stage", "startup", "--yes")
    assert "README.md stays as it is.\n" in done.stderr
    assert "    cd 'our book'\n" in done.stdout
    assert readme.read_text(encoding="utf-8") == "# Ours\n"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--yes"], "The name of the company is missing. Add `--company NAME`."),
        (["--company", "A\u202eB"], "Use a name of at most 80 characters on one line."),
        (["--company", "A", "--stage", "grwth"], "Unknown stage `grwth`. Did you mean `growth`?"),
        (["--company", "A", "--tool", "jirra"], "Unknown tool `jirra`. Did you mean `jira`?"),
        (
            ["--company", "A", "--language", "$"],
            "`$` is no code of a language. Use one such as `en` or `de`.",
        ),
        (
            ["--company", "A", "--timezone", "Berlin"],
            "Unknown time zone `Berlin`. Use one such as `Europe/Berlin`.",
        ),
    ],
)
def test_answers_that_do_not_do(tmp_path: Path, command: Command, options: list[str], error: str) -> None:
    done = command(tmp_path, "init", "new", *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"handbook: error: {error}\n")
    assert list(tmp_path.iterdir()) == []


def test_at_most_six_questions_each_asked_again_until_it_can_be_understood(
    tmp_path: Path,
    answered: list[Answers],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = iter(
        [
            "",
            "starup",
            "startup",
            "tools, data",
            "Teams, Foo, jira",
            "flags=Foo",
            "Stamm",
            "der Stamm/Stämme",
            "",
        ]
    )
    asked: list[str] = []

    def visible_input(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr(click.termui, "visible_prompt_func", visible_input)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.chdir(tmp_path)
    assert main(["init", "big-corp", "--language", "Deutsch", "--timezone", "Asia/Tokyo"]) == 0
    answers = answered[0]
    assert len(set(asked)) == 7
    assert any("kept: Teams, jira" in question for question in asked)
    named = ["Teams", "jira", "flags=Foo"]
    word = TeamWord("Stamm", "Stämme", 2)
    assert answers == Answers("Big Corp", "startup", ["data", "tools"], named, word, "de", "", "Asia/Tokyo")
    said = capsys.readouterr()
    assert "Did you mean `startup`?" in said.out + said.err
    assert "Not translated to `de` yet, and in English: 3 texts of the handbook" in said.err


def test_no_questions_where_no_one_can_answer(
    tmp_path: Path, answered: list[Answers], command: Callable[..., CompletedProcess[str]]
) -> None:
    assert command(tmp_path, "init", "--company", "A").returncode == 0
    assert answered[0].stage == "growth"
    assert list(answered[0].pillars) == ["data", "tools", "processes"]
