"""A megabyte of anything ends in seconds, within the memory, and in findings: the command as users run it.

Time is processor time, so a busy machine changes little. The gate gives the command a tenth of a megabyte,
which shows what grows without bounds; `make test-all` gives it the whole.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from handbook.read.files import find_site
from handbook.read.schemas.kinds import read_schema_files
from handbook.read.schemas.validation import fits_pattern
from tests.effort import FULL, runs
from tests.loaded_process import LoadedProcess, Run
from tests.sites import GOAL_SCHEMA, ROOT, TOOL

SIZE = 1_000_000 if FULL else 100_000
SECONDS, MEGABYTES, MOST_OUTPUT = 5, 300, 1_000_000

Files: TypeAlias = Mapping[str, str | bytes]


def filled(piece: str) -> str:
    """A piece as often as it goes into the size."""
    return piece * (SIZE // len(piece.encode()))


def tools(text: str) -> Files:
    return {"tools_inventory.yaml": text}


def page(text: str) -> Files:
    return {"tools_inventory.yaml": TOOL, "docs/index.md": text}


def view(text: str) -> Files:
    return {"tools_inventory.yaml": TOOL, "macros/tool.jinja": text}


def summary(text: str) -> Files:
    """A tool with a text in double quotes."""
    return tools(TOOL.replace("Plans the work.", json.dumps(text)))


def notes(text: str) -> Files:
    """A tool with a text of many lines that may use Markdown."""
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    whole = lines.rfind("\n", 0, SIZE) + 1 or SIZE
    return tools(f"{TOOL}    notes: |\n{lines[:whole]}\n")


def doubled(first: str, link: Callable[[int], str]) -> Files:
    """Forty names, each of which says the one before twice."""
    return tools(first + "".join(f"a{number}: &a{number} {link(number - 1)}\n" for number in range(1, 40)))


def schema(**changes: Any) -> Files:
    """A kind of the site's own with something changed, and an entry of it."""
    changed = json.dumps({**json.loads(GOAL_SCHEMA), **changes})
    return {"schemas/goal.schema.json": changed, "sources/goals.yaml": "goals:\n  - {id: a, name: A}\n"}


