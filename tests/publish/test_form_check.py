"""The form finds what `handbook validate` finds, at the same places."""

from __future__ import annotations

import json
import random
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from handbook.base.findings import Finding
from handbook.check.runner import find_all
from handbook.loaded.site_rules import SITE_RULES
from handbook.output.entries.form_fields import describe_field
from handbook.output.entries.records import plain
from handbook.publish.form_rules import ContentRules, content_rules
from handbook.publish.forms import describe_ended, describe_kind
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.sources import read_context
from handbook.read.values import list_at
from handbook.read.yaml.document import json_pointer
from tests.cases import read_cases
from tests.check.test_rule_examples import ALL, written
from tests.check.test_schema_messages import FOLDER
from tests.conftest import TODAY
from tests.effort import runs
from tests.node import find_node
from tests.shipped import load_shipped
from tests.shipped_kinds import KINDS
from tests.sites import ROOT, copy_shipped_site, write_site

_CODES = {
    f"HB{number}"
    for number in (
        *(*range(101, 108), 201, 203, 204, 209, *range(301, 313), 314, 317, 318, 321, 322, 323, 325, 326),
        *(327, 329, *range(332, 337), 342, *range(345, 349), 359, *range(361, 365), *range(374, 377)),
    )
}
"""The rules that the form knows. Others need more than the entry, or say how to write YAML."""
_RULES = [rule for rule in SITE_RULES if rule.code < "HB3" or rule.code in _CODES]
_UNSAID = ("Unknown field", "Invalid ID")
"""No form has an unknown field, without which another one would be missing, or the name of a file."""

_OF_TEXTS = {f"HB{number}" for number in (312, 314, 317, 318, 329, 336, 342, 345, 359, *range(361, 365))}
"""Rules that also look into entries that don't fit their schema."""

_OF_OTHERS = ("Themes count ",)
"""What a rule that the form knows finds in other entries."""

