"""The sources in the examples of rules."""

from collections.abc import Mapping

TOOL = """tools:
  - id: linear
    name: Linear
    summary: Plans and tracks the work of every squad.
    category: project-management
    status: trial
"""

ACTIVE_TOOL = """tools:
  - id: linear
    name: Linear
    summary: Plans and tracks the work of every squad.
    category: project-management
    status: active
    owner: product-manager
    access: {how: Ask in the channel for new accounts.}
"""

RETIRED_TOOL = """  - id: aha
    name: Aha!
    summary: Held the roadmap.
    category: roadmap
    status: retired
    replaced_by: linear
"""

ROLE = """roles:
  - id: product-manager
    name: Product manager
    summary: Decides what is built next and why.
"""

PROCESS = """name: Launch
summary: Brings a finished feature to customers.
why: Without it, support learns about features from customers.
trigger: A feature is ready to ship.
training: A half-hour talk for new colleagues.
feedback_channel: The channel for launches.
steps:
  - id: decide
    name: Decide
    role: product-manager
    what: Say yes or no.
"""

EXPERIMENT = """name: A guide
summary: Finds out whether a guide helps.
status: running
hypothesis: With a guide, more new accounts come back.
starts_on: '2020-01-13'
planned_end: '9999-02-10'
"""

DECIDED = """name: A guide
summary: Found out whether a guide helps.
status: decided
hypothesis: With a guide, more new accounts come back.
ended_on: '2020-02-10'
results:
  - {variant: control, participants: 1000, conversions: 300}
  - {variant: guide, participants: 1000, conversions: 350}
variants:
  - {id: control, name: Control, share: 50}
  - {id: guide, name: Guide, share: 50}
decision: {outcome: ship, date: '2020-02-12', why: More came back.}
"""

COUNTED = """name: A
summary: A.
status: decided
hypothesis: We believe that it helps.
variants:
  - {id: control, name: Control, share: 50}
  - {id: guide, name: Guide, share: 50}
starts_on: 2026-10-05
planned_end: 2026-10-25
ended_on: 2026-10-25
results:
  - {variant: control, participants: 1000, conversions: 100}
  - {variant: guide, participants: 1000, conversions: 120}
decision: {outcome: stop, date: 2026-10-28, why: It did not.}
"""

CORE = {"core/mkdocs.yml": "site_name: Core\n", "core/tools_inventory.yaml": TOOL}
"""A handbook for another to extend."""


def with_tool(more: str = "") -> Mapping[str, str]:
    """Return a site with one tool, and more text in its file."""
    return {"tools_inventory.yaml": TOOL + more}


def with_process(text: str = PROCESS) -> Mapping[str, str]:
    """Return a site with one process and the role that it needs."""
    return {"sources/processes/launch.yaml": text, "sources/roles.yaml": ROLE}
