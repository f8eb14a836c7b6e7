"""An entry more in a file: every other byte stays, however the file is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.read.yaml.document import read_document
from handbook.write.collection import with_items
from handbook.write.errors import NotWrittenError
from tests.cases import read_cases

CASES = read_cases(Path(__file__).parent / "cases/collections.yaml")
LINES = ["- id: miro", "  name: TODO"]
VALUE = {"id": "miro", "name": "TODO"}


@pytest.mark.parametrize("case", [case for case in CASES if "after" in case], ids=lambda case: case["name"])
def test_an_entry_is_put_behind_the_last_one(case: dict[str, Any]) -> None:
    after, line = with_items(case["before"].encode(), "tools_inventory.yaml", "tools", [LINES])
    assert after.decode() == case["after"]
    assert "id: miro" in case["after"].splitlines()[line - 1]


@pytest.mark.parametrize("case", [case for case in CASES if "says" in case], ids=lambda case: case["name"])
def test_a_file_that_cannot_take_an_entry_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(NotWrittenError, match=case["says"]) as refused:
        with_items(case["before"].encode(), "tools_inventory.yaml", "tools", [LINES])
    assert "tools_inventory.yaml" in str(refused.value)


PARTS = st.sampled_from(
    [
        "# a comment",
        "",
        "  # a comment between",
        "  - id: a",
        "    notes: |",
        "      text",
        "    name: 'x'",
        "    tags: [a, b]",
        "   ",
        "---",
        "  - {id: b}",
        "    \tz: 1",
    ]
)


def tools(value: Any) -> list[Any]:
    return value["tools"] or []


@given(st.lists(PARTS, max_size=12), st.sampled_from(["\n", "\r\n"]), st.sampled_from([0, 1]))
def test_a_file_is_refused_or_says_what_it_said_and_one_entry_more(
    parts: list[str], line_end: str, ends: int
) -> None:
    text = line_end.join(["tools:", *parts]) + line_end * ends
    before = read_document(text.encode())
    try:
        after, _ = with_items(text.encode(), "tools_inventory.yaml", "tools", [LINES])
    except NotWrittenError:
        return
    rest = iter(after.decode().splitlines())
    assert all(line in rest for line in text.splitlines())
    read = read_document(after)
    assert read.faults == ()
    was, became = tools(before.value), tools(read.value)
    assert became[-1] == VALUE
    assert len(became) == len(was) + 1
