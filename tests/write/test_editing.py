"""Changes by position: the value becomes what was asked for, and everything else in the text stays."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.read.yaml.document import read_text
from handbook.write.changed_values import part_at
from handbook.write.editing import Editing
from handbook.write.errors import NotWrittenError
from handbook.write.parts import Parts
from tests.cases import read_cases
from tests.effort import runs
from tests.sites import ROOT

CASES = read_cases(Path(__file__).parent / "cases/edits.yaml")

UGLY = read_cases(Path(__file__).parent / "cases/ugly.yaml")
VALUES = [
    "x", "two words", "a: b", "- x", "#c", "", "multi\nline\n", " lead\nx", "x\n\n\ny\n\n", None, True, 12,
    1.5, [], {}, ["a", "b"], [{"id": "q", "t": "long text\nhere"}], {"k": {"l": [1, [2, 3]]}}, "é" * 30, "no",
    "Café: 'quoted' \"x\"", "2026-01-01", "trailing ", "\ttab", "a\tb\nc", "\U0001f4a1 x",
]  # fmt: skip


def editing(text: str) -> Editing:
    return Editing(text, read_text(text).value, "f.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_change_touches_only_what_it_must(case: dict[str, Any]) -> None:
    method, *arguments = case["do"]
    changed = editing(case["before"])
    if "says" in case:
        with pytest.raises(NotWrittenError) as refused:
            getattr(changed, method)(*arguments)
        assert case["says"] in str(refused.value)
        assert changed.text == case["before"]
    else:
        getattr(changed, method)(*arguments)
        assert changed.text == case["after"]
        assert read_text(changed.text).value == changed.value


def pointers(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield above
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from pointers(part, (*above, step))


def lines_of(text: str, pointer: tuple[str | int, ...]) -> tuple[int, int]:
    """The first and the last line of a value, with its key or dash and the comments that are further in."""
    parts = Parts(text)
    part = parts.root
    assert part is not None
    start, end = part.start, part.end
    for step in pointer:
        index = part.index(step)
        start = part.keys[index].start if part.is_mapping else part.children[index].start
        if part.is_block and not part.is_mapping:
            start = parts.dash(part, index)
        end = parts.tail(part.children[index].end, parts.column(start))
        part = part.children[index]
    is_all = len(pointer) == 1 and parts.root is not None and parts.root.children == [part]
    return parts.line(min(start, part.start)), parts.line(len(text) if is_all else end)


def untouched(before: str, after: str, first: int, last: int) -> bool:
    """Whether all lines before and after some lines are as they were, but for an empty line."""
    old, new = before.splitlines(), after.splitlines()
    above, below = old[: max(first - 2, 0)], old[last + 1 :]
    return new[: len(above)] == above and (not below or new[-len(below) :] == below)


def any_change(text: str, chance: random.Random) -> tuple[Editing, str, tuple[str | int, ...]] | None:
    """Makes a random change; gives what it was, and the place whose lines it may touch."""
    changed = editing(text)
    pointer = chance.choice(list(pointers(changed.value)))
    here = part_at(changed.value, pointer)
    what = chance.choice(["set", "unset", "insert", "move", "add"])
    if what in {"set", "unset"} and not pointer:
        return None
    if what == "set":
        changed.set(pointer, chance.choice(VALUES))
    elif what == "unset":
        changed.unset(pointer)
    elif what == "add" and isinstance(here, dict):
        changed.set((*pointer, chance.choice(["new", "a key", "yes", "1"])), chance.choice(VALUES))
    elif what == "insert" and isinstance(here, list):
        changed.insert(pointer, chance.randint(0, len(here)), chance.choice(VALUES))
    elif what == "move" and isinstance(here, list) and here:
        changed.move(pointer, chance.randrange(len(here)), chance.randrange(len(here)))
    else:
        return None
    is_only = what == "unset" and len(part_at(read_text(text).value, pointer[:-1])) == 1
    return changed, what, pointer[:-1] if is_only else pointer


def test_random_changes_of_real_and_of_ugly_files_keep_the_other_lines() -> None:
    real = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "sources").rglob("*.yaml"))]
    texts = [*real, *UGLY, *(text.replace("\n", "\r\n") for text in UGLY)]
    chance = random.Random(18)  # noqa: S311 - cases to try
    ends: Counter[str] = Counter()
    for _ in range(runs(150, 5_000)):
        text = chance.choice([chance.choice(real), chance.choice(texts[len(real) :])])
        try:
            made = any_change(text, chance)
        except NotWrittenError:
            ends["refused"] += 1
            continue
        if made is None:
            continue
        changed, what, place = made
        ends["made"] += 1
        read = read_text(changed.text)
        assert not read.faults
        assert repr(read.value) == repr(changed.value)
        assert untouched(text, changed.text, *lines_of(text, place)), (text, what, place, changed.text)
        if what == "move":
            assert Counter("".join(text.split())) == Counter("".join(changed.text.split()))
    assert ends["refused"] <= ends["made"] // 10, ends
