"""What leads nowhere leaves a text with everything that only it was for, and nothing else."""

from __future__ import annotations

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.span import Span
from handbook.starter.leftovers import prune
from handbook.starter.pruning import without

CASES = {
    "a row of a table": ("| a | b |\n|---|---|\n| X | 1 |\n| c | 2 |\n", "| a | b |\n|---|---|\n| c | 2 |\n"),
    "the last row of a section": ("# A\n\n## B\n\n| a |\n|---|\n| X |\n\n## C\n\nc\n", "# A\n\n## C\n\nc\n"),
    "an item": ("- a\n- see X\n  and more\n- b\n", "- a\n- b\n"),
    "an item of numbers that continue": ("1. a\n2. X\n\n   more\n3. b\n4. c\n", "1. a\n2. b\n3. c\n"),
    "the innermost item": ("- a\n    - X\n    - b\n- c\n", "- a\n    - b\n- c\n"),
    "the last inner item under a sentence": ("- A sentence\n    - X\n- c\n", "- A sentence\n- c\n"),
    "the last inner item under a title": (
        "-   **T**\n\n    - X\n\n-   **U**\n\n    - u\n",
        "-   **U**\n\n    - u\n",
    ),
    "a list with its introduction": ("Before.\n\nFor example:\n\n- X\n\nAfter.\n", "Before.\n\nAfter.\n"),
    "an item in a definition": ("T\n:   Text.\n\n    - X\n\nU\n:   u\n", "T\n:   Text.\n\nU\n:   u\n"),
    "a sentence": ("One. See X now. Two.\n", "One. Two.\n"),
    "a sentence on two lines": ("One. See\nX now. Two.\n", "One. Two.\n"),
    "a sentence with a macro that has a stop": ('One. See {{ f("A. B") }} X. Two.\n', "One. Two.\n"),
    "a paragraph with its attributes": ("a\n\nSee X.\n{: .hb-lead }\n\nb\n", "a\n\nb\n"),
    "a paragraph under a heading that has more": ("# A\n\nSee X.\n\nb\n", "# A\n\nb\n"),
    "the last paragraph of a section": ("# A\n\na\n\n## B { #b }\n\nSee X.\n", "# A\n\na\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_text(name: str) -> None:
    text, expected = CASES[name]
    number, line = next((number, line) for number, line in enumerate(text.split("\n")) if "X" in line)
    pruned = "\n".join(without(text.split("\n"), number, line.index("X"))).rstrip("\n")
    assert f"{pruned}\n" == expected


def test_places_in_one_part_and_in_several_of_a_page() -> None:
    page = "---\ntitle: T\n---\n\n# T\n\n- X and X\n- b\n- X\n\nSee X. See X. All.\n"
    assert prune("docs/a.md", page, findings("docs/a.md", page), {}) == (
        "---\ntitle: T\n---\n\n# T\n\n- b\n\nSee X. All.\n"
    )


def test_a_navigation_loses_sections_without_pages() -> None:
    text = "nav:\n  - A:\n      - X.md\n      - B: X/\n  # Kept.\n  - C: c.md\n"
    assert prune("mkdocs.yml", text, findings("mkdocs.yml", text), {}) == "nav:\n  # Kept.\n  - C: c.md\n"


def findings(path: str, text: str) -> list[Finding]:
    """A finding for each X."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        for column in (index + 1 for index, sign in enumerate(line) if sign == "X"):
            span = Span(number, column, number, column + 1)
            found.append(Finding(path, span, "HB208", Severity.ERROR, "The link is broken", "", ""))
    return found
