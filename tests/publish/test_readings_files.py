"""The readings of a metric or tool as a file to download."""

from __future__ import annotations

from handbook.loaded.handbook import load
from handbook.publish.readings import readings_files
from tests.conftest import TODAY, MakeSite
from tests.sites import TOOL

METRIC = "metrics: [{id: users, name: Users, summary: A., status: agreed, definition: B.%s}]\n"
READINGS = "day,value,note\n2026-10-31,9,\n2026-11-30,9.50,=1+1\n"


def test_the_file_has_all_readings_and_no_formula(make_site: MakeSite) -> None:
    site = make_site({"sources/metrics.yaml": METRIC % "", "sources/readings/users.csv": READINGS})
    (found,) = readings_files(load(site, TODAY))
    assert found.path == "metrics/users/users.csv"
    assert found.text == "day,value,note\n2026-10-31,9,\n2026-11-30,9.50,'=1+1\n"


def test_the_seats_of_a_tool_have_a_file(make_site: MakeSite) -> None:
    counts = "day,active,licensed,note\n2026-10-31,9,12,\n2026-11-30,8,,Fewer\n"
    site = make_site({"tools_inventory.yaml": TOOL, "sources/readings/seats/linear.csv": counts})
    (found,) = readings_files(load(site, TODAY))
    assert (found.path, found.text) == ("tools/linear/linear.csv", counts)


def test_what_readers_cannot_see_has_no_file(make_site: MakeSite) -> None:
    hidden = METRIC % ", audience: restricted"
    site = make_site({"sources/metrics.yaml": hidden, "sources/readings/users.csv": READINGS})
    assert list(readings_files(load(site, TODAY))) == []
    assert len(list(readings_files(load(site, TODAY, "restricted")))) == 1
