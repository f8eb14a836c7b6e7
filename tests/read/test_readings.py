"""The readings of metrics and the seats of tools, as files and as findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from handbook.check.runner import find_all
from handbook.loaded.handbook import load
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.readings import readings_path
from handbook.read.sources import read_context
from tests.conftest import TODAY, Command, MakeSite
from tests.sites import TOOL

METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves?
    definition: Accounts that left in a month.
    status: agreed
    computed_from: The billing system
    unit: "% a month"
    readings: {every: month}
"""
PATH = "sources/readings/churn.csv"
HEAD = "day,value,note\n"


def findings(make_site: MakeSite, files: Mapping[str, str | bytes]) -> list[str]:
    """The findings as text: place, code and message."""
    context = read_context(make_site({"sources/metrics.yaml": METRIC, **files}), TODAY)
    return [
        f"{each.path}:{each.span.line}:{each.span.column}-{each.span.end_column} {each.code} {each.message}"
        for each in find_all(context, SITE_RULES)
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", ["1:1-2 HB221 The file is empty"]),
        ("\ufeff", ["1:1-2 HB221 The file is empty"]),
        ("day;value;note\n", ["1:1-15 HB221 The file starts with `day;value;note`"]),
        (f"{HEAD}2026-09-30;1.4;\n2026-10-31,1.5,\n", ["2:1-16 HB221 Semicolons between the values"]),
        (f"{HEAD}2026-10-31;1,4;a, b, c\n", ["2:1-23 HB221 Semicolons between the values"]),
        (HEAD, []),
        (f"{HEAD}2026-10-31,1.4,\n", []),
        ("\ufeffday,value,note\r\n2026-10-31,1.4,Fine\r\n\r\n", []),
        (f'{HEAD}2026-10-31,1.4,"A note, with ""commas"""\n', []),
        (f"{HEAD}2026-10-31,1.4,A note, without quotes\n", ["2:1-38 HB221 More than 3 values"]),
        (f"{HEAD}2026-10-31,1,4,\n", ["2:1-16 HB221 More than 3 values"]),
        (f'{HEAD}2026-10-31,1.4,"open\n', ["2:1-21 HB221 Quotes are not closed"]),
        (f"{HEAD}31.10.2026,1.4,\n", ["2:1-11 HB221 Invalid day `31.10.2026`"]),
        (f"{HEAD}2026-02-30,1.4,\n", ["2:1-11 HB221 Invalid day `2026-02-30`"]),
        (f"{HEAD},1.4,\n", ["2:1-2 HB221 Missing day"]),
        (f"{HEAD}2026-10-31,,late\n", ["2:12-13 HB221 Missing `value`"]),
        (f"{HEAD}2026-10-31\n", ["2:11-12 HB221 Missing `value`"]),
        (f"{HEAD}2026-10-31,1.4 %,\n", ["2:12-17 HB221 Invalid number `1.4 %` in `value`"]),
        (f"{HEAD}2026-10-31,nan,\n", ["2:12-15 HB221 Invalid number `nan` in `value`"]),
        (f"{HEAD}2026-10-31,\u0661,\n", ["2:12-13 HB221 Invalid number `\u0661` in `value`"]),
        (f"{HEAD}2026-10-31,1,\n2026-10-31,2,\n", ["3:1-11 HB221 2026-10-31 is there twice"]),
        (f"{HEAD}2026-10-31,1,\n2026-09-30,2,\n", ["3:1-11 HB221 2026-09-30 is after 2026-10-31"]),
        (f"{HEAD}2026-11-30,1,\n", ["2:1-11 HB221 2026-11-30 is in the future: today is 2026-11-23"]),
        (
            f"{HEAD}2026-10-31,140,\n",
            ["2:12-15 HB372 Impossible value 140: `churn` has values from 0 up to 100"],
        ),
        (f"{HEAD}2026-09-30,1,\n", ["2:1-11 HB371 The next reading was due on 2026-11-07, 16 days ago"]),
        (b"\xff\xfed\x00", ["1:1-2 HB002 File is UTF-16"]),
        (b"day,value,note\n2026-10-31,1,Caf\xe9\n", ["2:17-18 HB002 Byte 0xe9 is not valid UTF-8"]),
    ],
)
def test_a_line_is_read_or_says_where_and_why_not(
    make_site: MakeSite, content: str | bytes, told: list[str]
) -> None:
    assert findings(make_site, {PATH: content}) == [f"{PATH}:{each}" for each in told]