ANSWER = """
async ({ Checker }, { loadChecks }, { kinds, sites }) => {
  const own = await Promise.all(kinds.map(({ kind }) => loadChecks(kind)));
  return sites.map(({ names, ended, entries }) => {
    const [known, gone] = [(kind) => names[kind] ?? [], (kind) => ended[kind] ?? {}];
    const checkers = kinds.map((kind, at) => new Checker(kind, known, gone, own[at]));
    return entries.map(({ kind, value, id }) => checkers[kind].check(value, id));
  });
}
"""
"""Answers the question with the script of the form."""
_SCRIPTS = (ROOT / "src/handbook/publish/browser").as_uri()
_NODE = f"""
import {{ readFileSync }} from "node:fs";
const scripts = ["check", "rules"].map((name) => `{_SCRIPTS}/form_${{name}}.js`);
const [form, rules] = await Promise.all(scripts.map((each) => import(each)));
console.log(JSON.stringify(await ({ANSWER})(form, rules, JSON.parse(readFileSync(0, "utf8")))));
"""
_OF_ONE = {"id", "former_ids"}
"""Fields whose values only one entry can have."""
_WRONG: tuple[Any, ...] = (
    *("", " ", "Two Words", "UPPER", "two\nlines", "2d", "half an hour", "3 fortnights", "2026-02-30"),
    *(
        "1 March 2026",
        "x" * 300,
        "tbc",
        "?",
        "1,200",
        -1,
        0,
        1.5,
        100_000,
        True,
        [],
        {},
        None,
        "nothing-such",
    ),
    *(
        "2020-01-01",
        "2040-12-31",
        "See [it](ftp://example.com), \n[^1]: a note",
        "Use :week",
        "• One\n• Two",
        "Do:\n-Überall\n- Two",
        "| A | `b|c` |\n|---|\n| d | e |",
        "| A |\n| b |",
        "![It](https://files.example.com/a.png) or ![it]\n\n[it]: https://example.com/b.png",
        "Ask $sqaud, <b>not</b> `<i>you</i>`,&nbsp;in at most two days",
        "Every other Tuesday",
        "31st of the month",
        "last working day of each quarter",
        "once, on 2027-03-01",
    ),
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


class _Asked:
    """What is asked of the form, and what `validate` finds, each by code and place."""

    def __init__(self) -> None:
        self._kinds: list[tuple[Kind, ContentRules]] = []
        self.sites: list[dict[str, Any]] = []
        self.expected: list[tuple[str, Counter[tuple[str, str]]]] = []

    def add(self, name: str, context: Context, findings: Iterable[Finding]) -> None:
        """Ask about the entries of a site."""
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            found[finding.path, finding.id].append(finding)
        entries = []
        rules = content_rules(context)._replace(today=str(context.today))
        for entry in context.entries:
            of_entry = found[entry.source.path, entry.id]
            value = plain(entry.value)
            if any(each.message.startswith(_UNSAID) for each in of_entry) or "NaN" in json.dumps(value):
                continue
            start = len(json_pointer(entry.at))
            known = [e for e in of_entry if e.code in _CODES and not e.message.startswith(_OF_OTHERS)]
            # Links in texts need the paths of all pages.
            is_known = {json_pointer((*each.at, *place)) for each, place, *_ in context.references}
            known = [e for e in known if e.code != "HB345" or e.pointer in is_known]
            places = _once(Counter((each.code, each.pointer[start:]) for each in known))
            entries.append({"kind": self._number(entry.kind, rules), "value": value, "id": entry.id})
            self.expected.append((f"{name}: {entry.kind.name} {entry.id}", places))
        names = {kind: [*map(_named, entries.values())] for kind, entries in context.ids.items()}
        ended = {
            kind: describe_ended((name, each.value) for name, each in entries.items())
            for kind, entries in context.ids.items()
        }
        self.sites.append({"names": names, "ended": ended, "entries": entries})

    def _number(self, kind: Kind, rules: ContentRules) -> int:
        schemas = kind.resolver.schemas
        for number, (known, others) in enumerate(self._kinds):
            if (kind.name, schemas, rules) == (known.name, known.resolver.schemas, others):
                return number
        self._kinds.append((kind, rules))
        return len(self._kinds) - 1

    def as_json(self) -> str:
        """Return it as `ANSWER` takes it."""
        kinds = [describe_kind(kind, rules, "restricted", is_cut=False) for kind, rules in self._kinds]
        return json.dumps({"kinds": kinds, "sites": self.sites})

    def compare(self, answers: Iterable[Iterable[Sequence[Mapping[str, Any]]]]) -> None:
        """Compare with what the form finds."""
        found = (problems for answer in answers for problems in answer)
        pairs = [
            (name, expected, _places(problems, expected))
            for (name, expected), problems in zip(self.expected, found, strict=True)
        ]
        assert [pair for pair in pairs if pair[1] != pair[2]] == []


def _once(found: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return each finding of a content rule once: a text with several can have one, or a finding for each."""
    return Counter({place: 1 if place[0] >= "HB3" else number for place, number in found.items()})


def _named(entry: RawEntry) -> list[str]:
    return [entry.id, str(entry.value.get("name", "")), *map(str, list_at(entry.value, ("aliases",)))]


def _places(
    problems: Sequence[Mapping[str, Any]], expected: Counter[tuple[str, str]]
) -> Counter[tuple[str, str]]:
    # Each place in the words is filled.
    assert not [each for each in problems if "%(" in each["message"] + each["hint"]]
    places = ((each["code"], json_pointer(each["pointer"])) for each in problems)
    # Of two entries with one name, `validate` names only the second one.
    found = _once(Counter(place for place in places if place[0] != "HB311" or place in expected))
    is_sound = all(code > "HB2" for code, _ in found)
    # `validate` knows states and dates only once the entry fits its schema; the form shows all at once.
    early = {place: found[place] for place in found if place[0] < "HB3" or place[0] in _OF_TEXTS}
    return found if is_sound else Counter(early)


def _generated(site: Path, number: int) -> Context:
    """Return a copy of our handbook with changed entries, each in a file of its own."""
    chance = random.Random(number)  # noqa: S311 - cases to try
    context = load_shipped("restricted").context
    fields = {name: describe_field(kind.shape, "restricted", is_cut=False) for name, kind in KINDS.items()}
    copy_shipped_site(site)
    entries = [entry for found in context.ids.values() for entry in found.values()]
    for turn in range(number):
        entry = chance.choice(entries)
        value = {name: part for name, part in plain(entry.value).items() if name not in _OF_ONE}
        for _ in range(chance.randrange(1, 3)):
            value = _broken(chance, value, fields[entry.kind.name])
        folder = next(source for source in entry.kind.sources if source.endswith("/"))
        path = site / folder / f"changed-{turn}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return read_context(find_site(site), TODAY)


def asked(folder: Path, *, every: int = 1, generated: int = 0) -> _Asked:
    """Return what to ask about the cases and examples of all rules, and about generated entries.

    Args:
        folder: The folder for their sites.
        every: Of how many cases to take one.
        generated: The number of generated entries.
    """
    question = _Asked()
    files = {
        f"{path.stem}: {case['name']}": case["files"]
        for path in sorted(FOLDER.rglob("*.yaml"))
        for case in read_cases(path)
    }
    files |= {
        rule.code: {path: text.decode("utf-8", "replace") for path, text in written(rule.bad).items()}
        for rule in ALL
        if "HB1" <= rule.code < "HB4"  # the others are about YAML and pages
    }
    for number, (name, texts) in enumerate(list(files.items())[::every]):
        context = read_context(find_site(write_site(folder / str(number), texts)), TODAY)
        # What cannot be read has more findings than the form can have, and what is there counts as missing.
        if not (
            context.schema_problems or context.uncertain_kinds or context.misspelt_ids or context.kinds_off
        ):
            question.add(name, context, find_all(context, _RULES))
    if generated:
        context = _generated(folder / "generated", generated)
        question.add("generated", context, find_all(context, _RULES))
    return question


@pytest.mark.node
def test_the_form_finds_what_validate_finds(tmp_path: Path) -> None:
    question = asked(tmp_path, generated=runs(80, 5000))
    done = subprocess.run(
        [find_node(), "--input-type=module", "-e", _NODE],
        input=question.as_json(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    question.compare(json.loads(done.stdout))
    assert {code for _, places in question.expected for code, _ in places} == _CODES
