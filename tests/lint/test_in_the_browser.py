"""The form of a template says of a text what lint says of it in the finished document."""

from __future__ import annotations

from handbook.lint.rules.examples import FRONT_MATTER, PROBLEM, TEMPLATE
from tests.lint.conftest import Lint
from tests.node import vectors

BOTH = {"HB518", "HB520"}
"""The rules that the form knows too."""


def test_the_form_of_a_template_finds_what_lint_finds(lint_beside: Lint) -> None:
    cases = vectors("template_check")
    documents = {
        f"{number}.md": f"{FRONT_MATTER}\n# Saved filters\n{PROBLEM}\n## Goal\n\nSoon.\n".replace(
            "Soon.", text if section["name"] == "Goal" else f"Soon.\n\n## Risks\n\n{text}"
        )
        for number, (_, (text, section), _) in enumerate(cases)
    }
    teams = "teams:\n  - {id: product, name: Product, summary: Decides what is built.}\n"
    found = lint_beside({**documents, "sources/templates/brief.yaml": TEMPLATE, "sources/teams.yaml": teams})
    assert {(finding.path, finding.code) for finding in found if finding.code in BOTH} == {
        (f"{number}.md", result) for number, (*_, result) in enumerate(cases) if result
    }
