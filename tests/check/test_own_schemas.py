"""A company's own schema lacks what a rule asks for: the rule is off, and nothing false is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.base.rule import Rule
from handbook.kinds.rules import RULES
from handbook.read.context import Context
from tests.check.test_rule_examples import written
from tests.conftest import Command
from tests.sites import without, write_site

NEEDS = [(rule, kind, field) for rule in RULES for kind, fields in rule.needs.items() for field in fields]
CLEAN = "no problems found.\n"
REFERRERS = ("experiment", "study", "theme")
"""The kinds that refer to feature flags."""


@pytest.mark.parametrize(
    ("rule", "kind", "field"), NEEDS, ids=lambda value: value.code if isinstance(value, Rule) else value
)
def test_a_rule_without_its_field_is_off_and_the_command_says_why(
    rule: Rule[Context], kind: str, field: str, tmp_path: Path, command: Command
) -> None:
    files = {path: text.decode() for path, text in written(rule.bad).items()}
    # The entries stay valid, so that only the missing field keeps the rule silent.
    schema = without(kind, field).replace('Properties": false', 'Properties": true')
    write_site(tmp_path, {**files, f"schemas/{kind}.schema.json": schema})
    done = command(tmp_path, "validate", "-v", "--as-of", "2026-11-23")
    assert done.stdout.endswith(CLEAN), done.stdout
    assert f"handbook: note: {rule.code} is off: no field `{kind}.{field}`\n" in done.stderr


@pytest.mark.parametrize("kind", sorted({kind for _, kind, _ in NEEDS}))
def test_fields_that_a_schema_does_not_require_may_be_missing(
    kind: str, tmp_path: Path, command: Command
) -> None:
    schema = json.loads(without(kind))
    schema["required"] = []
    declared = schema["x-kind"]
    is_folder = declared["sources"][0].endswith("/")
    source = declared["sources"][0] + ("a.yaml" if is_folder else "")
    text = "name: A\n" if is_folder else f"{declared['plural']}:\n  - id: a\n"
    write_site(tmp_path, {f"schemas/{kind}.schema.json": json.dumps(schema), source: text})
    done = command(tmp_path, "validate", "--ignore", "HB306")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(CLEAN)


def renamed(kind: str) -> str:
    return without(kind).replace(f'"name": "{kind}"', f'"name": "own_{kind}"')


@pytest.mark.parametrize("schema", ["{}", renamed("flag")])
def test_a_rule_without_its_kind_is_off(schema: str, tmp_path: Path, command: Command) -> None:
    others = {f"schemas/{kind}.schema.json": without(kind).replace('"flag"', '"tool"') for kind in REFERRERS}
    write_site(tmp_path, {"schemas/flag.schema.json": schema, **others})
    done = command(tmp_path, "validate", "-v")
    assert done.stdout.endswith(CLEAN)
    assert done.stderr == "handbook: note: HB310 is off: no content type `flag`\n"


@pytest.mark.parametrize("schema", ["{}", renamed("tool")])
def test_a_missing_kind_that_others_refer_to_is_reported_and_nothing_else(
    schema: str, tmp_path: Path, command: Command
) -> None:
    write_site(tmp_path, {"schemas/tool.schema.json": schema})
    findings = json.loads(command(tmp_path, "validate", "--format", "json").stdout)["findings"]
    assert {(each["code"], each["message"]) for each in findings} == {
        ("HB109", "Unknown content type `tool`")
    }


def test_the_rules_of_a_site_with_an_invalid_schema_are_not_said_to_be_off(
    tmp_path: Path, command: Command
) -> None:
    write_site(tmp_path, {"schemas/tool.schema.json": "{"})
    done = command(tmp_path, "validate", "-v")
    assert (done.returncode, done.stderr) == (2, "")
