"""The earlier states for the examples of the rules, which show the later states."""

from __future__ import annotations

PRD = """name: Product requirements
summary: Says what is built, for which users and why.
use_when: Before a squad builds anything that takes longer than a week.
sections:
  - {id: problem, name: Problem, required: true, guidance: Say whose it is.}
  - {id: risks, name: Risks, required: false, guidance: Say what may go wrong.}
version: "1.2"
changes:
  - {version: "1.2", date: 2026-05-04, note: Risks have a section of their own.}
"""

TEAMS = """teams:
  - {id: ops, name: Product operations, summary: Keeps tools and processes.}
"""

FILES = {"sources/templates/prd.yaml": PRD, "sources/teams.yaml": TEAMS}
"""The handbook that the examples change."""
