"""`handbook audit` and `handbook pick`: what they print, and how they end."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest

from handbook.cli import main
from tests.cli.conftest import Printed
from tests.conftest import Command
from tests.sites import ROOT, without, write_site

INVENTORY = """tools:
  - id: linear
    name: "=Linear | <b>"
    summary: Plans the work.
    category: project-management
    status: active
    owner: ops
    cost: {amount: 14.50, currency: USD, period: month, per_seat: true}
    seats: {licensed: 9, active: 7, counted_on: 2026-11-02}
    contract: {renews_on: 2027-06-01, notice_days: 60}
    capabilities: [issue-tracking]
    review: {last: 2026-09-21, next: 2027-01-04}
    fit: {team_size: {from: 2, to: 300}, workflow_complexity: [simple], integration_needs: [few]}
  - id: canny
    name: Canny
    summary: Collects votes.
    category: feedback
    status: active
    cost: {amount: 400, currency: EUR, period: month, per_seat: false}
"""
TEAMS = "teams: [{id: ops, name: Operations, summary: A.}]\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = write_site(tmp_path, {"tools_inventory.yaml": INVENTORY, "sources/teams.yaml": TEAMS})
    monkeypatch.chdir(site)
    return site


def test_the_text_says_each_tool_with_its_recommendation(printed: Printed) -> None:
    text = printed("audit", "--as-of", "2026-11-23")
    assert text.startswith(
        "Tool audit as of 23 November 2026: 2 tools, EUR 4,800 and USD 1,566 per year, "
        "including EUR 0 and USD 348 for unused seats.\n\nRECOMMENDATIONS\n"
    )
    assert re.search(r"^Canny +active +assign owner +Unassigned +No owner\.", text, re.MULTILINE)
    assert text.count("\nRECOMMENDATIONS\n") == 1
    assert "7 of 9 seats are in use (77.8%). No overlapping tools.\n" in text
    assert "Canny (Owner, Seats, Contract, Capabilities, Review)\n" in text


def test_the_day_decides(printed: Printed) -> None:
    text = printed("audit", "--as-of", "2027-01-05")
    assert "The review was due on 4 January 2027." in text
    assert "87" in text  # days to 2 April 2027


def test_a_cost_that_cannot_be_divided_says_why(site: Path, printed: Printed) -> None:
    unused = INVENTORY.replace("active: 7", "active: 0")
    write_site(site, {"tools_inventory.yaml": unused, "sources/teams.yaml": TEAMS})
    text = printed("audit", "--as-of", "2026-11-23")
    costs = text.partition("COST AND SEATS")[2]
    assert re.search(r"^=Linear .* No active users +0 of 9", costs, re.MULTILINE)
    assert re.search(r"^Canny .* Unknown +No data +No data +None \(flat rate\)$", costs, re.MULTILINE)


def test_the_markdown_is_tables_in_which_text_stays_text(printed: Printed) -> None:
    text = printed("audit", "--format", "markdown", "--as-of", "2026-11-23")
    assert "\n## By category\n\n| Category | Tools | Annual cost |" in text
    assert "| =Linear \\| \\<b\\> | active | keep |" in text
    assert "\n## Rates" not in text


def test_the_markdown_calls_nobody_when_it_becomes_an_issue(site: Path, printed: Printed) -> None:
    named = INVENTORY.replace("=Linear | <b>", "@org/team #12 a@b \\u202e")
    write_site(site, {"tools_inventory.yaml": named, "sources/teams.yaml": TEAMS})
    text = printed("audit", "--format", "markdown", "--as-of", "2026-11-23")
    assert "| @\u2060org/team \\#\u206012 a@\u2060b \ufffd |" in text


def test_the_json_has_exact_amounts_and_the_totals(printed: Printed) -> None:
    value = json.loads(printed("audit", "--format", "json", "--as-of", "2026-11-23"))
    assert (value["version"], value["as_of"]) == (3, "2026-11-23")
    canny, linear = value["tools"]
    assert (canny["category"], value["totals"]["all"]["idle_cost"]) == (
        "feedback",
        [{"currency": "EUR", "amount": "0.00"}, {"currency": "USD", "amount": "348.00"}],
    )
    assert (canny["recommendation"], canny["owner"], canny["seats_idle"]) == ("assign-owner", None, None)
    assert (linear["yearly_cost"], linear["currency"]) == ("1566.00", "USD")
    assert (linear["cost_per_active_person"], linear["idle_cost"]) == ("223.71", "348.00")
    assert linear["notice_by"] == "2027-04-02"
    assert value["totals"]["all"]["yearly_cost"] == [
        {"currency": "EUR", "amount": "4800.00"},
        {"currency": "USD", "amount": "1566.00"},
    ]
    assert [group["name"] for group in value["totals"]["by_owner"]] == ["ops", "unassigned"]


def test_the_csv_has_a_row_for_each_tool_and_no_formula(printed: Printed) -> None:
    rows = list(csv.DictReader(io.StringIO(printed("audit", "--format", "csv"))))
    assert [row["id"] for row in rows] == ["canny", "linear"]
    assert rows[1]["name"] == "'=Linear | <b>"
    assert rows[0]["missing_fields"] == "owner; seats; contract; capabilities; review"


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv"])
def test_an_inventory_without_tools_is_no_mistake(form: str, site: Path, printed: Printed) -> None:
    write_site(site, {"tools_inventory.yaml": "tools: []\n"})
    printed("audit", "--format", form)
    assert printed("pick", "--team-size", "5", "--workflows", "simple", "--integrations", "few") == (
        "No tools found.\n"
    )


def test_a_pick_ranks_with_reasons(printed: Printed) -> None:
    text = printed("pick", "--team-size", "5", "--workflows", "complex", "--integrations", "few")
    assert text == (
        "PROJECT MANAGEMENT\n"
        "1. =Linear | <b> (in use): suits 2 of 3\n"
        "   + made for 2 to 300 people\n"
        "   + suited to few integrations\n"
        "   - only supports simple workflows\n"
        "\n"
        "FEEDBACK\n"
        "?  Canny: no suitability data\n"
    )


TEAM = ["--team-size", "5", "--workflows", "simple", "--integrations", "few"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["audit", "--as-of", "tomorrow"], "tomorrow is not a valid date; use YYYY-MM-DD"),
        (["audit", "--format", "xml"], "invalid choice: 'xml'"),
        (["pick"], "the following arguments are required: --team-size, --workflows, --integrations"),
        (["pick", *TEAM, "--team-size", "0"], "0 is not a valid team size; use the number of people, from 1"),
        (["pick", *TEAM, "--team-size", "9" * 5000], "is not a valid team size"),
        (["pick", *TEAM, "--team-size", "²"], "² is not a valid team size"),
        (["pick", *TEAM, "--workflows", "hard"], "invalid choice: 'hard'"),
        (["pick", *TEAM, "--category", "feedbak"], "Did you mean `feedback`?"),
        (["pick", *TEAM, "--category", "x"], "Use `project-management` or `feedback`"),
    ],
)
def test_a_wrong_call_is_one_line_and_ends_with_2(
    words: list[str], said: str, site: Path, command: Command
) -> None:
    done = command(site, *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


@pytest.mark.parametrize("words", [["audit"], ["pick", *TEAM]])
def test_nothing_is_worked_out_from_sources_with_errors(
    words: list[str], site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(site, {"tools_inventory.yaml": INVENTORY.replace("status: active", "status: Active", 1)})
    assert main(words) == 2
    assert capsys.readouterr().err == (
        "handbook: error: Found 1 error in the sources. Run `handbook validate` for details and fixes.\n"
    )


def test_nothing_is_said_of_owners_that_a_site_does_not_have(site: Path, command: Command) -> None:
    (site / "schemas").mkdir()
    (site / "schemas/tool.schema.json").write_text(without("tool", "owner"), encoding="utf-8")
    inventory = INVENTORY.replace("    owner: ops\n", "")
    (site / "tools_inventory.yaml").write_text(inventory, encoding="utf-8")
    done = command(site, "audit")
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs the field `tool.owner`, which the schemas of this site don't have" in done.stderr


def test_the_page_says_what_the_command_says(shipped_build: Path, command: Command) -> None:
    page = (shipped_build / "tools/audit/index.html").read_text(encoding="utf-8")
    shown = html.unescape(page)
    value = json.loads(command(ROOT, "audit", "--format", "json").stdout)
    assert len(value["tools"]) > 15
    for each in value["tools"]:
        assert f">{each['reason']}<" in shown, each["id"]
