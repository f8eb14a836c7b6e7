"""`handbook import readings`: several metrics in one file, again and again, with conflicts shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command, MakeSite
from tests.sites import TOOL

METRICS = """metrics:
  - {id: users, name: Weekly active user, summary: A., status: agreed, definition: B., aliases: [WAU]}
  - {id: churn, name: Churn, summary: A., status: agreed, definition: B., unit: "%"}
"""
SEATS = "    seats: {licensed: 90, active: 84, counted_on: 2026-06-30}\n"
KNOWN = "day,value,note\n2026-10-25,9686,\n2026-11-01,9570,Holidays\n"


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    files = {
        "sources/metrics.yaml": METRICS,
        "sources/handbook.yaml": "as_of: 2026-11-23\n",
        "tools_inventory.yaml": TOOL + SEATS,
        "sources/readings/users.csv": KNOWN,
    }
    return make_site(files).root


def readings(site: Path, name: str) -> list[str]:
    return (site / f"sources/readings/{name}.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_a_file_with_several_metrics_is_merged_and_conflicts_are_shown(site: Path, command: Command) -> None:
    text = (
        "Metric;Date;Value;Note\n"
        "WAU;2026-11-08;9.698;\n"  # a thousand and more, as Germans write it
        "users;01.11.2026;9570;\n"
        "Churn;2026-10;1,4 %;Late, but final\n"
        "weekly active user;2026-10-25;9000;\n"
    )
    (site / "values.csv").write_text(text, encoding="utf-8")
    done = command(site, "import", "readings", "values.csv")
    assert done.returncode == 1
    assert "metric `users` on 2026-10-25: 9686 stays, the file says 9000 (values.csv:5)" in done.stdout
    assert "2 readings added, 0 changed, 1 unchanged." in done.stdout
    assert readings(site, "users") == ["2026-10-25,9686,", "2026-11-01,9570,Holidays", "2026-11-08,9698,"]
    assert readings(site, "churn") == ['2026-10-31,1.4,"Late, but final"']
    done = command(site, "import", "readings", "values.csv", "--prefer", "file")
    assert (done.returncode, "0 readings added, 1 changed, 3 unchanged." in done.stdout) == (0, True)
    assert readings(site, "users")[0] == "2026-10-25,9000,"
    assert (
        "0 readings added, 0 changed, 4 unchanged."
        in command(site, "import", "readings", "values.csv").stdout
    )


def test_a_row_can_have_all_metrics_of_a_day(site: Path, command: Command) -> None:
    (site / "imports").mkdir()
    file = site / "imports/readings.csv"
    file.write_text("Week,users,Churn\n2026-W45,9698,\n2026-W46,9632,1.5\n", encoding="utf-8")
    done = command(site, "import", "--again")
    assert (done.returncode, "3 readings added" in done.stdout) == (0, True), done.stdout
    assert readings(site, "users")[2:] == ["2026-11-08,9698,", "2026-11-15,9632,"]
    assert readings(site, "churn") == ["2026-11-15,1.5,"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SEATS, "    seats: {licensed: 95, active: 88, counted_on: 2026-09-30}\n"),
        (
            "    seats: {active: 84, licensed: 90}\n",
            "    seats: {active: 88, counted_on: 2026-09-30, licensed: 95}\n",
        ),
        (
            "    seats:\n      licensed: 90\n      active: 84\n",
            "    seats:\n      licensed: 95\n      active: 88\n      counted_on: 2026-09-30\n",
        ),
        (
            "    seats: {licensed: 90}\n",
            "    seats: {licensed: 95, active: 88, counted_on: 2026-09-30}\n",
        ),
    ],
)
def test_the_entry_of_a_tool_gets_the_last_count(
    site: Path, command: Command, before: str, after: str
) -> None:
    (site / "tools_inventory.yaml").write_text(TOOL + before, encoding="utf-8")
    (site / "seats.csv").write_text(
        "tool,day,active,licensed\nLinear,2026-03-31,70,80\nlinear,2026-09-30,88,95\n", encoding="utf-8"
    )
    done = command(site, "import", "readings", "seats.csv")
    assert done.returncode == 0, done.stdout
    assert readings(site, "seats/linear") == ["2026-03-31,70,80,", "2026-09-30,88,95,"]
    inventory = (site / "tools_inventory.yaml").read_text(encoding="utf-8")
    assert inventory == TOOL + after


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            "metric,day,value\nuser,2026-11-08,1\n",
            "values.csv:2: Unknown metric `user`. Did you mean `users`?",
        ),
        (
            "day,users,Kundenabwanderung\n2026-11-08,1,\n2026-11-15,1,2\n",
            "values.csv:3: Unknown metric `Kundenabwanderung` as the title of a column. Use the ID or the",
        ),
        (
            "metric,day,value\nWeekly activ user,2026-11-08,1\n",
            "values.csv:2: Unknown metric `Weekly activ user`. Did you mean `users`?\n",
        ),
        ("metric,day,value\nusers,2026-11-24,1\n", "2026-11-24 is in the future"),
        ("metric,day,value\nusers,08/09/2026,1\n", "can be 2026-09-08 or 2026-08-09"),
        ("metric,day,value\nusers,soon,1\n", "Invalid day `soon`"),
        ("metric,day,value\nusers,2026-11-08,about 9\n", "Invalid number `about 9` in `value`"),
        ("metric,day,value\nusers,2026-11-08,1\nusers,2026-11-08,2\n", "Another value for 2026-11-08"),
        ("metric,value\nusers,1\n", "No column with days"),
        ("day,users\n2026-11-08,1,234\n", "values.csv:2: More cells than the table has columns: `234`. Put"),
        (
            "metric,day,value\nusers,2026-11-08,12%\n",
            "csv:2: `12%` in `value`, which is not in percent. Write",
        ),
        (
            "metric,day,value,note\nusers,2026-11-08,1,234\n",
            "`1` and the note behind it can be `1,234`. Put",
        ),
        ("metric,day,amount\nusers,2026-11-08,1\n", "No column with values"),
        ("metric,day,value\nchurn,2026-11-08,140\n", "HB372 Impossible value 140"),
        ("tool,day,active\nlinear,2026-11-08,8.5\n", "Seats are whole numbers"),
        ("tool,day,active\nlinear,2026-11-08,1.000\n", "csv:2: Seats are whole numbers. Write `1000` if you"),
    ],
)
def test_what_cant_be_read_stops_the_import(site: Path, command: Command, rows: str, told: str) -> None:
    (site / "values.csv").write_text(rows, encoding="utf-8")
    done = command(site, "import", "readings", "values.csv")
    assert (done.returncode, told in done.stdout) == (1, True), done.stdout
    assert done.stdout.endswith("Nothing was changed.\n")
    assert " added" not in done.stdout
    assert (site / "sources/readings/users.csv").read_text(encoding="utf-8") == KNOWN


def test_rows_can_be_left_out(site: Path, command: Command) -> None:
    (site / "values.csv").write_text("day,users,sales\n2026-11-08,9698,3\n", encoding="utf-8")
    assert command(site, "import", "readings", "values.csv").returncode == 1
    done = command(site, "import", "readings", "values.csv", "--leave-out", "--dry-run")
    assert (done.returncode, "Left out (1):" in done.stdout) == (0, True)
    assert len(readings(site, "users")) == 2
    assert command(site, "import", "readings", "values.csv", "--leave-out").returncode == 0
    assert len(readings(site, "users")) == 3


def test_a_point_that_can_separate_thousands_is_left_to_people(site: Path, command: Command) -> None:
    german = "site_name: Test\ntheme: {name: material, language: de}\n"
    (site / "mkdocs.yml").write_text(german, encoding="utf-8")
    (site / "values.csv").write_text("day,users\n2026-11-08,12.400\n", encoding="utf-8")
    done = command(site, "import", "readings", "values.csv")
    assert done.returncode == 0
    assert (
        "Still to change (1):\n  sources/readings/users.csv:4: HB377 `12.400` is read as 12.4" in done.stdout
    )
    assert readings(site, "users")[2] == "2026-11-08,12.400,"
    (site / "values.csv").write_text("day;users\n2026-11-08;1,234\n", encoding="utf-8")
    done = command(site, "import", "readings", "values.csv", "--prefer", "file")
    told = "csv:2: `1,234` in `users` can be two numbers. Write `1234`, or `1.2340` if you mean that\n"
    assert (done.returncode, told in done.stdout) == (1, True)
    (site / "values.csv").write_text("day;users\n2026-11-08;1,234\n2026-11-15;1,5\n", encoding="utf-8")
    assert command(site, "import", "readings", "values.csv", "--prefer", "file").returncode == 0
    assert readings(site, "users")[2:] == ["2026-11-08,1.234,", "2026-11-15,1.5,"]