def many(template: str) -> str:
    """A template as often as it goes into the size, each with a number of its own for `#`."""
    one = len(template) + 5 * template.count("#")
    return "".join(template.replace("#", f"{index:06}") for index in range(SIZE // one))


ENTRY = "  - {id: t#, name: T, summary: S., category: roadmap, status: trial"

WRONG: dict[str, Callable[[], Files]] = {
    # Aliases.
    "aliases of lists that double": lambda: doubled("a0: &a0 [x]\n", lambda name: f"[*a{name}, *a{name}]"),
    "aliases of mappings that double": lambda: doubled(
        "a0: &a0 {x: y}\n", lambda name: f"{{b: *a{name}, c: *a{name}}}"
    ),
    "a long text and a hundred thousand aliases of it": lambda: tools(
        f"tools:\n- &a {'x' * (SIZE // 2)}\n" + "- *a\n" * (SIZE // 10)
    ),
    "merge keys that double": lambda: doubled(
        "a0: &a0 {x: y}\n", lambda name: f"{{<<: [*a{name}, *a{name}]}}"
    ),
    "an alias of what it stands in": lambda: tools("tools: &a\n" + filled("- *a\n")),
    "a million anchors": lambda: tools("tools:\n" + filled("- &a\n")),
    # Depth.
    "flow lists": lambda: tools("[" * SIZE),
    "flow lists that are closed": lambda: tools("[" * (SIZE // 10) + "]" * (SIZE // 10)),
    "flow mappings": lambda: tools(filled("{a: ")),
    "block lists": lambda: tools("- " * (SIZE // 10)),
    "block mappings": lambda: tools("? " * (SIZE // 10)),
    "block mappings on lines of their own": lambda: tools(
        "".join(" " * depth + "a:\n" for depth in range(1_400))
    ),
    # Length.
    "a key": lambda: tools(f"{'k' * SIZE}: 1\n"),
    "a quoted key": lambda: tools(f'tools:\n  - {{"{"k" * SIZE}": 1}}\n'),
    "a number": lambda: tools(TOOL.replace("Linear", "9" * SIZE)),
    "a number with a point": lambda: tools(TOOL.replace("Linear", "1." + "9" * SIZE)),
    "a tag": lambda: tools(f"tools: !{'t' * SIZE} x\n"),
    "an id": lambda: tools(TOOL.replace("id: linear", f"id: {'a-' * (SIZE // 2)}")),
    "a line": lambda: tools(TOOL.replace("Plans the work.", filled("word "))),
    "a flow list on one line": lambda: tools(f"tools: [{filled('{id: a}, ')}]"),
    # Numbers of things.
    "tabs": lambda: tools("\t" * SIZE),
    "tabs before fields": lambda: tools("tools:\n" + filled("\ta: 1\n")),
    "fields of the same name": lambda: tools("tools:\n  - " + "    a: 1\n"[4:] + "    a: 1\n" * (SIZE // 10)),
    "fields nobody knows": lambda: tools(TOOL + many("    f#: 1\n")),
    "entries of the same id": lambda: tools("tools:\n" + "- id: a\n" * (SIZE // 10)),
    "sound entries of the same id": lambda: tools("tools:\n" + filled(f"{ENTRY}}}\n".replace("#", "1"))),
    "entries with several mistakes each": lambda: tools("tools:\n" + "- {a: 1}\n" * (SIZE // 10)),
    "entries that are texts": lambda: tools("tools:\n" + filled("- a\n")),
    "references to nothing": lambda: tools("tools:\n" + many(f"{ENTRY}, owner: team-#}}\n")),
    "links that nothing closes in a text": lambda: notes("[a](missing.md)\n\n" + filled("[a](")),
    "links that open more parentheses than they close": lambda: notes(
        "[a](missing.md)\n\n" + filled("[a](()")
    ),
    "references that nearly fit": lambda: tools("tools:\n" + many(f"{ENTRY}, replaced_by: s#}}\n")),
    "dead links in a text": lambda: notes(many("[a](missing-#.md)\n")),
    "dead links on a page": lambda: page(many("[a](missing-#.md)\n")),
    "forbidden links": lambda: notes(filled("[a](javascript:b)\n")),
    "swallowed fields": lambda: summary(filled("owner: a ")),
    "documents": lambda: tools(filled("---\n")),
    "directives": lambda: tools(filled("%YAML 1.2\n")),
    # Marks.
    "unfinished words": lambda: summary(filled("TODO ")),
    "unfinished words on lines": lambda: notes(filled("TODO\n")),
    "ignores": lambda: tools(TOOL + filled("# handbook: ignore HB301\n")),
    "ignores of many codes": lambda: tools(f"{TOOL}# handbook: ignore {filled('HB301, ')}\n"),
    "words behind a hash": lambda: tools("tools:\n" + filled("- a # b\n")),
    "quotes": lambda: tools('"' * SIZE),
    "backslashes": lambda: tools('"' + "\\" * SIZE),
    "braces of macros in a text": lambda: summary(filled("{{ ")),
    "braces of macros on a page": lambda: page(filled("{{ ")),
    "blocks of macros on a page": lambda: page(filled("{% if a %}")),
    "loops on a page": lambda: page("{% for a in 'ab' %}{{ a | upper }}{% endfor %}\n" * 5_000),
    "attributes of Python on a page": lambda: page(filled("{{ a.__class__ }}\n")),
    "unknown macros on a page": lambda: page(many("{{ m#(1) | x }}\n")),
    "additions on a page": lambda: page("{{ 1" + filled("+1")[:-8] + " }}"),
    "brackets in a macro": lambda: page("{{ " + filled("[")),
    "filters behind each other": lambda: page("{{ 1" + filled("|a")[:-8] + " }}"),
    "attributes of Python in a view": lambda: view(filled("{{ a.__class__ }}\n")),
    "names nobody knows in a view": lambda: view(many("{{ m# }}\n")),
    "blocks that nothing closes in a view": lambda: view(filled("{% if a %}")),
    "a view that is too large": lambda: view("x" * 1_000_001),
    "rows of a table": lambda: notes("| a | b |\n|---|---|\n" + filled("| c | d | e |\n")),
    # Bytes.
    "bytes of nought": lambda: {"tools_inventory.yaml": b"\0" * SIZE},
    "byte order marks": lambda: {"tools_inventory.yaml": b"\xef\xbb\xbf" * 333_333},
    "halves of characters": lambda: {"tools_inventory.yaml": b"\xed\xa0\x80" * 333_333},
    "escaped halves of characters": lambda: tools(f'tools: "{filled(chr(92) + "ud800")}"\n'),
    "two bytes to a character": lambda: {"tools_inventory.yaml": (TOOL * 8_000).encode("utf-16")},
    "carriage returns": lambda: tools("\r" * SIZE),
    "combining marks": lambda: summary("e" + filled("\u0301")),
    "wide characters": lambda: summary(filled("名")),
    "codes for halves of characters": lambda: summary(filled("😀")),
    "codes for characters in two halves, one to a text": lambda: tools(
        "tools:\n" + filled('- "\\ud83d\\ude00"\n')
    ),
    "codes for what must not be there": lambda: tools(f'tools: "{filled(chr(92) + "u0002")}"\n'),
    # Pages.
    "lines that name an audience": lambda: page("# A\n" + filled("audience: restricted\n")),
    "lines in a text of the front matter that do": lambda: page(
        "---\na: |\n" + filled("  audience: restricted\n")[: SIZE // 2] + "\n---\n"
    ),
    "front matter without an end": lambda: page("---\n" + filled("a: b\n")),
    "a schema of alternatives": lambda: schema(
        anyOf=[{"required": [f"p{number}"]} for number in range(30_000)]
    ),
}
"""What has something to find."""

SOUND: dict[str, Callable[[], Files]] = {
    "a comment": lambda: tools(f"{TOOL}#{'c' * SIZE}\n"),
    "hashes": lambda: tools(TOOL + filled("#")),
    "macros on a page": lambda: page(filled("{{ calendar() }}\n")),
    "pipes": lambda: notes(filled("|")),
    "links that nothing closes": lambda: page(filled("[a](")),
    "brackets on a page": lambda: page(filled("[")),
    "comments of HTML that nothing closes": lambda: page(filled("<!--")),
    "backticks": lambda: page(filled("`")),
    "backticks in growing runs": lambda: page(" ".join("`" * length for length in range(1, 1_400))),
    "stars": lambda: notes(filled("*a ")),
    "quotes of Markdown": lambda: page(filled(">")),
    "colons on a page": lambda: page(filled(": ")),
    "signs on a page that are whole sentences": lambda: page(filled("\ufdfa: ")),
    "fields at the top of a page": lambda: page("---\n" + many("key-#: a\n") + "---\n"),
    "a page of words": lambda: page(filled("word ")),
}
"""What is allowed, or not looked at."""

UNUSABLE: dict[str, Callable[[], Files]] = {
    "a schema that is cut off": lambda: {
        "tools_inventory.yaml": TOOL,
        "schemas/goal.schema.json": "[" * SIZE,
    },
    "a schema with a long name": lambda: schema(title="x" * SIZE, type="objekt"),
    "a schema of many mistakes": lambda: schema(
        properties={f"p{number:060}": {"type": 1} for number in range(SIZE // 80)}
    ),
    "a schema of many references": lambda: schema(allOf=[{"$ref": "#/$defs/a"}] * (SIZE // 25)),
    "a schema of many unknown words": lambda: schema(**{f"x-{number}": 1 for number in range(SIZE // 15)}),
    "a schema of a long pattern": lambda: schema(properties={"name": {"pattern": "(a|" * (SIZE // 3)}}),
}
"""Schemas that nothing can be checked with."""

HOSTILE = [
    pytest.param(make, code, id=name)
    for code, table in enumerate((SOUND, WRONG, UNUSABLE))
    for name, make in table.items()
]


@cache
def validator() -> LoadedProcess:
    """A process of little more than the command."""
    return LoadedProcess("handbook.cli.validate")


def validate(folder: Path, files: Files) -> Run:
    """Runs `handbook validate` on a site made of these files."""
    for name, content in {"mkdocs.yml": "site_name: Test\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    words = ("handbook", "validate", "--as-of", "2026-11-23")
    return validator().run(folder, words, os.environ | {"NO_COLOR": "1"})


def assert_withstood(run: Run) -> None:
    """It ended in time and within the memory, and what it said can be shown."""
    assert run.done.stderr == ""
    errors = re.findall(r"^\S+:\d+:\d+: HB\d{3} error: ", run.done.stdout, re.MULTILINE)
    assert bool(errors) == bool(run.done.returncode)
    assert run.seconds < SECONDS
    assert run.megabytes < MEGABYTES
    # Nobody reads more, and no control character gets through.
    assert len(run.done.stdout) < MOST_OUTPUT
    assert set(re.findall(r"[\0-\x1f\x7f-\x9f]", run.done.stdout)) <= {"\n", "\t"}


@pytest.mark.slow
@pytest.mark.parametrize(("make", "code"), random.Random(14).sample(HOSTILE, runs(16, len(HOSTILE))))  # noqa: S311 - a sample
def test_a_megabyte_of_anything_ends_in_seconds_and_within_the_memory(
    make: Callable[[], Files], code: int, tmp_path: Path
) -> None:
    run = validate(tmp_path, make())
    assert_withstood(run)
    # A page of that size can be too much for Markdown, whatever else is right with it.
    # A text that is too long is a warning.
    usual = {"HB609": 0, "HB332": 1}
    codes = set(re.findall(r": (HB\d{3}) ", run.done.stdout))
    assert run.done.returncode == code or [usual.get(each) for each in codes] == [code]


# Texts that nearly fit a pattern of the schemas, made from the schemas.


def patterns(schema: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every pattern in a schema, and the examples beside it."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"], tuple(schema.get("examples", ()))
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from patterns(part)


PATTERNS = dict(pair for file in read_schema_files(find_site(ROOT)) for pair in patterns(file.document.value))


def near_misses(pattern: str, examples: Iterable[str], size: int) -> list[str]:
    """Long texts that do not fit: an example or nothing, a piece again and again, and a last character.

    Those come first that fit, or begin as one that fits, without their last character.
    """
    pieces = sorted({*pattern, *"aA0 -./:@!\n"} - {*"^$()[]{}|?*+\\"})
    found = []
    for start, first, second, last in product(("", *examples), pieces, ("", *pieces[:6]), "!\n "):
        short = start + (first + second) * 20
        if not fits_pattern(pattern, short + last):
            text = start + first + second
            rank = (not fits_pattern(pattern, short), not fits_pattern(pattern, text))
            found.append((rank, start + (first + second) * (size // len(first + second)) + last))
    found.sort(key=lambda pair: pair[0])
    return [text for _, text in found]


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_nearly_fits_a_pattern_of_a_schema_is_refused_as_fast(pattern: str, tmp_path: Path) -> None:
    texts = near_misses(pattern, PATTERNS[pattern], SIZE // 10)[:9]
    trap = json.loads(GOAL_SCHEMA)
    trap["properties"]["name"]["pattern"] = pattern
    goals = [{"id": f"goal-{number}", "name": text} for number, text in enumerate(texts)]
    run = validate(
        tmp_path,
        {
            "schemas/goal.schema.json": json.dumps(trap),
            "sources/goals.yaml": "goals:\n" + "".join(f"  - {json.dumps(goal)}\n" for goal in goals),
        },
    )
    assert_withstood(run)
    assert f" {len(goals)} errors" in run.done.stdout
