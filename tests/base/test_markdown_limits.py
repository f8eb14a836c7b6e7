"""Pages that Python-Markdown cannot digest are found in the source; what people write is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from handbook.base.findings import Finding
from handbook.base.markdown_limits import find_excess
from tests.cases import read_cases

CASES = read_cases(Path(__file__).with_name("markdown_limits.yaml"))


def expand(expression: str) -> str:
    return str(eval(expression))  # noqa: S307 - our own case file


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["text"][:50])
def test_what_markdown_cannot_digest_is_found_at_its_line_at_once(case: Mapping[str, Any]) -> None:
    text = expand(case["text"])
    start = process_time()
    found = list(find_excess(text))
    assert process_time() - start < 2
    assert [(each.line, each.hint != "") for each in found if case["says"] in each.message] == [
        (case["line"], True)
    ], found


@pytest.mark.parametrize("expression", CASES["allowed"])
def test_what_people_write_is_left_alone(expression: str) -> None:
    assert list(find_excess(expand(expression))) == []


@pytest.mark.parametrize("front", ["", "---\ntitle: A\n---\n\n"])
def test_the_finding_names_the_line_of_the_file(
    front: str, check: Callable[[Mapping[str, str | bytes]], list[Finding]]
) -> None:
    found = [each for each in check({"docs/a.md": f"{front}# A\n\n{'[' * 20_000}"}) if each.code == "HB609"]
    assert [each.span.line for each in found] == [front.count("\n") + 3]
