"""`handbook import`: what is written, what the next import keeps and changes, and what is asked."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
import yaml

from handbook.cli import main
from tests.sites import write_site
from tests.trees import tree

TEAMS = "teams:\n  - {id: ops, name: Operations, summary: Runs the tools.}\n"
HEAD = "Tool,Purpose,Category,Status,Owner,Access,Monthly cost,Seats\n"
ROWS = {
    "miro": "Miro,Draws.,communication,active,Ops,Ask.,$10,5\n",
    "jira": "Jira,Tracks.,project-management,active,Operations,Ask.,$8,40\n",
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with one team, next to a file with two tools."""
    root = write_site(tmp_path / "site", {"sources/teams.yaml": TEAMS, "tools_inventory.yaml": "tools: []\n"})
    write(root, **ROWS)
    monkeypatch.chdir(root)
    return root


def write(site: Path, **rows: str) -> None:
    """Writes the file to import."""
    (site.parent / "tools.csv").write_text(HEAD + "".join(rows.values()), encoding="utf-8")


def run(*options: str) -> int:
    """Imports the file."""
    return main(["import", "tool", "../tools.csv", *options])


def tools(site: Path) -> dict[str, dict[str, object]]:
    """The tools of the handbook by ID."""
    found = yaml.safe_load((site / "tools_inventory.yaml").read_text(encoding="utf-8"))["tools"]
    return {each["id"]: each for each in found}


def change(site: Path, before: str, after: str) -> None:
    """Changes the tools, as people do."""
    path = site / "tools_inventory.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_an_import_writes_a_handbook_without_errors_and_again_changes_nothing(site: Path) -> None:
    assert run() == 0
    assert tools(site)["miro"]["cost"] == {
        "amount": 10,
        "currency": "USD",
        "period": "month",
        "per_seat": False,
    }
    assert main(["validate"]) == 0
    before = tree(site)
    assert run() == 0
    assert tree(site) == before


def test_a_handbook_with_a_message_for_the_first_day_says_how_a_tool_gets_into_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "To request a tool on the first day, add the tag `day-one` to it.\n"
    assert run("--dry-run") == 0
    assert line not in capsys.readouterr().out
    (site / "docs/index.md").write_text('# Home\n\n{{ access_request("day-one") }}\n', encoding="utf-8")
    assert run() == 0
    assert capsys.readouterr().out.endswith(line)
    assert run() == 0
    assert line not in capsys.readouterr().out
    assert main(["new", "tool", "figma"]) == 0
    assert line in capsys.readouterr().out


def test_a_dry_run_shows_what_becomes_of_columns_and_rows_and_writes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site, miro=ROWS["miro"], jira=ROWS["jira"].replace("$8", "n/a"))
    before = tree(site)
    assert run("--dry-run") == 0
    said = capsys.readouterr().out
    assert "Monthly cost  cost            1       1" in said
    assert "miro   add     tools.csv:2" in said
    assert said.endswith("2 tools: 2 added.\nNothing was changed.\n")
    assert tree(site) == before


def test_the_next_import_updates_what_people_left_and_keeps_what_they_changed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    change(site, "summary: Draws.", "summary: Draws together.")
    write(site, miro=ROWS["miro"].replace("$10", "$12"), jira=ROWS["jira"])
    capsys.readouterr()
    assert run() == 0
    assert 'miro   update  tools.csv:2  cost: {"amount": 12, ' in capsys.readouterr().out
    assert tools(site)["miro"]["summary"] == "Draws together."
    assert tools(site)["miro"]["cost"] == {
        "amount": 12,
        "currency": "USD",
        "period": "month",
        "per_seat": False,
    }


