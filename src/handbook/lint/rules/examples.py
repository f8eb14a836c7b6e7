"""The template and the document for the examples of the rules."""

TEMPLATE = """name: Short brief
summary: Agrees on a small change.
fields:
  - {id: squad, name: Squad, type: text, required: true, guidance: The squad that builds it.}
  - {id: owner-team, name: Owner team, type: team, required: true}
  - {id: decide-by, name: Decide by, type: date, required: true, guidance: A Wednesday.}
  - {id: status, name: Status, type: choice, choices: [Draft, Approved]}
sections:
  - id: problem
    name: Problem
    required: true
    guidance: Who has the problem, and how often does it happen?
    example: Operations managers set the same filters again every week.
  - id: goal
    name: Goal
    required: true
    guidance: Today's value, the target, and the day you will read it.
  - id: risks
    name: Risks
    required: false
    guidance: What could go wrong, worst first.
"""

TEAMS = """teams:
  - id: product
    name: Product management
    summary: Decides what is built next and why.
"""

FILES = {"sources/templates/brief.yaml": TEMPLATE, "sources/teams.yaml": TEAMS}
"""The handbook. The document is next to it."""

PATH = "saved-filters.md"

FRONT_MATTER = """---
template: brief
squad: Reporting
owner-team: product
decide-by: 2026-12-02
---
"""

PROBLEM = """
## Problem

Support answers twelve questions a week about lost filters.
"""

GOAL = """
## Goal

Six questions a week by the end of March.
"""

DOCUMENT = f"{FRONT_MATTER}\n# Saved filters\n{PROBLEM}{GOAL}"

GOOD = {PATH: DOCUMENT, **FILES}


def bad(document: str) -> dict[str, str]:
    """Return the files with an incorrect document."""
    return {PATH: document, **FILES}
