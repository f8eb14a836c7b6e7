"""The form finds what `handbook validate` finds, in the same words."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from handbook.output.entries.form_fields import describe_field
from handbook.output.entries.records import plain
from handbook.publish.forms import describe_kind
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.problems import SchemaProblemKind
from tests.effort import runs
from tests.node import find_node
from tests.shipped import load_shipped
from tests.sites import ROOT

_CHECK = f"""
import {{ readFileSync }} from "node:fs";
const {{ Checker }} = await import("{(ROOT / "src/handbook/publish/browser/form_check.js").as_uri()}");
const {{ kinds, names, cases }} = JSON.parse(readFileSync(0, "utf8"));
const made = kinds.map((kind) => [kind.kind, new Checker(kind, (each) => names[each])]);
const checkers = Object.fromEntries(made);
console.log(JSON.stringify(cases.map(({{ kind, value, id }}) => {{
  const checker = checkers[kind];
  if (id) return checker.check(value, id);
  const {{ valid, errors }} = checker.validator.validate(value);
  return valid ? [] : checker.explain(value, errors);
}})));
"""
_WRONG: tuple[Any, ...] = (
    *("", " ", "Two Words", "UPPER", "two\nlines", "2d", "half an hour", "3 fortnights", "2026-02-30"),
    *("1 March 2026", "x" * 300, "tbc", "?", -1, 0, 1.5, 100_000, True, [], {}, None),
)


def _broken(chance: random.Random, value: Any, field: Mapping[str, Any]) -> Any:
    """Return a value with a mistake, as someone could make it in the form."""
    if isinstance(value, dict) and value:
        left = dict(value)
        name = chance.choice(sorted(left))
        match chance.randrange(4):
            case 0:
                del left[name]
            case 1 if field.get("fields", {}).get(name, {}).get("choices"):
                left[name] = chance.choice(field["fields"][name]["choices"])[0]
            case _:
                left[name] = _broken(chance, left[name], field.get("fields", {}).get(name, {}))
        return left
    if isinstance(value, list) and value:
        at = chance.randrange(len(value))
        match chance.randrange(4):
            case 0:
                return [*value, value[at]]
            case 1:
                return []
        return [*value[:at], _broken(chance, value[at], field.get("items", {})), *value[at + 1 :]]
    wrong = [each for each in _WRONG if isinstance(each, str) or not isinstance(value, str)]
    return chance.choice(wrong)


def _cases(number: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(number)  # noqa: S311 - cases to try
    handbook = load_shipped("restricted")
    entries = [entry for found in handbook.context.ids.values() for entry in found.values()]
    fields = {
        name: describe_field(kind.shape, "restricted", is_cut=False)
        for name, kind in handbook.context.kinds.items()
    }
    for _ in range(number):
        entry = chance.choice(entries)
        value = plain(entry.value)
        for _ in range(chance.randrange(1, 3)):
            value = _broken(chance, value, fields[entry.kind.name])
        yield {"kind": entry.kind.name, "value": value}


def _checked(cases: Sequence[Any]) -> list[list[dict[str, Any]]]:
    context = load_shipped("restricted").context
    kinds = [describe_kind(kind, "restricted", is_cut=False) for kind in context.kinds.values()]
    names = {kind: [[each, each] for each in found] for kind, found in context.ids.items()}
    done = subprocess.run(
        [find_node(), "--input-type=module", "-e", _CHECK],
        input=json.dumps({"kinds": kinds, "names": names, "cases": cases}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


@pytest.mark.node
def test_the_form_finds_what_validate_finds() -> None:
    kinds = load_shipped("restricted").context.kinds
    cases = [case for case in _cases(runs(120, 10_000)) if isinstance(case["value"], dict)]
    for case, found in zip(cases, _checked(cases), strict=True):
        kind = kinds[case["kind"]]
        problems = schema_problems(kind.validator, kind.shape, case["value"])
        expected = {
            (json.dumps(list(problem.pointer)), problem.message)
            for problem in problems
            if problem.kind is not SchemaProblemKind.UNEXPECTED or "not allowed here" in problem.message
        }
        assert {(json.dumps(each["pointer"]), each["message"]) for each in found} == expected, case["value"]


@pytest.mark.node
def test_the_form_finds_nothing_in_valid_entries_and_names_what_no_schema_knows() -> None:
    ids = load_shipped("restricted").context.ids
    whole = [
        {"kind": kind, "id": each, "value": plain(entry.value)}
        for kind, found in ids.items()
        for each, entry in found.items()
    ]
    tool = plain(ids["tool"]["linear"].value)
    process = plain(ids["process"]["launch"].value)
    wrong = [
        {"kind": "tool", "id": "linear", "value": {**tool, "owner": "nobody", "replaced_by": "nothing"}},
        {
            "kind": "tool",
            "id": "linear",
            "value": {**tool, "review": {"last": "2026-02-01", "next": "2026-01-01"}},
        },
        {
            "kind": "process",
            "id": "launch",
            "value": {**process, "steps": [*process["steps"], process["steps"][0]]},
        },
    ]
    found = [[each["message"] for each in problems] for problems in _checked([*whole, *wrong])]
    assert [case["id"] for case, problems in zip(whole, found, strict=False) if problems] == []
    assert found[len(whole) :] == [
        ["Unknown team or role `nobody`", "Unknown tool `nothing`"],
        ["Invalid date order: 2026-01-01 is before 2026-02-01, the date of `review.last`"],
        [f"Duplicate `id` `{process['steps'][0]['id']}` in `steps`"],
    ]
