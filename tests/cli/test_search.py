"""`handbook search`: what it prints, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.cli import main
from tests.sites import write_site

Said = Callable[..., str]

SITE = {
    "tests/questions.yaml": """questions:
  - {ask: linear, page: tools/linear/}
  - {ask: plans, page: nowhere/}
  - {ask: linaer, page: none}
"""
}


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a command prints that ends with a code, in a small site."""
    monkeypatch.chdir(write_site(tmp_path, SITE))

    def call(*words: str, code: int = 0) -> str:
        assert main(words) == code
        return capsys.readouterr().out

    return call


def test_the_check_names_each_miss_with_its_rank(tmp_path: Path, said: Said) -> None:
    text = said("search", "--check", code=1)
    assert "tests/questions.yaml:3: “plans”: needs nowhere/, which is no page of this handbook" in text
    assert "tests/questions.yaml:4: “linaer”: finds tools/linear/, but nothing answers it" in text
    assert "linear/ has" not in text
    assert "All: 3 questions, 33.3% find their page first, 33.3% among the first three\n" in text
    found = json.loads(said("search", "--check", "--format", "json", code=1))
    assert [each["rank"] for each in found["questions"]] == [1, 0, 0]
    assert found["questions"][2] == {
        "ask": "linaer",
        "page": "none",
        "line": 4,
        "held_out": True,
        "rank": 0,
        "found": ["tools/linear/"],
    }
    assert found["enough"] is False
    (tmp_path / "few.yaml").write_text("questions: [{ask: linear, page: tools/linear/}]\n")
    assert "The search finds enough" in said("search", "--check", "few.yaml")


def test_the_command_prints_what_the_dialog_shows(said: Said) -> None:
    found = json.loads(said("search", "linaer", "--format", "json"))
    assert found["results"][0] == {
        "page": "tools/linear/",
        "title": "Linear",
        "kind": "tool",
        "state": {"word": "Trial", "meaning": "trial"},
        "owner": "",
        "snippet": "Plans the work.",
        "action": None,
    }
    assert said("search", "linear", "--limit", "1") == (
        "1. Linear (Tools, Trial)\n   tools/linear/\n   Plans the work.\n"
    )
    assert said("search", "holidays") == "Nothing found.\n"


@pytest.mark.parametrize(
    "words", [["search"], ["search", " "], ["search", "a", "--check"], ["search", "a", "--tuning"]]
)
def test_a_command_without_a_question_says_what_to_do(words: list[str], said: Said) -> None:
    assert said(*words, code=2) == ""
