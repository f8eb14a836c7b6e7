"""A company's own schema lacks what a rule asks for: the rule is off, and nothing false is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from handbook.base.rule import Rule
from handbook.kinds.rules import RULES
from handbook.lint.rules.examples import DOCUMENT, FILES
from handbook.read.context import Context
from handbook.read.yaml.document import read_document
from tests.check.test_rule_examples import written
from tests.conftest import Command
from tests.effort import FULL
from tests.sites import without, write_site

NEEDS = [(rule, kind, field) for rule in RULES for kind, fields in rule.needs.items() for field in fields]
CLEAN = "no problems found.\n"
OFF = NEEDS if FULL else list({kind: (rule, kind, field) for rule, kind, field in NEEDS}.values())
"""One field of each kind in the gate: what switches a rule off is the same for all."""

ODD = ("some text", 7, ["a"])
REFERRERS = ("experiment", "study", "theme")
"""The kinds that refer to feature flags."""


@pytest.mark.parametrize(
    ("rule", "kind", "field"), OFF, ids=lambda value: value.code if isinstance(value, Rule) else value
)
def test_a_rule_without_its_field_is_off_and_the_command_says_why(
    rule: Rule[Context], kind: str, field: str, tmp_path: Path, command: Command
) -> None:
    files = {path: text.decode() for path, text in written(rule.bad).items()}
    # The entries stay valid, so that only the missing field keeps the rule silent.
    schema = without(kind, field).replace('Properties": false', 'Properties": true')
    write_site(tmp_path, {**files, f"schemas/{kind}.schema.json": schema})
    done = command(
        tmp_path, "validate", "-v", "--as-of", "2026-11-23", "--select", f"{rule.code},HB0,HB1,HB2"
    )
    assert done.stdout.endswith(CLEAN), done.stdout
    assert f"handbook: note: {rule.code} is off: no field `{kind}.{field}`\n" in done.stderr


@pytest.mark.parametrize(
    ("rule", "kind", "field"), NEEDS, ids=lambda value: value.code if isinstance(value, Rule) else value
)
def test_a_field_of_another_type_is_no_traceback(
    rule: Rule[Context], kind: str, field: str, tmp_path: Path, command: Command
) -> None:
    """The example has each entry once for each odd value."""
    schema = json.loads(without(kind, field).replace('Properties": false', 'Properties": true'))
    declared = schema["x-kind"]
    files = {}
    for path, text in written(rule.bad).items():
        if not path.startswith(tuple(declared["sources"])):
            files[path] = text.decode()
            continue
        data: Any = read_document(text).value
        plural = declared["plural"]
        copies = [with_value(data, (plural, *field.split(".")), value) for value in ODD]
        if plural in data:
            entries = [
                {**entry, "id": f"{entry['id']}-{number}"}
                for number, copy in enumerate(copies)
                for entry in copy[plural]
            ]
            files[path] = json.dumps({plural: entries})
        else:
            for number, copy in enumerate(copies):
                files[path.replace(".yaml", f"-{number}.yaml")] = json.dumps(copy)
    part = schema
    for name in field.split("."):
        part = part.get("items", part).setdefault("properties", {}).setdefault(name, {})
    write_site(tmp_path, {**files, f"schemas/{kind}.schema.json": json.dumps(schema)})
    done = command(tmp_path, "validate", "--select", f"{rule.code},HB0,HB1")
    assert done.stderr == "", done.stdout


def with_value(data: Any, path: tuple[str, ...], value: object) -> Any:
    """The data with another value at a place, in each item of a list on the way to it."""
    if not path:
        return value
    if isinstance(data, list):
        return [with_value(item, path, value) for item in data]
    if not isinstance(data, dict):
        return data
    # A file with one entry has no plural above it.
    if path[0] not in data and len(path) > 1:
        return with_value(data, path[1:], value)
    return {**data, path[0]: with_value(data.get(path[0]), path[1:], value)}


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
    done = command(tmp_path, "validate")
    # A warning about something that is missing may be right.
    assert (done.returncode, done.stderr) == (0, "")


def renamed(kind: str) -> str:
    return without(kind).replace(f'"name": "{kind}"', f'"name": "own_{kind}"')


@pytest.mark.parametrize("schema", ["{}", renamed("flag")])
def test_a_rule_without_its_kind_is_off(schema: str, tmp_path: Path, command: Command) -> None:
    others = {f"schemas/{kind}.schema.json": without(kind).replace('"flag"', '"tool"') for kind in REFERRERS}
    write_site(tmp_path, {"schemas/flag.schema.json": schema, **others})
    done = command(tmp_path, "validate", "-v", "--select", "HB310,HB0,HB1,HB2")
    assert done.stdout.endswith(CLEAN)
    assert "handbook: note: HB310 is off: no content type `flag`\n" in done.stderr


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


@pytest.mark.parametrize("field", ["sections", "sections.name", "sections.guidance", "fields", "fields.name"])
def test_a_document_is_checked_against_what_an_own_template_has(
    field: str, tmp_path: Path, command: Command
) -> None:
    name = field.rpartition(".")[2]
    lines = FILES["sources/templates/brief.yaml"]
    if name == field:
        lines = re.sub(rf"(?ms)^{field}:.*?(?=^\w|\Z)", "", lines)
    elif name == "guidance":
        lines = re.sub(r"\n    guidance: .*", "", lines)
    else:
        lines = re.sub(
            r"\n    name: .*" if field == "sections.name" else r", name: [\w ]+(?=, type)", "", lines
        )
    files = {**FILES, "sources/templates/brief.yaml": lines, "doc.md": DOCUMENT}
    write_site(tmp_path, {**files, "schemas/template.schema.json": without("template", field)})
    assert command(tmp_path, "validate").returncode == 0
    done = command(tmp_path, "lint", "doc.md")
    assert (done.returncode in (0, 1), done.stderr) == (True, "")
