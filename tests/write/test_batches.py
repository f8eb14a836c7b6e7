"""Many operations at once: the same files as one by one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write import batches
from handbook.write.batches import make, make_all
from handbook.write.draft import Draft, raw_value
from handbook.write.errors import NotWrittenError
from handbook.write.proposal import Operation
from tests.conftest import TODAY
from tests.effort import runs
from tests.sites import write_site
from tests.write.test_apply import paths

HEAD = "# Ours.\ntools:\n"
_TEXT = """- id: a  # first
  name: A
  summary: |
    One.

    Two.
  category: roadmap
  status: trial
  tags: [x]
---
# Above b.
- id: b
  name: B
  summary: 'Two.'
  category: roadmap
  status: trial
  links:
  - {title: T, url: 'https://example.com'}
  # At the end of b.
---
- id: c
  category: roadmap
  status: trial
  cost: {amount: 1, currency: USD, period: month}
  name: C
  summary: Three.
"""
TOOLS = _TEXT.split("---\n")


def site(folder: Path, between: str = "\n", end: str = "", line_end: str = "\n") -> Context:
    """A handbook with three tools."""
    text = (HEAD + between.join(TOOLS)).removesuffix("\n") + end
    write_site(folder, {})
    (folder / "tools_inventory.yaml").write_bytes(text.replace("\n", line_end).encode())
    return read_context(find_site(folder), TODAY)


def edits(context: Context, chance: random.Random) -> list[Operation]:
    """Random changes of fields."""
    found = []
    for _ in range(chance.randrange(2, 9)):
        entry = chance.choice(list(context.ids["tool"].values()))
        path, part = chance.choice([each for each in paths(raw_value(entry)) if each[0] != "/id"])
        op = chance.choice(["set", "unset", "insert", "add"])
        value = chance.choice([part, "new", "two\n\nlines\n", ["x", "y"], 3])
        if op == "add":
            fields = {"name": "N", "summary": "S", "notes": value if isinstance(value, str) else "n"}
            found.append(Operation("add", "tool", f"new-{chance.randrange(9)}", value=fields))
        else:
            found.append(Operation(op, "tool", entry.id, path, value))
    return found


@pytest.mark.parametrize("seed", range(runs(12, 1_000)))
def test_many_operations_at_once_make_the_same_files_as_one_by_one(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - cases to try
    layout = (
        chance.choice(["", "\n", "\n\n"]),
        chance.choice(["", "\n", "\n\n"]),
        chance.choice(["\n", "\r\n"]),
    )
    context = site(tmp_path, *layout)
    operations = sorted(edits(context, chance), key=lambda each: each.op != "add")
    one, many, refused = Draft(context), Draft(context), []
    for each in operations:
        try:
            make(one, each)
        except NotWrittenError as error:
            refused.append((each, str(error)))
    assert [(each, str(error)) for each, error in make_all(many, operations)] == refused
    assert many.changes == one.changes


def test_a_file_is_read_once_and_not_for_each_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = site(tmp_path)
    operations = [Operation("set", "tool", each, "/name", f"New {each}") for each in "abc"]
    alone: list[Operation] = []
    whole = Draft(context)

    def counted(draft: Draft, operation: Operation) -> None:
        alone.extend([operation] if draft is whole else [])
        make(draft, operation)

    monkeypatch.setattr(batches, "make", counted)
    assert not list(make_all(whole, operations))
    assert not alone
    assert whole.changes["tools_inventory.yaml"][1].count(b"name: New ") == len(operations)
