"""One mistake in a sound source, whatever its layout, is found at its very place, and nothing else is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.base.span import Span
from handbook.check.rules.examples import ROLE
from handbook.check.runner import find_all
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.files import find_site
from handbook.read.sources import read_context
from tests.effort import runs

Place: TypeAlias = tuple[str | int, ...]

WIDE = ["", " 名前", " e\u0301", " 😀", " # no comment", " it's", ' "so"', ": and"]
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Plain:
    """A value that is written as it stands."""

    written: str


class Repeated(str):
    """A key that is written like another one: in a mapping of Python there is room for both."""

    __slots__ = ()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass
class Writer:
    """Writes a value in a layout that chance chooses, and notes where everything lands."""

    chance: random.Random
    lines: list[str] = field(default_factory=lambda: [""])
    values: dict[Place, Span] = field(default_factory=dict)
    keys: dict[Place, Span] = field(default_factory=dict)

    def put(self, text: str) -> Span:
        line, column = len(self.lines), len(self.lines[-1]) + 1
        self.lines[-1] += text
        return Span(line, column, line, column + len(text))

    def begin_line(self, indent: int) -> None:
        while not self.chance.randrange(5):
            self.lines.append(
                self.chance.choice(["", "# a comment: with a colon 名", f"{' ' * indent}# it's"])
            )
        self.lines.append(" " * indent)

    def write(self, value: Any, place: Place, indent: int, *, in_flow: bool = False) -> None:
        """Writes what stands behind a key or a dash."""
        if not isinstance(value, dict | list):
            self.put(" " * self.chance.randint(1, 3))
            self.values[place] = self.put(self.scalar(value))
            self.put("" if in_flow else self.chance.choice(["", " ", " # why 😀"]))
        elif in_flow or (len(place) > 1 and not self.chance.randrange(3)):
            self.flow(value, place)
        else:
            self.block(value, place, indent + self.chance.randint(1, 4))

    def flow(self, value: Any, place: Place) -> None:
        self.put(" ")
        brackets = "{}" if isinstance(value, dict) else "[]"
        start = self.put(brackets[0])
        for number, (name, part) in enumerate(self.parts(value)):
            self.put(", " if number else "")
            if isinstance(value, dict):
                self.keys[*place, name] = self.put(self.key(name))
                self.put(":")
            self.write(part, (*place, name), 0, in_flow=True)
        self.put(brackets[1])
        self.values[place] = start

    def block(self, value: Any, place: Place, indent: int) -> None:
        for number, (name, part) in enumerate(self.parts(value)):
            # The first field of an item may stand on the line of its dash.
            if number or not self.lines[-1].endswith("- "):
                self.begin_line(indent)
            if isinstance(value, dict):
                self.keys[*place, name] = self.put(self.key(name))
                self.put(":")
                self.write(part, (*place, name), indent)
            elif isinstance(part, dict) and self.chance.random() < 0.5:
                self.put("- ")
                self.block(part, (*place, name), indent + 2)
            else:
                self.put("-")
                self.write(part, (*place, name), indent)
            if not number:
                first = self.keys.get((*place, name)) or self.values[*place, name]
                self.values[place] = Span(first.line, first.column, first.line, first.column + 1)

    def parts(self, value: Any) -> list[tuple[Any, Any]]:
        if isinstance(value, list):
            return list(enumerate(value))
        parts = list(value.items())
        self.chance.shuffle(parts)
        return parts

    def key(self, name: str) -> str:
        return self.chance.choice([name, name, name, f'"{name}"', f"'{name}'"])

    def scalar(self, value: Any) -> str:
        if isinstance(value, Plain):
            return value.written
        if not isinstance(value, str):
            return json.dumps(value)
        styles = [json.dumps(value, ensure_ascii=False), "'" + value.replace("'", "''") + "'"]
        if not set(value) & set("#:'\",[]{}"):
            styles.append(value)
        return self.chance.choice(styles)


class Fault(NamedTuple):
    """A mistake: what it changes in the first tool, and where it must be found.

    Attributes:
        code: The code of the one finding.
        plant: Changes the list of tools.
        find: The place of the finding.
    """

    code: str
    plant: Callable[[list[Any]], None]
    find: Callable[[Writer], Span]


TOOL: Place = ("tools", 0)


def at_value(*place: str | int) -> Callable[[Writer], Span]:
    return lambda writer: writer.values[*TOOL, *place]


def at_key(*place: str | int) -> Callable[[Writer], Span]:
    return lambda writer: writer.keys[*TOOL, *place]


def at_start(*place: str | int) -> Callable[[Writer], Span]:
    def find(writer: Writer) -> Span:
        start = writer.values[*TOOL, *place]
        return Span(start.line, start.column, start.line, start.column + 1)

    return find


def at_word(word: str, *place: str | int) -> Callable[[Writer], Span]:
    """Where a word stands in a value."""

    def find(writer: Writer) -> Span:
        whole = writer.values[*TOOL, *place]
        column = writer.lines[whole.line - 1].index(word, whole.column - 1) + 1
        return Span(whole.line, column, whole.line, column + len(word))

    return find


def put(*place: str | int, value: Any) -> Callable[[list[Any]], None]:
    """Puts another value in a place of the first tool."""

    def plant(tools: list[Any]) -> None:
        part = tools[0]
        for name in place[:-1]:
            part = part[name]
        part[place[-1]] = value

    return plant


def rename(old: str, new: str, *place: str | int) -> Callable[[list[Any]], None]:
    def plant(tools: list[Any]) -> None:
        part = tools[0]
        for name in place:
            part = part[name]
        part[new] = part.pop(old)

    return plant


def drop(name: str, *place: str | int) -> Callable[[list[Any]], None]:
    def plant(tools: list[Any]) -> None:
        part = tools[0]
        for step in place:
            part = part[step]
        del part[name]

    return plant


FAULTS = {
    "a misspelt field": Fault("HB102", rename("category", "categroy"), at_key("categroy")),
    "a misspelt field of a field": Fault(
        "HB102", rename("active", "activ", "seats"), at_key("seats", "activ")
    ),
    "a field nobody knows": Fault("HB102", put("colour", value="red"), at_key("colour")),
    "a missing field": Fault("HB101", drop("summary"), at_start()),
    "a missing field of a field": Fault("HB101", drop("how", "access"), at_start("access")),
    "a value that is not allowed": Fault("HB104", put("status", value="Trial"), at_value("status")),
    "a text for a number": Fault(
        "HB103", put("seats", "licensed", value="many"), at_value("seats", "licensed")
    ),
    "a number for a text": Fault("HB103", put("name", value=12), at_value("name")),
    "a text for true": Fault("HB103", put("access", "sso", value="yes"), at_value("access", "sso")),
    "a number below nought": Fault("HB106", put("seats", "active", value=-1), at_value("seats", "active")),
    "a day of another country": Fault(
        "HB105", put("review", "next", value="01/08/2026"), at_value("review", "next")
    ),
    "a day that is none": Fault(
        "HB105", put("review", "next", value="2027-02-30"), at_value("review", "next")
    ),
    "a dangling reference": Fault("HB201", put("owner", value="product-manger"), at_value("owner")),
    "a dangling reference in a list": Fault(
        "HB201", put("integrations", 0, "tool", value="jiira"), at_value("integrations", 0, "tool")
    ),
    "an id used twice": Fault(
        "HB202",
        lambda tools: tools.append({**tools[1], "name": "Other"}),
        lambda writer: max((writer.values["tools", 1, "id"], writer.values["tools", 2, "id"])),
    ),
    "a forbidden link": Fault(
        "HB105", put("links", 1, "url", value="javascript:go()"), at_value("links", 1, "url")
    ),
    "text left unfinished": Fault("HB312", put("vendor", value="名前 TODO"), at_word("TODO", "vendor")),
    "a dead link": Fault(
        "HB208", put("notes", value="名 [how](missing.md) 前"), at_word("missing.md", "notes")
    ),
    "a field that stands twice": Fault(
        "HB005",
        put(Repeated("vendor"), value="Acme"),
        lambda writer: max(
            span
            for place, span in writer.keys.items()
            if place[-1] == "vendor" or isinstance(place[-1], Repeated)
        ),
    ),
    "a tag": Fault("HB006", put("vendor", value=Plain("!vendor Acme")), at_value("vendor")),
    "a review that is overdue": Fault(
        "HB305", put("review", "next", value="2026-11-01"), at_value("review", "next")
    ),
    "more seats in use than paid for": Fault(
        "HB303", put("seats", "active", value=91), at_value("seats", "active")
    ),
}


def sound_tools(chance: random.Random) -> list[Any]:
    """Two tools that nothing is wrong with."""
    return [
        {
            "id": "linear",
            "name": "Linear" + chance.choice(WIDE),
            "summary": "Plans the work" + chance.choice(WIDE),
            "category": "project-management",
            "status": "trial",
            "owner": "product-manager",
            "vendor": "Linear",
            "access": {"how": "Ask" + chance.choice(WIDE), "sso": True},
            "seats": {"licensed": 90, "active": 84, "counted_on": "2026-11-02"},
            "integrations": [
                {"tool": "jira", "direction": "sends", "carries": "Issues" + chance.choice(WIDE)}
            ],
            "links": [
                {"title": "Guide", "url": "https://example.com/a"},
                {"title": "Help" + chance.choice(WIDE), "url": "mailto:help@example.com"},
            ],
            "capabilities": ["issue-tracking"],
            "review": {"last": "2026-09-01", "next": "2027-03-01"},
        },
        {
            "id": "jira",
            "name": "Jira",
            "summary": "Old.",
            "category": "project-management",
            "status": "trial",
        },
    ]


def found_in(tools: list[Any], chance: random.Random) -> tuple[Writer, list[tuple[str, str, Span]]]:
    """The tools as written, and every finding."""
    writer = Writer(chance)
    writer.put(chance.choice(["", "# first", "---", "\ufeff# first"]))
    writer.block({"tools": tools}, (), 0)
    text = chance.choice(["\n", "\r\n"]).join([*writer.lines, ""])
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sources").mkdir()
        (folder / "mkdocs.yml").write_bytes(b"site_name: Test\n")
        (folder / "sources/roles.yaml").write_bytes(ROLE.encode())
        (folder / "tools_inventory.yaml").write_bytes(text.encode())
        findings = find_all(read_context(find_site(folder), TODAY), SITE_RULES)
    return writer, [(finding.code, finding.path, finding.span) for finding in findings]


SEEDS = st.integers(0, 2**32)


@settings(max_examples=runs(sample=20, full=200))
@given(seed=SEEDS)
def test_a_sound_source_gives_no_finding_in_any_layout(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same layout again for the same number
    assert found_in(sound_tools(chance), chance)[1] == []


@settings(max_examples=runs(sample=5, full=40))
@given(seed=SEEDS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_alone_is_found_at_its_very_place(name: str, seed: int) -> None:
    fault = FAULTS[name]
    chance = random.Random(seed)  # noqa: S311 - the same layout again for the same number
    tools = sound_tools(chance)
    fault.plant(tools)
    writer, found = found_in(tools, chance)
    assert found == [(fault.code, "tools_inventory.yaml", fault.find(writer))], "\n".join(writer.lines)
