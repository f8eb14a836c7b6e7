"""Pages that count experiments, in a handbook without experiments."""

from __future__ import annotations

import pytest

from tests.render.conftest import MakeHandbook
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of

SURVEY = "surveys: [{id: s, name: S, summary: T., quarter: 2026-q4, experiments_elsewhere: 2}]\n"


@pytest.mark.parametrize(("state", "shown"), [("on", True), ("off", False)])
def test_no_page_counts_experiments_without_them(
    make_handbook: MakeHandbook, state: str, *, shown: bool
) -> None:
    settings = {} if state == "on" else {"sources/handbook.yaml": "kinds: {experiment: off}\n"}
    handbook = make_handbook({"sources/adoption/surveys.yaml": SURVEY, **settings})
    impact = str(macros_of(handbook, "index.md")["impact"]())
    page = next(page for path, page in pages_of(handbook).items() if path.endswith("surveys/s.md"))
    assert "Time to first shipped feature" in impact
    assert ("xperiments" in impact) is shown
    assert ("Experiments not in this handbook" in page.markdown) is shown
