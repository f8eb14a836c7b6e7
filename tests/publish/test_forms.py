"""The form that proposes a change: its data, and that its operations make what was entered."""

from __future__ import annotations

import gzip
import json
import random
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from handbook.base.language import speaking
from handbook.diff.comparison import compare_states
from handbook.diff.states import State
from handbook.loaded.handbook import load
from handbook.output.entries.form_fields import describe_field
from handbook.output.entries.records import plain
from handbook.output.entries.schemas import described
from handbook.publish.assets import read_assets
from handbook.publish.form_process_rules import process_checks
from handbook.publish.form_rules import content_rules
from handbook.publish.forms import describe_kind, form_files
from handbook.read.files import find_site
from handbook.read.languages import make_language
from handbook.read.looks import read_looks
from handbook.read.schemas.shapes import Shapes
from handbook.read.sources import read_context
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.write.applying import apply_proposal
from handbook.write.draft import Draft, raw_value
from handbook.write.proposal import read_proposal
from tests.conftest import TODAY
from tests.effort import runs
from tests.node import find_node
from tests.shipped import load_shipped
from tests.sites import ROOT, copy_shipped_site, write_site

BROWSER = ROOT / "src/handbook/publish/browser"

_MAKE = f"""
import {{ readFileSync }} from "node:fs";
const {{ operations }} = await import("{(BROWSER / "proposal.js").as_uri()}");
const {{ weightOf }} = await import("{(BROWSER / "form_weight.js").as_uri()}");
const {{ fields, cases }} = JSON.parse(readFileSync(0, "utf8"));
const made = cases.map(({{ kind, id, before, after, cut }}) =>
  [operations(kind, id, fields[kind], before, after, cut), weightOf(fields[kind], before, after)]);
console.log(JSON.stringify(made));
"""


def _changed(random: random.Random, value: Any, field: Mapping[str, Any], number: int) -> Any:
    """Return a value as someone might change it in the form."""
    if isinstance(value, dict):
        left = dict(value)
        for name in random.sample(sorted(left), min(len(left), 2)):
            if name != "id":
                below = field.get("fields", {}).get(name, {})
                left[name] = _changed(random, left[name], below, number)
        gone = random.choice([*left, ""])
        if gone not in ("", "id", field.get("key", "")) and gone not in field.get("required", ()):
            del left[gone]
        return left
    if isinstance(value, list) and value:
        items = list(value)
        match random.randrange(5):
            case 0:
                random.shuffle(items)
            case 1 if len(items) > 1:
                del items[random.randrange(len(items))]
            case 2 if isinstance(items[0], str):
                items.insert(random.randrange(len(items) + 1), f"new/{number}~")
            case 3:
                items.insert(0, items.pop())
        at = random.randrange(len(items))
        items[at] = _changed(random, items[at], field.get("items", {}), number)
        return items
    return f"{value.strip()} {number}" if isinstance(value, str) else value


