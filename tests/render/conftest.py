"""A small handbook to render."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.loaded.handbook import Handbook, load
from tests.conftest import MakeSite

TOOLS = """tools:
  - id: linear
    name: Linear
    summary: Plans the work.
    category: project-management
    status: active
    cost: {amount: 8, currency: USD, period: month, per_seat: true}
    tags: [planning, daily]
  - id: jira
    name: "=Jira | <b>old</b>"
    summary: Held the work.
    category: project-management
    status: sunset
    replaced_by: linear
  - id: amplitude
    name: Amplitude
    summary: Counts what users do.
    category: analytics
    status: active
    cost: {amount: 900, currency: USD, period: month, per_seat: false}
    integrations:
      - {tool: linear, direction: sends, carries: Alerts}
"""

MakeHandbook = Callable[[Mapping[str, str]], Handbook]


@pytest.fixture
def make_handbook(make_site: MakeSite) -> MakeHandbook:
    """Loads a site made of these files, and of a few tools."""

    def make(files: Mapping[str, str]) -> Handbook:
        handbook = load(make_site({"tools_inventory.yaml": TOOLS, **files}))
        assert [finding for finding in handbook.report.findings if finding.code < "HB3"] == []
        return handbook

    return make
