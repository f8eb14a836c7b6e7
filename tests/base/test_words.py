"""Words of messages that a terminal shows and does not obey."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding
from handbook.base.words import one_line
from tests.sites import TOOL

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x9b", "\x7f", "\u202e", "\u2066"])
def test_a_message_holds_nothing_that_a_terminal_obeys(character: str) -> None:
    assert one_line(f"a{character}b\n c") == "a\ufffdb c"


def test_a_value_cannot_turn_a_finding_round(check: Check) -> None:
    (finding,) = check({"tools_inventory.yaml": TOOL.replace("trial", '"\\u202Elairt"')})
    assert finding.message.startswith("Invalid value `\ufffdlairt`")
