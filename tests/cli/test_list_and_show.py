"""`handbook list` and `handbook show`: the data, for people, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from wcwidth import wcswidth

from handbook.cli import main
from handbook.output import tables
from tests.cli.conftest import Printed
from tests.sites import write_site

TOOLS = """tools:
  - id: linear
    name: "=Linear | <b>"
    summary: Plans the work of every squad, from the first idea to the release and what comes after it.
    category: project-management
    status: active
    owner: ops
    cost: {amount: 14.50, currency: USD, period: month, per_seat: true}
    use_when: [You plan work., "You look for \\"it\\", too."]
    integrations:
      - {tool: canny, direction: receives, carries: Requests}
    notes: |
      First line.

      Second *line*.
  - {id: canny, name: 看板工具, summary: 收集投票的工具, category: feedback, status: trial}
  - {id: secret, name: Secret, summary: For few., category: feedback, status: trial, audience: restricted}
"""
TEAMS = "teams: [{id: ops, name: Operations, summary: A.}]\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOLS, "sources/teams.yaml": TEAMS})
    monkeypatch.chdir(site)
    return site


def test_a_list_has_a_line_for_each_entry_in_the_order_of_the_site(printed: Printed) -> None:
    lines = printed("list", "tool").splitlines()
    assert lines[0].split() == ["ID", "NAME", "STATUS", "CATEGORY", "OWNER", "SUMMARY"]
    assert [line.split()[0] for line in lines[1:]] == ["linear", "canny"]
    assert "ops" in lines[1]


def test_a_list_fits_the_terminal_wide_characters_counted(
    printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (60, 80, 120):
        monkeypatch.setattr(tables, "_width", lambda width=width: width)
        lines = printed("list", "tool").splitlines()
        assert max(map(wcswidth, lines)) <= width
        # Each column begins at the same place, whatever stands before it.
        start = lines[0].index("STATUS")
        starts = [
            wcswidth(line[: line.index(state)])
            for line in lines
            for state in ("trial", "active")
            if state in line
        ]
        assert starts == [start, start]
        assert "comes" in "".join(lines)


def test_what_goes_into_a_pipe_has_whole_lines(printed: Printed) -> None:
    assert len(printed("list", "tool").splitlines()) == 3


def test_csv_is_read_back_as_it_is_written_in_yaml(printed: Printed) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(printed("list", "tool", "--format", "csv")))}
    assert list(rows) == ["linear", "canny"]
    linear = rows["linear"]
    assert (linear["cost.amount"], linear["cost.per_seat"], linear["owner"]) == ("14.5", "yes", "ops")
    assert linear["use_when"] == 'You plan work.; You look for "it", too.'
    assert json.loads(linear["integrations"]) == [
        {"tool": "canny", "direction": "receives", "carries": "Requests"}
    ]
    assert linear["notes"] == "First line.\n\nSecond *line*.\n"
    assert (linear["source_file"], linear["page"]) == ("tools_inventory.yaml", "tools/linear/")
    assert rows["canny"]["used_by"] == "tool/linear"
    assert rows["canny"]["cost.amount"] == ""


def test_a_spreadsheet_calculates_nothing(printed: Printed) -> None:
    rows = csv.DictReader(io.StringIO(printed("list", "tool", "--format", "csv")))
    assert next(row["name"] for row in rows) == "'=Linear | <b>"


def test_json_says_the_fields_as_they_are_written_and_what_refers_to_the_entry(printed: Printed) -> None:
    said = json.loads(printed("list", "tool", "--format", "json"))
    assert (said["kind"], said["audience"], len(said["entries"])) == ("tool", "internal", 2)
    linear, canny = said["entries"]
    assert linear["fields"]["cost"] == {
        "amount": 14.5,
        "currency": "USD",
        "period": "month",
        "per_seat": True,
    }
    assert canny == {
        "kind": "tool",
        "id": "canny",
        "path": "tools_inventory.yaml",
        "line": 16,
        "page": "tools/canny/",
        "fields": {
            "id": "canny",
            "name": "看板工具",
            "summary": "收集投票的工具",
            "category": "feedback",
            "status": "trial",
        },
        "used_by": [{"kind": "tool", "id": "linear", "pointer": "/integrations/0/tool"}],
    }
    assert json.loads(printed("show", "tool", "canny", "--format", "json")) == canny


def test_an_entry_is_shown_field_by_field_with_what_refers_to_it(printed: Printed) -> None:
    pairs = (line.split("  ", 1) for line in printed("show", "tool", "linear").splitlines() if "  " in line)
    found = {name: text.strip() for name, text in pairs}
    assert found["cost.per_seat"] == "yes"
    assert found["integrations[1].tool"] == "canny"
    assert found["location"] == "tools_inventory.yaml:2"
    assert found["used by"] == "None"
    lines = printed("show", "tool", "linear").splitlines()
    assert any(line.strip() == "Second *line*." for line in lines)
    assert "tool linear" in printed("show", "tool", "canny")


def test_what_is_for_few_is_shown_when_that_is_asked_for(
    printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "secret" not in printed("list", "tool", "--format", "json")
    assert "secret" in printed("list", "tool", "--format", "json", "--audience", "restricted")
    assert "secret" in printed("show", "tool", "secret", "--audience", "restricted")
    assert main(["show", "tool", "secret"]) == 2
    said = capsys.readouterr()
    why = "The entry is hidden from the audience `internal`. Set another one with `--audience`."
    assert (said.out, said.err) == ("", f"handbook: error: {why}\n")


def test_who_has_the_sources_sees_what_the_company_sees(site: Path, printed: Printed) -> None:
    (site / "sources/handbook.yaml").write_text("audience: public\n", encoding="utf-8")
    assert "linear" in printed("list", "tool")
    assert "linear" not in printed("list", "tool", "--audience", "public")
    (site / "sources/handbook.yaml").write_text("audience: restricted\n", encoding="utf-8")
    assert "secret" in printed("list", "tool")


WRONG = {
    ("list", "tol"): "Unknown content type `tol`. Did you mean `tool`?",
    ("show", "tol", "linear"): "Unknown content type `tol`. Did you mean `tool`?",
    ("show", "tool", "liner"): "Unknown tool `liner`. Did you mean `linear`?",
    ("show", "tool", "zzzzzz"): "Unknown tool `zzzzzz`. Use `canny` or `linear`.",
}


@pytest.mark.parametrize("words", WRONG)
@pytest.mark.usefixtures("site")
def test_a_wrong_name_gets_one_line_with_the_nearest(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"handbook: error: {WRONG[words]}\n")


def test_a_kind_without_entries_says_so(printed: Printed) -> None:
    assert printed("list", "flag") == "No feature flags yet.\n"
    assert json.loads(printed("list", "flag", "--format", "json"))["entries"] == []
    assert len(printed("list", "flag", "--format", "csv").splitlines()) == 1


@pytest.mark.parametrize("command", ["list", "audit"])
@pytest.mark.parametrize("text", ["teams: [{id: ops}]\n", f"teams: []\n{'<' * 7} a\n{'>' * 7} b\n"])
def test_sources_with_errors_are_not_taken_for_whole(
    command: str, text: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "sources/teams.yaml").write_text(text, encoding="utf-8")
    assert main([command, *(["team"] if command == "list" else [])]) == 2
    assert "in the sources. Run `handbook validate`" in capsys.readouterr().err
