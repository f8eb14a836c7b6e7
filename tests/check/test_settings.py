"""What a company sets: severities, limits, and comments that silence a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding
from handbook.diff.hb403_code import changed_code
from handbook.diff.hb404_baseline import grown_baseline
from handbook.loaded.rulebook import RULEBOOK
from handbook.read.settings import Limits
from handbook.read.yaml.document import read_document
from tests.sites import ROOT, TOOL
from write_rule_settings import SCHEMA, with_rules

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]

OVERDUE = f"{TOOL}    review: {{last: '2020-01-01', next: '2020-07-01'}}\n"


def settings_schema() -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    value = read_document((ROOT / "schemas/handbook.schema.json").read_bytes()).value
    assert isinstance(value, dict)
    return value["properties"]  # type: ignore[return-value]


def test_every_rule_about_content_or_changes_can_be_set_and_the_schema_says_what_it_is_for() -> None:
    known = {
        code: (field["title"], field["description"])
        for code, field in settings_schema()["rules"]["properties"].items()
    }
    about = [rule for code, rule in RULEBOOK.items() if code.startswith(("HB3", "HB4"))]
    # The change that these look at could switch them off.
    rules = [rule for rule in about if rule not in (changed_code, grown_baseline)]
    assert known == {rule.code: (rule.title, rule.reason) for rule in rules}


def test_the_schema_is_what_the_script_writes_from_the_rules() -> None:
    schema = SCHEMA.read_text(encoding="utf-8")
    assert with_rules(schema) == schema, "run `make rules`"
    changed = schema.replace("Every flag is", "Each flag is").replace('"HB330": ', '"HB399": ')
    assert with_rules(changed) == schema


def test_the_limits_are_those_of_the_schema() -> None:
    stated = {name: field["default"] for name, field in settings_schema()["limits"]["properties"].items()}
    assert stated == Limits._field_defaults


@pytest.mark.parametrize(
    ("severity", "expected"), [("error", ["error"]), ("warning", ["warning"]), ("off", [])]
)
def test_a_rule_is_as_severe_as_the_settings_say(severity: str, expected: list[str], check: Check) -> None:
    settings = f"rules:\n  HB305: {severity}\n"
    findings = check({"tools_inventory.yaml": OVERDUE, "sources/handbook.yaml": settings})
    assert [finding.severity for finding in findings] == expected


def test_a_limit_is_what_the_settings_say(check: Check) -> None:
    step = "  - {id: a, name: A, role: product-manager, what: Do.}\n"
    files = {
        "sources/processes/launch.yaml": (
            "name: Launch\nsummary: Out.\ntrigger: Ready.\nwhy: So.\ntraining: Yes.\n"
            "feedback_channel: Here.\n"
            f"steps:\n{step}{step.replace('id: a', 'id: b')}"
        ),
        "sources/roles.yaml": "roles:\n  - {id: product-manager, name: PM, summary: Decides.}\n",
    }
    assert check(files) == []
    (finding,) = check(files | {"sources/handbook.yaml": "limits: {process_steps: 1}\n"})
    assert (finding.code, finding.message) == ("HB307", "Too many steps: 2, maximum 1")


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ("rules: {HB398: off}\n", "HB102", "Unknown field `HB398`"),
        ("rules: {HB201: off}\n", "HB102", "Unknown field `HB201`"),
        ("rules: {HB305: quiet}\n", "HB104", "Invalid value `quiet`"),
        ("rules: HB305\n", "HB103", "must be a mapping"),
        ("limits: {process_steps: many}\n", "HB103", "must be a whole number"),
        ("limts: {process_steps: 5}\n", "HB102", "Unknown field `limts`"),
        ("- a\n", "HB108", "must start with a field name"),
        ("rules: [\n", "HB004", ""),
    ],
)
def test_a_mistake_in_the_settings_is_found_and_changes_nothing_else(
    settings: str, code: str, said: str, check: Check
) -> None:
    findings = check({"tools_inventory.yaml": OVERDUE, "sources/handbook.yaml": settings})
    assert [(finding.path, finding.code) for finding in findings] == [
        ("sources/handbook.yaml", code),
        ("tools_inventory.yaml", "HB305"),
    ]
    assert said in findings[0].message


@pytest.mark.parametrize(
    "comment",
    [
        "# handbook: ignore HB305",
        "#handbook:ignore hb305",
        "# handbook: ignore HB305, HB305 until May",
    ],
)
def test_a_comment_silences_a_rule_on_its_line(comment: str, check: Check) -> None:
    findings = check({"tools_inventory.yaml": OVERDUE.replace("'}\n", f"'}}  {comment}\n")})
    assert findings == []


def test_a_comment_on_another_line_silences_nothing_and_is_reported(check: Check) -> None:
    files = {"tools_inventory.yaml": OVERDUE.replace("tools:", "tools:  # handbook: ignore HB305")}
    assert [finding.code for finding in check(files)] == ["HB319", "HB305"]


def test_an_error_that_nothing_can_be_built_from_cannot_be_silenced(check: Check) -> None:
    files = {"tools_inventory.yaml": TOOL.replace("trial", "Trial # handbook: ignore HB104")}
    assert [finding.code for finding in check(files)] == ["HB104", "HB319"]


def test_words_in_a_text_are_no_comment(check: Check) -> None:
    text = "    notes: |\n      Write # handbook: ignore HB305 behind the line.\n"
    assert check({"tools_inventory.yaml": TOOL + text}) == []


def test_a_comment_on_a_page_silences_a_rule_there(check: Check) -> None:
    page = "# Home\n\nTODO <!-- handbook: ignore HB312 -->\n"
    assert check({"tools_inventory.yaml": TOOL, "docs/index.md": page}) == []
    (finding,) = check({"tools_inventory.yaml": TOOL, "docs/index.md": page.replace("TODO ", "")})
    assert finding.code == "HB319"


def test_a_rule_that_is_off_needs_no_comment_and_has_none_reported(check: Check) -> None:
    files = {
        "tools_inventory.yaml": TOOL.replace("trial", "trial # handbook: ignore HB305"),
        "sources/handbook.yaml": "rules: {HB305: off}\n",
    }
    assert check(files) == []


def test_a_comment_behind_the_mark_of_a_block_text_speaks_of_the_whole_text(check: Check) -> None:
    notes = "    notes: |  # handbook: ignore HB312\n      One.\n\n      TODO\n    vendor: TODO\n"
    (finding,) = check({"tools_inventory.yaml": TOOL + notes})
    assert (finding.code, finding.span.line) == ("HB312", 11)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Europe/Berln", "Europe/Berlin"),
        ("posix/Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_a_time_zone_has_the_name_of_the_database(name: str, meant: str, check: Check) -> None:
    (finding,) = check({"tools_inventory.yaml": TOOL, "sources/handbook.yaml": f"timezone: {name}\n"})
    assert (finding.code, finding.message) == ("HB105", f"Unknown time zone `{name}`")
    assert finding.hint == f"Did you mean `{meant}`?"


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_time_zone_of_the_database_is_right(name: str, check: Check) -> None:
    assert check({"tools_inventory.yaml": TOOL, "sources/handbook.yaml": f"timezone: {name}\n"}) == []


@pytest.mark.parametrize("text", ["..", "/etc/localtime", "a\0b", "Europe", "''"])
def test_what_names_no_time_zone_is_a_finding(text: str, check: Check) -> None:
    name = text if text == "''" else f'"{text}"'
    assert check({"tools_inventory.yaml": TOOL, "sources/handbook.yaml": f"timezone: {name}\n"}) != []