def _cases(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield changes of as many entries, each once."""
    chance = random.Random(seed)  # noqa: S311 - cases to try
    ids = load_shipped("restricted").context.ids
    entries = [entry for found in ids.values() for entry in found.values()]
    for turn, entry in enumerate(chance.sample(entries, min(number, len(entries)))):
        before = plain(entry.value)
        field = describe_field(entry.kind.shape, "restricted", is_cut=False)
        after = _changed(chance, before, field, turn)
        kind = entry.kind.name
        yield {"kind": kind, "id": entry.id, "before": before, "after": after, "cut": turn % 2 == 0}


def _make(fields: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> list[tuple[list[Any], str]]:
    """Return the operations that the form makes of each case, and what it says they mean to readers."""
    done = subprocess.run(
        [find_node(), "--input-type=module", "-e", _MAKE],
        input=json.dumps({"fields": fields, "cases": cases}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made: list[tuple[list[Any], str]] = json.loads(done.stdout)
    return made


@pytest.mark.node
@pytest.mark.parametrize("seed", range(runs(1, 12)))
def test_the_operations_of_the_form_make_what_was_entered_and_mean_what_it_says(
    tmp_path: Path, seed: int
) -> None:
    handbook = load_shipped("restricted")
    fields = {
        name: describe_field(kind.shape, "restricted", is_cut=False) for name, kind in handbook.kinds.items()
    }
    cases = list(_cases(runs(100, 1000), seed))
    made = _make(fields, cases)
    draft = Draft(handbook.context)
    text = json.dumps({"proposal": 1, "operations": [each for operations, _ in made for each in operations]})
    assert list(apply_proposal(draft, read_proposal(text.encode(), "form"))) == []
    for case, (operations, _) in zip(cases, made, strict=True):
        # An entry with a file of its own has its ID in the name of the file.
        after, entered = (
            {**each, "id": ""} for each in (raw_value(draft.entry(case["kind"], case["id"])), case["after"])
        )
        assert _same(after, entered), (operations, after, entered)
    site = copy_shipped_site(tmp_path / "site")
    for path, (_, data) in draft.changes.items():
        (site / path).write_bytes(data)
    changed = read_context(find_site(site), TODAY)
    comparison = compare_states(State("before", handbook.context), State("after", changed))
    weights = {(change.kind.name, change.id): change.weight for change in comparison.changes}
    said = {(case["kind"], case["id"]): weight for case, (_, weight) in zip(cases, made, strict=True)}
    assert {name: weight for name, weight in said.items() if name in weights} == weights


def _same(one: Any, other: Any) -> bool:
    """Return whether two values say the same, but for line ends behind texts and groups of nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        one, other = ({name: part for name, part in each.items() if part != {}} for each in (one, other))
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one.strip() == other.strip() if isinstance(one, str) and isinstance(other, str) else one == other


def test_help_is_in_the_language_of_the_readers_and_speaks_of_names_and_answers() -> None:
    kind = load_shipped("restricted").kinds["tool"]
    shape, own = kind.shape, Shapes().of({"description": "Wer es bezahlt."}, kind.resolver)
    english = describe_field(shape, "restricted", is_cut=False)["fields"]
    assert english["replaced_by"]["help"] == "For a tool in sunset or retired, the tool to use instead."
    assert english["access"]["fields"]["approver"]["help"] == "The team or role that approves access."
    assert english["access"]["fields"]["sso"]["help"] == "Yes if you can sign in with the company account."
    with speaking(make_language("de", {})):
        german = describe_field(shape, "restricted", is_cut=False)["fields"]
        assert describe_field(own, "public", is_cut=False)["help"] == "Wer es bezahlt."
    assert german["access"]["fields"]["sso"]["help"] == "Ja, wenn man sich mit dem Firmenkonto anmelden kann."
    assert [
        name for name, field in english.items() if german[name].get("help") == field.get("help", "-")
    ] == []


_SECRETS = """tools:
  - id: linear
    name: Linear
    summary: Plans the work.
    category: project-management
    status: trial
    audience: public
    cost: {amount: 77771, currency: USD, period: year}
    contract: {renews_on: 2031-07-07}
    notes: Ask in [the secret room](tools/hush-7772.md), or $tracker.
    integrations:
      - {tool: hush-7772, direction: sends, carries: Secret 7773}
      - {tool: jira, direction: both}
    overlaps: [{tool: hush-7772, why: Secret 7774}]
  - {id: jira, name: Jira, summary: Keeps it., category: project-management, status: trial, audience: public}
  - id: hush-7772
    name: Secret 7775
    summary: Secret 7776
    category: analytics
    status: trial
    audience: restricted
"""


def test_the_form_knows_nothing_hidden(tmp_path: Path) -> None:
    site = find_site(write_site(tmp_path, {"tools_inventory.yaml": _SECRETS}))
    handbook = load(site, TODAY, "public")
    files = {
        file.path.rpartition("/")[2]: file.text for file in form_files(handbook, Repository(site, None, None))
    }
    assert not re.search("777|[Ss]ecret|2031", "".join(files.values()))
    linear = json.loads(files["tool-0.json"])[1]
    assert linear["line"] == 1
    assert linear["closed"] == ["/notes"]
    assert linear["value"]["notes"] == "Ask in Hidden, or $tracker."
    assert linear["value"]["integrations"] == [{"tool": "jira", "direction": "both"}]
    field = json.loads(files["tool.json"])["field"]
    assert not field["fields"].keys() & {"cost", "contract", "seats"}


def test_the_form_adds_the_first_entry_where_a_page_lists_them(tmp_path: Path) -> None:
    site = find_site(write_site(tmp_path, {"docs/glossary/index.md": "# Glossary\n"}))
    handbook = load(site, TODAY)
    files = {file.path.rpartition("/")[2] for file in form_files(handbook, Repository(site, None, None))}
    assert {name for name in files if name.startswith(("term", "role"))} == {"term.json", "term-names.json"}
    page = Renderer(handbook.basis, Repository(site, None, None)).page("# Glossary\n", "glossary/index.md")
    assert 'data-hb-title="Add a term"' in page


_HIDDEN = {"type": "string", "x-audience": "restricted"}
_GOAL = {
    "x-kind": {
        "name": "goal",
        "plural": "goals",
        "title": "Goals",
        "sources": ["goals.yaml"],
        "page": "goals",
    },
    "title": "Goal",
    "type": "object",
    "required": ["name", "s777"],
    "dependentRequired": {"name": ["s777"], "s777": ["name"]},
    "not": {"required": ["s777"], "properties": {"s777": {"const": "777"}}},
    "if": {"properties": {"s777": {"const": "777"}}, "required": ["s777"]},
    "then": {"required": ["group"]},
    "oneOf": [{"required": ["s777"]}, {"required": ["name"]}],
    "default": {"s777": "777"},
    "propertyNames": {"enum": ["name", "s777"]},
    "properties": {
        "name": {"title": "Name", "type": "string"},
        "s777": {"$ref": "#/$defs/band777"},
        "open": {"type": "object", "additionalProperties": {**_HIDDEN, "title": "777"}},
        "group": {
            "title": "Group",
            "type": "object",
            "examples": [{"s777": "777"}, {"seen": "x"}],
            "default": {"p777": 777},
            "properties": {"seen": {"type": "string"}, "s777": _HIDDEN},
            "patternProperties": {"^p777": _HIDDEN},
        },
        "parts": {
            "title": "Parts",
            "type": "array",
            "examples": [[{"s777": "777"}], [{"seen": "x"}]],
            "prefixItems": [{"type": "object", "properties": {"s777": _HIDDEN}}],
            "items": {"type": "object", "properties": {"seen": {"type": "string"}, "s777": _HIDDEN}},
        },
    },
    "$defs": {
        "band777": {"$ref": "#/$defs/low777", **_HIDDEN},
        "low777": {"title": "Only for 777", "enum": ["777"]},
    },
}


def test_a_schema_says_nothing_of_hidden_fields(tmp_path: Path) -> None:
    site = find_site(write_site(tmp_path, {"schemas/goal.schema.json": json.dumps(_GOAL)}))
    context = read_context(site, TODAY)
    kind = context.kinds["goal"]
    shown = describe_kind(kind, content_rules(context), "public", is_cut=True)
    assert "777" not in json.dumps(shown)
    schema = shown["schemas"]["goal.schema.json"]
    assert not schema.keys() & {"if", "then", "not", "oneOf", "propertyNames", "default"}
    assert schema["properties"]["parts"]["examples"] == [[{"seen": "x"}]]
    whole = json.dumps(described([kind], "restricted"))
    assert all(f'"{keyword}"' in whole for keyword in ("if", "then", "not", "oneOf", "band777", "low777"))


def test_the_rules_name_no_hidden_fields(tmp_path: Path) -> None:
    hidden = {"contract": {"x-audience": "restricted"}, "cost": {"x-audience": "restricted"}}
    patch = json.dumps({"properties": hidden})
    context = read_context(find_site(write_site(tmp_path, {"schemas/tool.patch.json": patch})), TODAY)
    kind = context.kinds["tool"]
    shown = describe_kind(kind, content_rules(context), "internal", is_cut=True)
    fields = {check["code"]: check["fields"] for check in shown["rules"]["checks"]}
    assert "HB304" not in fields
    assert fields["HB347"] == [["seats"], ["integrations"]]


@pytest.mark.node
def test_a_proposal_keeps_the_items_that_its_author_cannot_see(tmp_path: Path) -> None:
    context = read_context(find_site(write_site(tmp_path, {"tools_inventory.yaml": _SECRETS})), TODAY)
    field = describe_field(context.kinds["tool"].shape, "public", is_cut=True)
    before = {"name": "Linear", "integrations": [{"tool": "jira", "direction": "both"}]}
    case = {"kind": "tool", "id": "linear", "before": before, "after": {"name": "Linear"}, "cut": True}
    ((operations, _),) = _make({"tool": field}, [case])
    draft = Draft(context)
    proposal = json.dumps({"proposal": 1, "operations": operations})
    assert list(apply_proposal(draft, read_proposal(proposal.encode(), "form"))) == []
    assert [each["tool"] for each in raw_value(draft.entry("tool", "linear"))["integrations"]] == [
        "hush-7772"
    ]


def _scripts(name: str, others: set[str]) -> set[str]:
    """Return a script and all that it imports."""
    if name in others:
        return others
    found = re.findall(
        r'^import [^;]*"\./([^"]+)"', (BROWSER / name).read_text(encoding="utf-8"), re.MULTILINE
    )
    return reduce(lambda all_, each: _scripts(each, all_), found, others | {name})


def test_the_form_costs_a_reader_little() -> None:
    """Of its scripts, those of processes are the most, and every page has some without it."""
    loaded = _scripts("form_process.js", _scripts("form.js", set())) - {"dom.js", "language.js", "texts.js"}
    published = read_assets(read_looks({}, {}))
    assert sum(len(gzip.compress(published[f"assets/handbook/{name}"])) for name in loaded) <= 60_000


def test_a_reader_of_german_gets_the_english_form_of_a_rhythm() -> None:
    with speaking(make_language("de", {})):
        words = next(check.more["data"]["words"] for check in process_checks() if check.code == "HB334")
    assert words["onPages"]["jeden mittwoch"] == "every Wednesday"