@pytest.mark.parametrize(
    ("line", "fixed", "kind"),
    [
        ("2026-10-31;14;late", "2026-10-31,14,late", "safe"),
        ("2026-10-31;1.4;", "2026-10-31,1.4,", "likely"),
        ("2026-10-31;1,4;", "", ""),
        ("2026-10-31;14;late; final", "", ""),
    ],
)
def test_semicolons_become_commas_if_that_is_the_right_line(
    make_site: MakeSite, line: str, fixed: str, kind: str
) -> None:
    site = make_site({"sources/metrics.yaml": METRIC, PATH: f"{HEAD}{line}\n"})
    (found,) = find_all(read_context(site, TODAY), SITE_RULES)
    fixes = [(found.fix.edits[0].text, found.fix.is_safe)] if found.fix else []
    assert fixes == ([(fixed, kind == "safe")] if fixed else [])


def test_a_file_belongs_to_an_entry_or_says_what_to_do(make_site: MakeSite) -> None:
    files = {
        "tools_inventory.yaml": TOOL,
        "sources/readings/chrun.csv": HEAD,
        "sources/readings/churn.xlsx": "",
        "sources/readings/seats/linear.csv": "day,active,licensed,note\n2026-09-30,84.5,90,\n",
        "sources/readings/seats/slack.csv": "day,active,licensed,note\n",
        "sources/readings/notes.md": "What is here.\n",
    }
    assert findings(make_site, files) == [
        "sources/readings/chrun.csv:1:1-2 HB221 The name of the file is the ID of no metric",
        "sources/readings/churn.xlsx:1:1-2 HB221 This file is not read",
        "sources/readings/notes.md:1:1-2 HB206 Pages are not read here",
        "sources/readings/seats/linear.csv:2:12-16 HB221 Invalid number `84.5` in `active`",
        "sources/readings/seats/slack.csv:1:1-2 HB221 The name of the file is the ID of no tool",
    ]


def test_a_large_file_is_refused_before_it_is_read(make_site: MakeSite) -> None:
    (found,) = findings(make_site, {PATH: HEAD + "2026-10-31,1.4,\n" * 400_000})
    assert found.startswith(f"{PATH}:1:1-2 HB001 File too large")


def test_readings_follow_a_renamed_metric_and_go_with_a_removed_one(
    make_site: MakeSite, command: Command
) -> None:
    files = {"sources/metrics.yaml": METRIC, PATH: f"{HEAD}2026-10-31,1.4,\n"}
    root = make_site(files).root
    done = command(root, "rename", "metric", "churn", "customer-churn")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (root / PATH).exists()
    assert (root / readings_path("metric", "customer-churn")).read_text(encoding="utf-8") == files[PATH]
    done = command(root, "remove", "metric", "customer-churn", "--why", "No one used it")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list((root / "sources/readings").glob("*.csv"))


@pytest.mark.parametrize(
    ("lowest", "audience", "seen"),
    [("public", "public", 1), ("internal", "public", 0), ("restricted", "internal", 0)],
)
def test_who_cant_see_a_metric_cant_see_its_readings(
    make_site: MakeSite, lowest: str, audience: str, seen: int
) -> None:
    metrics = f"{METRIC}    audience: {lowest}\n"
    site = make_site({"sources/metrics.yaml": metrics, PATH: f"{HEAD}2026-09-30,1.4,\n"})
    handbook = load(site, TODAY, audience)
    assert len(handbook.figure("metric_values")) == seen
    assert handbook.figure("attention").number == seen


def test_who_cant_see_a_field_of_readings_cant_see_them(make_site: MakeSite) -> None:
    """A company hides the values with one patch, and keeps the definitions public."""
    site = make_site(
        {
            "sources/metrics.yaml": METRIC,
            PATH: f"{HEAD}2026-10-31,1.4,\n",
            "schemas/metric.patch.json": '{"properties": {"readings": {"x-audience": "restricted"}}}',
            "tools_inventory.yaml": f"{TOOL}    audience: public\n",
            "sources/readings/seats/linear.csv": "day,active,licensed,note\n2026-09-30,84,90,\n",
        }
    )
    assert load(site, TODAY, "internal").figure("metric_values") == ()
    assert len(load(site, TODAY, "restricted").figure("metric_values")) == 1
    public, internal = (load(site, TODAY, audience).catalogue for audience in ("public", "internal"))
    assert public.readings(public.entry("tool", "linear")) == ()
    (reading,) = internal.readings(internal.entry("tool", "linear"))
    assert (reading.day, reading.value, reading.licensed) == (date(2026, 9, 30), Decimal(84), Decimal(90))


def test_a_kind_that_is_off_takes_its_readings_along(make_site: MakeSite) -> None:
    files = {PATH: "nothing", "sources/metrics.yaml": "", "sources/handbook.yaml": "kinds: {metric: off}\n"}
    assert not any("HB221" in each for each in findings(make_site, files))