def test_what_both_changed_is_a_conflict_once_and_the_handbook_wins_unless_the_file_shall(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    change(site, "licensed: 5", "licensed: 6")
    write(site, miro=ROWS["miro"].replace(",5\n", ",9\n"), jira=ROWS["jira"].replace(",40", ",50"))
    capsys.readouterr()
    assert run() == 1
    assert "seats/licensed: `6` stays, the file says `9`" in capsys.readouterr().out
    assert tools(site)["miro"]["seats"] == {"licensed": 6}
    assert tools(site)["jira"]["seats"] == {"licensed": 50}
    assert run() == 0
    write(site, miro=ROWS["miro"].replace(",5\n", ",10\n"), jira=ROWS["jira"].replace(",40", ",50"))
    assert run("--prefer", "file") == 0
    assert tools(site)["miro"]["seats"] == {"licensed": 10}
    change(site, "licensed: 10", "licensed: 11")
    write(site, miro=ROWS["miro"].replace(",5\n", ",12\n"), jira=ROWS["jira"].replace(",40", ",50"))
    assert [run(), run(), run("--prefer", "file")] == [1, 0, 0]
    assert tools(site)["miro"]["seats"] == {"licensed": 12}


def test_an_amount_keeps_its_currency_and_period_and_what_people_added(site: Path) -> None:
    assert run() == 0
    change(site, "amount: 10\n", "amount: 11\n")
    jira = "amount: 8\n      currency: USD\n      period: month\n      per_seat: "
    change(site, f"{jira}false\n", f"{jira}true\n")
    write(site, miro=ROWS["miro"].replace("$10", "€3.600 p.a."), jira=ROWS["jira"].replace("$8", "€9"))
    assert run() == 1
    assert tools(site)["miro"]["cost"] == {
        "amount": 11,
        "currency": "USD",
        "period": "month",
        "per_seat": False,
    }
    cost = {"amount": 9, "currency": "EUR", "per_seat": True, "period": "month"}
    assert tools(site)["jira"]["cost"] == cost


def test_what_people_removed_stays_away_and_what_the_file_no_longer_says_goes(site: Path) -> None:
    assert run() == 0
    change(site, "    seats:\n      licensed: 5\n", "")
    write(site, miro=ROWS["miro"], jira=ROWS["jira"].replace("$8,40", ","))
    assert run() == 0
    assert "seats" not in tools(site)["miro"]
    assert tools(site)["jira"].keys().isdisjoint({"seats", "cost"})


def test_a_tool_that_vanished_is_retired_and_comes_back_when_it_is_in_the_file_again(site: Path) -> None:
    assert run() == 0
    write(site, jira=ROWS["jira"])
    assert run() == 0
    assert tools(site)["miro"]["status"] == "retired"
    before = tree(site)
    assert run() == 0
    assert tree(site) == before
    write(site, **ROWS)
    assert run() == 0
    assert tools(site)["miro"]["status"] == "active"
    assert tools(site)["miro"]["cost"] == {
        "amount": 10,
        "currency": "USD",
        "period": "month",
        "per_seat": False,
    }


def test_an_entry_of_people_is_found_by_its_name_and_never_marked_as_gone(site: Path) -> None:
    own = "{id: whiteboard, name: Miro, summary: Ours., category: feedback, status: trial}"
    (site / "tools_inventory.yaml").write_text(f"tools:\n  - {own}\n", encoding="utf-8")
    write(site, miro="Miro,,,,,,$10,5\n")
    assert run() == 0
    assert tools(site)["whiteboard"]["seats"] == {"licensed": 5}
    assert tools(site)["whiteboard"]["summary"] == "Ours."
    write(site, jira=ROWS["jira"])
    assert run() == 0
    assert tools(site)["whiteboard"]["status"] == "trial"


def test_a_new_name_of_a_row_with_a_key_keeps_the_id(site: Path) -> None:
    (site.parent / "tools.csv").write_text(
        "Nr,Tool,Category,Status\n7,Miro,feedback,trial\n", encoding="utf-8"
    )
    assert run("--key", "Nr", "--column", "Nr=") == 0
    (site.parent / "tools.csv").write_text(
        "Nr,Tool,Category,Status\n7,Miró,feedback,trial\n", encoding="utf-8"
    )
    assert run() == 0
    assert tools(site)["miro"]["name"] == "Miró"


def test_errors_name_the_row_and_nothing_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, miro="Miro,Draws.,feedback,active,,Ask.,,\n")
    before = tree(site)
    assert run() == 1
    said = capsys.readouterr().out
    assert "tools.csv:2: HB301 Missing `owner` of an active tool" in said
    assert said.endswith("Nothing was changed.\n")
    assert tree(site) == before


def test_without_a_terminal_what_is_to_be_decided_names_its_option(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site, miro="Miro,Draws.,Boards,active,Growth,Ask.,10 kr,5\n")
    before = tree(site)
    assert run() == 1
    said = capsys.readouterr().out
    for option in ("--currency CODE", "--create teams", "--create words"):
        assert f"Add `{option}`" in said
    assert tree(site) == before


