"""What was learned in experiments, by tag."""

from __future__ import annotations

from handbook.kinds.experiment.learning_library import UNTAGGED, learning_library
from tests.conftest import MakeBasis

EXPERIMENT = """name: Prompt
summary: More?
status: decided
hypothesis: Yes.
ended_on: 2026-11-15
decision: {{outcome: ship, date: {day}, why: It works.}}
{more}
"""


def test_each_learning_is_listed_once_under_its_first_tag_the_newest_first(make_basis: MakeBasis) -> None:
    given = {
        "old": ("2026-11-16", "learning: [{claim: A., confidence: weak}]\ntags: [sign-up]"),
        "new": ("2026-11-18", "learning: [{claim: A., confidence: weak}]\ntags: [sign-up, filters]"),
        "other": ("2026-11-15", "learning: [{claim: A., confidence: weak}]\ntags: [email, sign-up]"),
        "plain": ("2026-11-17", "learning: [{claim: A., confidence: weak}]"),
        "silent": ("2026-11-17", "tags: [filters]"),
    }
    library = learning_library(
        make_basis(
            {
                f"sources/experiments/{name}.yaml": EXPERIMENT.format(day=day, more=more)
                for name, (day, more) in given.items()
            }
        )
    )
    groups = {tag: [entry.id for entry in entries] for tag, entries in library.tags}
    assert list(groups.items()) == [
        ("email", ["other"]),
        ("sign-up", ["new", "old"]),
        (UNTAGGED, ["plain"]),
    ]
    assert {tag: [entry.id for entry in entries] for tag, entries in library.also.items()} == {
        "email": [],
        "sign-up": ["other"],
        UNTAGGED: [],
    }
    assert [entry.id for entry in library.unread] == ["silent"]
