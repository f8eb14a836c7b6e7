"""The questions of `tests/questions.yaml` find their pages, and the check says which don't."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handbook.base.errors import HandbookError
from handbook.publish.search import handbook_index, urls
from handbook.search.index import Index
from handbook.search.questions import Outcome, ask, read_questions, score
from handbook.search.ranking import rank
from tests.shipped import load_shipped
from tests.sites import ROOT

QUESTIONS = ROOT / "tests/questions.yaml"


@cache
def shipped_index() -> Index:
    return handbook_index(load_shipped())


@cache
def outcomes() -> tuple[Outcome, ...]:
    url, index = urls(load_shipped()), shipped_index()
    questions = read_questions(QUESTIONS, str(QUESTIONS)).items

    def search(text: str) -> list[str]:
        return [url(index.documents[at].page) for at in rank(index, text).results]

    return tuple(ask(questions, search))


@pytest.mark.parametrize("is_held_out", [False, True])
def test_each_half_of_the_questions_finds_its_pages(*, is_held_out: bool) -> None:
    half = [each for each in outcomes() if each.question.is_held_out is is_held_out]
    found = score(half)
    assert found.number >= 80
    # Without the questions: the half that is held out stays unseen.
    assert found.first >= 85
    assert found.among_three >= 97


def test_there_are_questions_of_every_kind() -> None:
    text = QUESTIONS.read_text("utf-8")
    assert text.count("typo: true") >= 25
    assert text.count("page: none") >= 5
    assert text.count('?"') >= 5


def test_the_questions_ask_for_pages_that_there_are() -> None:
    url = urls(load_shipped())
    pages = {url(document.page) for document in shipped_index().documents}
    assert {each.question.page for each in outcomes()} <= {*pages, "none"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("questions: [{ask: a, page: b}\n", "questions.yaml:1:12: "),
        ("questions:\n  - {aks: a, page: b}\n", "questions.yaml:2:"),
        ("questions:\n  - {ask: a}\n", "questions.yaml:2:"),
        ("questions: []\n", "questions.yaml:1:"),
        ("first: 101\nquestions: [{ask: a, page: b}]\n", "questions.yaml:1:8: "),
        ("", "questions.yaml:1:1: "),
        ("- a\n", "questions.yaml:1:1: "),
    ],
)
def test_a_file_with_mistakes_says_where(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(HandbookError) as raised:
        read_questions(file, "questions.yaml")
    assert raised.value.full_message.startswith(message)