def test_on_a_terminal_it_is_asked_and_kept_for_the_next_time(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "Miro,Draws.,Boards,active,Growth,Ask.,10 kr,5\n"
    write(site, miro=row, again=row)
    answers = iter(["Purpose=notes", "Purpose=summary", "", "SEK", "maybe", "yes", "yes", "yes"])
    terminal = Mock(isatty=lambda: True)
    monkeypatch.setattr("handbook.cli.asking.sys", Mock(stdin=terminal, stdout=terminal))
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert run() == 0, capsys.readouterr().out
    assert tools(site)["miro"]["cost"] == {
        "amount": 10,
        "currency": "SEK",
        "period": "month",
        "per_seat": False,
    }
    assert "words" in (site / "imports/tools.yaml").read_text(encoding="utf-8")
    assert "add: [boards]" in (site / "sources/handbook.yaml").read_text(encoding="utf-8")
    monkeypatch.undo()
    monkeypatch.chdir(site)
    assert run() == 0
    assert main(["validate"]) == 0


def test_a_cell_that_is_asked_for_is_named_and_can_be_skipped(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        site,
        miro=ROWS["miro"].replace("$10", "10 kr"),
        jira=ROWS["jira"].replace("$8", "8 kr").replace("active", "humming"),
    )
    file = site.parent / "tools.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",Seats", ",Nummer,Extra").replace(",5", ",5,6"))
    answers = iter(["", "new", "", "skip", "active", "SEK"])
    terminal = Mock(isatty=lambda: True)
    monkeypatch.setattr("handbook.cli.asking.sys", Mock(stdin=terminal, stdout=terminal))
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert run() == 0, capsys.readouterr().out
    assert "tools.csv:2: Monthly cost: `10 kr` has no currency\n  `skip` leaves" in capsys.readouterr().out
    assert "cost" not in tools(site)["miro"]
    assert tools(site)["miro"]["nummer"] == "5"
    assert "extra" not in tools(site)["miro"]
    assert tools(site)["jira"]["status"] == "active"
    assert tools(site)["jira"]["cost"]["currency"] == "SEK"  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("tool", "../nothing.csv"), "nothing.csv: "),
        (("tools", "../empty.csv"), "empty.csv: Empty file"),
        (("tool", "../tools.csv", "--map", "notoin"), "Unknown mapping `notoin`. Did you mean `notion`?"),
        (("tool", "../tools.csv", "--column", "Tool"), "`Tool` has no `=`"),
        (
            ("tool", "../tools.csv", "--map", "mapping.yaml"),
            "Unknown field `colums`. Did you mean `columns`?",
        ),
        (("tool", "../tools.csv", "--map", "../mapping.yaml"), "../mapping.yaml is outside the handbook"),
        (("thing", "../tools.csv"), "Unknown content type `thing`"),
        (("tool", "../broken.json"), "broken.json: Invalid JSON"),
        (("tool", "../broken.xlsx"), "broken.xlsx: "),
    ],
)
def test_what_can_not_run_is_one_line(
    site: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    for name, text in {
        "empty.csv": "",
        "site/mapping.yaml": "colums: {}\n",
        "broken.json": "{",
        "broken.xlsx": "x",
    }.items():
        (site.parent / name).write_text(text, encoding="utf-8")
    assert main(["import", *words]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


def test_a_new_id_is_followed_and_what_people_removed_stays_removed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    assert main(["rename", "tool", "miro", "boards"]) == 0
    assert main(["remove", "tool", "jira", "--why", "No one used it."]) == 0
    write(site, miro=ROWS["miro"].replace("$10", "$12"), jira=ROWS["jira"])
    capsys.readouterr()
    assert run() == 0
    assert "tools.csv:3: People removed the entry, and it stays removed" in capsys.readouterr().out
    assert tools(site).keys() == {"boards"}
    assert tools(site)["boards"]["cost"] == {
        "amount": 12,
        "currency": "USD",
        "period": "month",
        "per_seat": False,
    }


def test_another_list_with_the_mapping_of_the_first_stops_before_harm(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {name: f"{name},Works.,analytics,active,Ops,Ask.,$1,5\n" for name in ("Box", "Figma", "Zoom")}
    write(site, **ROWS, **more)
    text = (site.parent / "tools.csv").read_text(encoding="utf-8")
    text = text.replace("Tool,", "Ding,").replace(",Seats", ",Nr")
    (site.parent / "tools.csv").write_text(text, encoding="utf-8")
    columns = ("--column", "Ding=name")
    assert run(*columns, "--create", "fields") == 0
    before = tree(site)
    (site.parent / "tools.csv").write_text("Kram,Extra\nSlack,1\nSAP,2\n", encoding="utf-8")
    capsys.readouterr()
    assert run("--leave-out") == 1
    said = capsys.readouterr().out
    assert "No column has the names of tools; the mapping `imports/tools.yaml` expects `Ding`" in said
    assert "No field for the column `Extra`" in said
    values = ("--set", "status=proposed", "--set", "category=analytics")
    other = ("--column", "Kram=name", "--column", "Extra=", *values)
    assert run(*other) == 1
    said = capsys.readouterr().out
    assert "The file lacks 5 of 5 tools of the last import: `box`, `figma`, `jira`, `miro`, `zoom`" in said
    assert tree(site) == before
    assert run(*other, "--map", "second") == 0
    assert (site / "imports/second.yaml").exists()
    assert run(*other, "--allow-gone") == 0
    assert tools(site)["box"]["status"] == "retired"


def test_what_is_created_keeps_the_spelling_of_the_file(site: Path) -> None:
    write(site, miro=ROWS["miro"].replace("communication", "CRM").replace("Ops", "Marketing und Vertrieb"))
    assert run("--create", "words", "--create", "teams") == 0
    assert "- id: crm\n        title: CRM\n" in (site / "sources/handbook.yaml").read_text(encoding="utf-8")
    assert "name: Marketing und Vertrieb\n" in (site / "sources/teams.yaml").read_text(encoding="utf-8")


def test_a_field_of_your_own_is_a_line_in_the_patch_of_the_schema_in_your_language(site: Path) -> None:
    config = (site / "mkdocs.yml").read_text(encoding="utf-8")
    (site / "mkdocs.yml").write_text(config.replace("  font: false\n", "  font: false\n  language: de\n"))
    patch = site / "schemas/tool.patch.json"
    patch.parent.mkdir(exist_ok=True)
    old = '{\n  "properties": {\n    "region": { "title": "Region", "type": "string" }'
    patch.write_text(f"{old}\n  }}\n}}\n", encoding="utf-8")
    text = f"{HEAD.strip()},Gebühr,cost_centre\n{ROWS['miro'].strip()},Ja,Nord\n"
    (site.parent / "tools.csv").write_text(text, encoding="utf-8")
    assert run("--create", "fields") == 0
    source = '"description": "Aus der Spalte {} einer importierten Datei."'
    fee = f'"gebuehr": {{ "title": "Gebühr", {source.format("Gebühr")}, "type": "boolean" }}'
    line = '"$ref": "common.schema.json#/$defs/line"'
    centre = f'"cost_centre": {{ "title": "Cost centre", {source.format("cost_centre")}, {line} }}'
    expected = f"{old},\n    {fee},\n    {centre}\n  }}\n}}\n"
    assert patch.read_text(encoding="utf-8") == expected


def test_comments_in_the_mapping_stay(site: Path) -> None:
    assert run() == 0
    path = site / "imports/tools.yaml"
    text = path.read_text(encoding="utf-8").replace("  Seats: ", "  # The paid ones.\n  Seats: ")
    path.write_text(text, encoding="utf-8")
    assert run("--currency", "EUR") == 0
    assert path.read_text(encoding="utf-8") == f"{text}currency: EUR\n"


def test_products_become_namespaces_in_a_handbook_without_settings(site: Path) -> None:
    text = "Product,Metric,Definition,Status\nPayments,Churn,Left.,proposed\nLoans,Churn,Went.,proposed\n"
    (site.parent / "metrics.csv").write_text(text, encoding="utf-8")
    assert main(["import", "metric", "../metrics.csv", "--create", "namespaces"]) == 0
    assert (site / "sources/metrics/payments/churn.yaml").is_file()
    assert main(["validate"]) == 0
    before = tree(site)
    assert main(["import", "metrics", "../metrics.csv"]) == 0
    assert tree(site) == before


def test_an_id_that_looks_like_a_number_is_text(site: Path) -> None:
    write(site, three="3,Draws.,feedback,trial,,,,\n")
    assert run() == 0
    assert main(["validate"]) == 0
    assert tools(site).keys() == {"3"}


def test_the_items_of_a_checklist_are_updated_one_by_one(site: Path) -> None:
    def save(**items: str) -> None:
        lines = [f"{name.title()},{rest}\n" for name, rest in items.items()]
        (site.parent / "new.csv").write_text(
            f"Task,Details,Due day,Depends on\n{''.join(lines)}", encoding="utf-8"
        )

    save(ask="How.,1,", read="All.,2,Ask", meet="Them.,3,", wait=",9,")
    assert main(["import", "checklist", "../new.csv", "--name", "New people"]) == 0
    path = site / "sources/checklists/new-people.yaml"
    text = path.read_text(encoding="utf-8").replace("How.", "How to do it.").replace("Them.", "Them all.")
    path.write_text(text, encoding="utf-8")
    save(ask="How.,5,", write="It.,4,Read", read="All.,2,Ask")
    assert main(["import", "checklist", "../new.csv"]) == 0
    (group,) = yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
    assert group["items"] == [
        {"id": "ask", "name": "Ask", "details": "How to do it.\n", "due_day": 5},
        {"id": "read", "name": "Read", "details": "All.\n", "due_day": 2, "depends_on": ["ask"]},
        {"id": "meet", "name": "Meet", "details": "Them all.\n", "due_day": 3},
        {"id": "write", "name": "Write", "details": "It.", "due_day": 4, "depends_on": ["read"]},
    ]
    assert main(["import", "checklist", "../new.csv"]) == 0
