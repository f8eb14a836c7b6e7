"""The pages of processes and rituals."""

from __future__ import annotations

import html
import json
import re

from tests.render.conftest import MakeHandbook
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of
from tests.sites import ROOT

ROLES = "roles: [{id: pm, name: PM, summary: A.}]\n"
STAND_UP = """name: Stand-up
summary: Tells the squad what is blocked.
why: A blocker that is named is half gone.
calendar:
  - repeats: every weekday
    at: 9:15
    lasts: 15 minutes
    timezone: Asia/Tokyo
    who: [pm]
    deadline: {name: Write your update, before: 1 day, at: "18:00"}
links: [{title: Board, url: "https://example.com/board"}]
"""
REVIEW = """name: Review
summary: Decides.
trigger: A draft is ready.
steps: [{id: do, name: Do it, role: pm, what: Do it.}]
"""
FILES = {
    "sources/roles.yaml": ROLES,
    "sources/handbook.yaml": "timezone: Europe/Berlin\n",
    "sources/processes/stand-up.yaml": STAND_UP,
    "sources/processes/review.yaml": REVIEW,
}


def test_a_ritual_says_when_who_and_by_when_and_has_no_empty_headings(make_handbook: MakeHandbook) -> None:
    text = pages_of(make_handbook(FILES))["processes/stand-up.md"].markdown
    shown = html.unescape(text)
    assert "<dt>When</dt> <dd>Every weekday, 09:15 to 09:30 (Asia/Tokyo): <a " in shown
    assert "<br>Write your update by 18:00 (Asia/Tokyo), one working day before. Next: " in shown
    headings = [re.sub(r"<.*>", "", line) for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# Stand-up { #top }", "## Why it matters", "## Related links { #read-on }"]


def test_lists_mark_rituals(make_handbook: MakeHandbook) -> None:
    table = macros_of(make_handbook(FILES))["processes_table"]()
    assert table.count('<span class="hb-tag">ritual</span>') == 1
    assert 'Stand-up</a> <span class="hb-tag">ritual</span>' in table


def test_a_list_shows_how_often_a_process_takes_place_by_its_calendar(make_handbook: MakeHandbook) -> None:
    """An event with a name is one part of a process with steps; a ritual has no parts."""
    events = "calendar:\n  - {id: a, name: Demo, repeats: every other Thursday, since: 2026-01-08}\n"
    once = 'calendar: [{repeats: "once, on 2027-03-01"}]\n'
    short = "summary: A.\nwhy: B.\n"
    table = macros_of(
        make_handbook(
            {
                **FILES,
                "sources/processes/demo.yaml": f"name: Demo\n{short}{events}",
                "sources/processes/often.yaml": f"name: Often\n{short}cadence: weekly\n{events}",
                "sources/processes/once.yaml": f"name: Once\n{short}{once}",
                "sources/processes/review.yaml": REVIEW + events,
            }
        )
    )["processes_table"]()
    cells = re.findall(r">([A-Z][^<]*)</a>.*?Frequency\"[^>]*>(.*?)</td>", table)
    shown = {name: re.sub("<[^>]*>", "", cell) for name, cell in cells}
    assert shown == {
        "Demo": "Every other Thursday",
        "Stand-up": "Every weekday",
        "Often": "Weekly",
        "Once": "",
        "Review": "",
    }


def test_a_process_whose_steps_are_hidden_is_no_ritual(make_handbook: MakeHandbook) -> None:
    schema = json.loads((ROOT / "schemas/process.schema.json").read_text(encoding="utf-8"))
    schema["properties"]["steps"]["x-audience"] = "restricted"
    table = macros_of(make_handbook({**FILES, "schemas/process.schema.json": json.dumps(schema)}))[
        "processes_table"
    ]()
    assert "ritual" not in table
