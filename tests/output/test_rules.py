"""What each rule means, at a terminal and on the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.base.language import speaking
from handbook.cli import main
from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.output.rules import render_rule, render_rules
from handbook.read.languages import make_language
from tests.conftest import Command
from tests.sites import without, write_site


def test_the_list_has_a_line_for_each_rule_that_fits_the_terminal() -> None:
    lines = render_rules(RULEBOOK.values(), 60, {}).splitlines()
    assert [line.split()[0] for line in lines] == list(RULEBOOK)
    assert max(map(len, lines)) <= 60


def test_a_rule_says_why_and_shows_what_is_wrong_and_what_is_right() -> None:
    assert render_rule(RULEBOOK["HB102"], 80, {}).splitlines()[5:] == [
        "Incorrect (tools_inventory.yaml):",
        "",
        "  tools:",
        "    - id: linear",
        "      name: Linear",
        "      summary: Plans and tracks the work of every squad.",
        "      category: project-management",
        "      status: trial",
        "      vendr: Linear Orbit",
        "      ^^^^^",
        "",
        "Correct:",
        "",
        "  tools:",
        "    - id: linear",
        "      name: Linear",
        "      summary: Plans and tracks the work of every squad.",
        "      category: project-management",
        "      status: trial",
        "      vendor: Linear Orbit",
    ]


def test_a_german_handbook_explains_a_rule_in_german() -> None:
    with speaking(make_language("de", {})):
        shown = render_rule(RULEBOOK["HB101"], 80, {}).splitlines()
    assert shown[2] == "Auf die Angabe in einem Pflichtfeld können Leser nicht verzichten."
    assert shown[4] == "Falsch (tools_inventory.yaml):"


@pytest.mark.parametrize("code", RULEBOOK)
def test_every_rule_can_be_shown_and_belongs_to_a_chapter(code: str) -> None:
    shown = render_rule(RULEBOOK[code], 80, {})
    assert shown.startswith(f"{code} {RULEBOOK[code].name} (")
    assert "«" not in shown
    assert code[:3] in CHAPTERS
    assert max(map(len, shown.splitlines())) <= 104
    # An example can be about an odd space.
    assert shown.replace("\n", "").replace("\u00a0", " ").isprintable()
    shown.encode()


def test_of_a_very_long_line_the_marked_place_is_shown() -> None:
    wrong, caret = render_rule(RULEBOOK["HB010"], 80, {}).splitlines()[6:8]
    assert wrong[caret.index("^")] == "["
    wrong, caret = render_rule(RULEBOOK["HB013"], 80, {}).splitlines()[13:15]
    assert wrong[caret.index("^") : caret.rindex("^") + 1].strip("9") == "…"


def test_a_code_may_be_written_small(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "hb301"]) == 0
    assert capsys.readouterr().out.startswith("HB301 no-owner (error)\n")


def test_an_unknown_code_is_one_line_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "HB31"]) == 2
    assert capsys.readouterr().err == "handbook: error: Unknown rule `HB31`. Did you mean `HB310`?\n"


def test_a_rule_that_is_off_in_this_site_says_why(tmp_path: Path, command: Command) -> None:
    write_site(tmp_path, {"schemas/tool.schema.json": without("tool", "owner")})
    lines = command(tmp_path, "rules").stdout.splitlines()
    assert [line for line in lines if "  off: " in line] == [
        "HB301  error    no-owner                 off: no field `tool.owner`"
    ]
    said = command(tmp_path, "rules", "HB301").stdout
    assert said.startswith("HB301 no-owner (off: no field `tool.owner`)\n\nA tool that")


def test_a_rule_that_the_settings_switch_off_says_so(tmp_path: Path, command: Command) -> None:
    write_site(tmp_path, {"sources/handbook.yaml": "rules: {HB402: off}\n"})
    said = command(tmp_path, "rules", "lost-id").stdout
    assert said.startswith("HB402 lost-id (off: set in `sources/handbook.yaml`)\n")


@pytest.mark.slow
def test_the_site_explains_every_rule_under_its_code(shipped_build: Path) -> None:
    page = (shipped_build / "reference/rules/index.html").read_text(encoding="utf-8")
    assert [code for code in RULEBOOK if f'id="{code.lower()}"' not in page] == []
