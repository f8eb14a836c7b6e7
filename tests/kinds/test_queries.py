"""Queries as they are copied."""

from __future__ import annotations

from handbook.kinds.query.copied import copied_query
from tests.conftest import MakeBasis

HEAD = "name: Adoption\nsummary: Who uses it?\nrun_in: There.\n"
PARAMETERS = """parameters:
  - {name: week, type: date, meaning: Monday of the week, example: "'2026-11-09'"}
"""


def test_a_copied_query_explains_its_parameters(make_basis: MakeBasis) -> None:
    sql = "sql: |\n  SELECT count(*)\n  FROM   events\n  WHERE  week = :week;\n"
    basis = make_basis({"sources/queries/adoption.yaml": HEAD + PARAMETERS + sql})
    assert copied_query(basis, basis.catalogue.entry("query", "adoption")) == (
        "-- Adoption\n"
        "-- Who uses it?\n"
        "-- :week  Monday of the week, such as '2026-11-09'\n"
        "SELECT count(*)\n"
        "FROM   events\n"
        "WHERE  week = :week;\n"
    )


def test_a_question_that_is_asked_by_clicking_has_nothing_to_copy(make_basis: MakeBasis) -> None:
    basis = make_basis({"sources/queries/adoption.yaml": HEAD + PARAMETERS + "steps: Click.\n"})
    assert copied_query(basis, basis.catalogue.entry("query", "adoption")) is None
