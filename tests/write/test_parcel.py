"""A proposal in the text of an issue or a message: what is read, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.write.parcel import issue_text, message_text, read_parcel, read_sent
from handbook.write.proposal import ProposalError
from tests.cases import read_cases
from tests.node import VECTORS

CASES = read_cases(Path(__file__).parent / "cases/parcels.yaml")
SENT = message_text("", {"proposal": 1, "operations": [{"op": "unset"}]}, "")
"""A value can be any text, even a message."""
PROPOSAL: dict[str, Any] = {
    "proposal": 1,
    "base": None,
    "by": "Zoë",
    "why": "It's “new” ✓",
    "operations": [
        {
            "op": "set",
            "kind": "tool",
            "id": "linear",
            "path": "/notes",
            "value": f"```\nOne.\n```\n\n{SENT}",
        },
        {"op": "unset", "kind": "tool", "id": "linear", "path": "/vendor"},
    ],
}
WORDS = "Change to Linear (tool)\n\n- Notes: One.\n"
ISSUE = issue_text(WORDS, PROPOSAL)
MESSAGE = message_text(WORDS, PROPOSAL, "Run handbook apply -")
EXPECTED = read_sent(json.dumps(PROPOSAL).encode(), "p").operations


def quoted(text: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}\n" for line in text.splitlines())


def wrapped(text: str, width: int = 40) -> str:
    """A text as a program for email wraps it."""
    lines = text.splitlines()
    return "\n".join(line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width))


@pytest.mark.parametrize(
    "text",
    [
        ISSUE,
        MESSAGE,
        ISSUE.replace("\n", "\r\n"),
        quoted(ISSUE),
        quoted(quoted(MESSAGE), ">"),
        wrapped(quoted(MESSAGE, "| ")),
        MESSAGE.replace("\n", "\u00a0\n\u200b"),
        MESSAGE.replace("[", "\\[").replace("]", "\\]"),
        f"Fine by me.\n\nOn Monday, Ana wrote:\n{quoted(ISSUE)}\n{ISSUE}{MESSAGE}-- \nAna\n",
        f"\ufeff{MESSAGE}",
        json.dumps(PROPOSAL),
        issue_text(f"- Notes:\n\n  ```text\n  {SENT}  ```\n\nWhy: {SENT}", PROPOSAL),
        message_text(f"- Notes: {SENT}", PROPOSAL, "Run handbook apply -"),
    ],
)
def test_a_proposal_survives_its_way(text: str) -> None:
    proposal = read_sent(text.encode(), "p")
    assert [each._replace(place="") for each in proposal.operations] == [
        each._replace(place="") for each in EXPECTED
    ]
    assert (proposal.by, proposal.why) == ("Zoë", "It's “new” ✓")


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["says"])
def test_a_text_without_one_sound_proposal_is_refused(case: dict[str, Any]) -> None:
    text = case["text"] * case.get("times", 1)
    with pytest.raises(ProposalError) as caught:
        read_parcel(text, "issue")
    assert case["says"] in caught.value.full_message
    assert len(caught.value.full_message) < 300


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MESSAGE.replace("[end", "[fin"), "has no end"),
        (MESSAGE.replace("Im", "In", 1), "changed or cut"),
        (ISSUE.replace('"', "”"), "Quotation marks must be straight"),
        (ISSUE + ISSUE.replace("linear", "jira"), "2 proposals in one text"),
        (ISSUE + message_text("", {**PROPOSAL, "by": None}, ""), "2 proposals in one text"),
        (ISSUE.rpartition("```")[0], "The block with the proposal has no end"),
        (f"~~~\n{issue_text('', {'proposal': 1})}~~~\n", "Text without a proposal"),
        (issue_text("", {**PROPOSAL, "why": "x" * 65_536}), "more than 65,536 bytes"),
        (f"{'x' * 262_144}{ISSUE}", "more than 262,144 bytes"),
        (issue_text("", {**PROPOSAL, "operation": []}), "Unknown field `operation`"),
    ],
)
def test_what_was_changed_on_its_way_says_so(text: str, says: str) -> None:
    with pytest.raises(ProposalError) as caught:
        read_parcel(text, "issue")
    assert says in caught.value.full_message


@pytest.mark.parametrize("form", [json.dumps, yaml.safe_dump])
def test_a_file_that_only_shows_such_a_text_is_read_as_it_is(form: Callable[[Any], str]) -> None:
    shown = f"{ISSUE}\n{MESSAGE}"
    file = form({**PROPOSAL, "operations": [{**PROPOSAL["operations"][1], "op": "set", "value": shown}]})
    (operation,) = read_sent(file.encode(), "p").operations
    assert operation.value == shown


def test_the_texts_are_those_of_the_form() -> None:
    cases = json.loads((VECTORS / "proposal_text.json").read_text(encoding="utf-8"))["cases"]
    write: dict[str, Callable[..., str]] = {"issueText": issue_text, "messageText": message_text}
    for name, given, expected in cases:
        assert write[name](*given) == expected
