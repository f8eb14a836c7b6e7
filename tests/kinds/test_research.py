"""What was asked already, what was found, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handbook.kinds.any.basis import Basis
from handbook.kinds.study.research import (
    research_findings,
    research_groups,
    research_use,
    studied_questions,
    study_age,
)
from tests.conftest import MakeBasis

Studies = Callable[..., Basis]
FINDINGS = """findings:
  - {id: sure, claim: Sure., evidence: 6 of 8., confidence: high}
  - {id: unsure, claim: Unsure., evidence: 1 of 8., confidence: low}
"""


def study(last: str = "2026-05-22", status: str = "published", more: str = FINDINGS) -> str:
    return (
        f"name: Study\nsummary: A.\nstatus: {status}\nquestion: Why?\nmethod: interviews\n"
        f"last_session: {last}\n{more}"
    )


@pytest.fixture
def studies(make_basis: MakeBasis) -> Studies:
    def load(**found: str) -> Basis:
        texts = {name: text.replace("name: Study", f"name: {name}") for name, text in found.items()}
        return make_basis({f"sources/research/{name}.yaml": text for name, text in texts.items()})

    return load


@pytest.mark.parametrize(
    ("text", "answer", "months"),
    [
        (study("2025-05-24"), "current", 17),
        (study("2025-05-23"), "too-old", 18),
        (study("2026-05-22", "out-of-date"), "out-of-date", 6),
        (study("2026-12-04", "running", ""), "in-progress", None),
        (study("2026-11-01", "running", ""), "in-progress", 0),
        (study("2026-12-04", "planned", ""), "planned", None),
    ],
)
def test_a_study_says_whether_it_may_be_used(
    studies: Studies, text: str, answer: str, months: int | None
) -> None:
    """One that is 18 months old is too old, on the very day."""
    basis = studies(a=text)
    age = study_age(basis, basis.catalogue.entry("study", "a"))
    assert (age.answer, age.months) == (answer, months)


def test_every_question_of_every_study_is_listed_the_latest_study_first(studies: Studies) -> None:
    basis = studies(
        old=study("2026-01-10", more=FINDINGS + "also_asks: [Who?, When?]\n"),
        new=study("2026-12-04", "planned"),
    )
    found = studied_questions(basis)
    assert [(item.study.id, item.question, item.is_main) for item in found.questions] == [
        ("new", "Why?", True),
        ("old", "Why?", True),
        ("old", "Who?", False),
        ("old", "When?", False),
    ]
    assert found.studies == 2


def test_findings_come_by_confidence_and_say_how_often_they_are_cited(studies: Studies) -> None:
    """Those of studies that are too old are left out, and that is said."""
    decisions = (
        "decisions:\n  - {date: 2026-06-01, what: Do., findings: [sure]}\n"
        "  - {date: 2026-06-02, what: Go., findings: [sure, unsure]}\n"
    )
    found = research_findings(
        studies(
            a=study("2026-01-10"),
            b=study("2026-05-22", more=FINDINGS + decisions),
            c=study("2024-05-22"),
            d=study("2026-12-04", "planned", ""),
        )
    )
    assert [(item.study.id, item.confidence, item.decisions) for item in found.findings] == [
        ("b", "high", 2),
        ("a", "high", 0),
        ("b", "low", 1),
        ("a", "low", 0),
    ]
    assert [entry.id for entry in found.left_out] == ["c"]


def test_studies_are_found_by_tag_and_by_method(studies: Studies) -> None:
    groups = research_groups(
        studies(
            a=study(more=FINDINGS + "tags: [reports, mobile]\n"),
            b=study("2026-06-22", more=FINDINGS + "tags: [reports]\n").replace("interviews", "survey"),
            c=study(),
        )
    )
    assert [(group.name, [entry.id for entry in group.studies]) for group in groups.tags] == [
        ("mobile", ["a"]),
        ("reports", ["b", "a"]),
    ]
    assert [group.name for group in groups.methods] == ["interviews", "survey"]
    assert [entry.id for entry in groups.untagged] == ["c"]


def test_decisions_name_what_they_rest_on_the_latest_first(make_basis: MakeBasis) -> None:
    decisions = (
        "decisions:\n  - {date: 2026-06-01, what: Do., findings: [unsure], made_in: prompt}\n"
        "  - {date: 2026-06-02, what: Go.}\n"
    )
    experiment = "name: Prompt\nsummary: A.\nstatus: draft\nhypothesis: B.\n"
    found = research_use(
        make_basis(
            {
                "sources/research/a.yaml": study(more=FINDINGS + decisions),
                "sources/experiments/prompt.yaml": experiment,
            }
        )
    )
    assert [(item.what, item.findings) for item in found.decisions] == [("Go.", ()), ("Do.", ("Unsure.",))]
    assert [item.made_in and item.made_in.id for item in found.decisions] == [None, "prompt"]


@pytest.mark.parametrize(
    ("published", "unused"), [("2026-09-24", True), ("2026-09-25", False), ("2026-11-01", False)]
)
def test_a_study_that_led_to_nothing_for_sixty_days_is_asked_about(
    studies: Studies, published: str, *, unused: bool
) -> None:
    text = study(more=f"{FINDINGS}published_on: {published}\n")
    decided = f"{text}decisions: [{{date: 2026-10-01, what: Do.}}]\n"
    use = research_use(studies(a=text, b=decided, c=study()))
    assert [entry.id for entry in use.unused] == (["a"] if unused else [])
