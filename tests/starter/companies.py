"""Companies that start a handbook, and what they must not find in it: traces of the company of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from handbook.base.spelling import Word
from handbook.read.former_ids import FORMER
from handbook.read.raw import RawEntry
from handbook.starter.answers import PILLARS, Answers
from handbook.starter.ground import Ground
from handbook.starter.inventory import choose
from handbook.starter.making import Made, make_handbook
from handbook.starter.plan import pillars_of
from tests.conftest import TODAY
from tests.shipped import load_shipped

STACKS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "atlassian": ("jira", "confluence", "microsoft-teams", "google-analytics"),
    "ours": ("linear", "productboard", "notion", "amplitude", "launchdarkly", "slack"),
    "own": ("tracker=Werkbank", "documents=Ablage 7", "chat=zulip!", "feedback=Café Émile"),
    "one": ("notion",),
}
OF_ONE_COMPANY = ("experiment", "flag", "study", "theme", "survey", "pain_point", "dashboard", "query")
"""The kinds whose entries are about the company itself: none of their names may appear."""

_HANDLE = re.compile(r"#[a-z][a-z-]{2,}(?![\w-])|@example\b|\bexample\.(?:com|org)\b")
_MONEY = re.compile(r"(?:USD|EUR|GBP|[$€£])\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:USD|EUR|GBP)\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b20\d\d-\d\d-\d\d\b|\b\d{{1,2}} (?:{_MONTHS})(?: 20\d\d)?\b")
_ANCHOR = re.compile(r"\{[^{}]*#[\w-]+[^{}]*\}|\]\([^()]*\)|\"[^\"\s]*#/?[\w$/-]*\"|uses: \S+")


@cache
def make(stage: str, pillars: tuple[str, ...], stack: str) -> Made:
    """A new handbook."""
    return make_handbook(answers(stage, pillars, stack), TODAY, Ground())


def answers(stage: str, pillars: tuple[str, ...] = (), stack: str = "none") -> Answers:
    """The answers of a company; without pillars, with those of its stage."""
    return Answers("Nordwind", stage, pillars or pillars_of(stage), STACKS[stack], Word("pod", "pods"))


def traces(made: Made, stack: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield what the files of a new handbook say about our own company: path, line, the word, the line."""
    words = _words_of_company(choose(STACKS[stack]).tools)
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in words), re.IGNORECASE)
    for path, data in made.files.items():
        if path.startswith((".vscode/schemas/", ".github/", "requirements.txt")):
            continue
        for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
            for found in _found(pattern, line):
                yield path, number, found, line.strip()


def _found(pattern: re.Pattern[str], line: str) -> Iterator[str]:
    yield from pattern.findall(line)
    text = _ANCHOR.sub("", line)
    yield from _HANDLE.findall(text)
    yield from _MONEY.findall(text)
    if not re.search(r"\b(?:review|last|next):", line):
        yield from _DAY.findall(text)


def _words_of_company(chosen: Iterable[Any]) -> list[str]:
    """The names of what only our own company has; the names of tools that are chosen are not among them."""
    theirs = {word.casefold() for tool in chosen for word in (tool.name, tool.id, tool.vendor) if word}
    found: set[str] = set()
    for kind in ("tool", *OF_ONE_COMPANY):
        for entry in load_shipped().context.ids.get(kind, {}).values():
            found |= set(_names(entry))
    return sorted(word for word in found if word.casefold() not in theirs | _COMMON)


_COMMON = {"notion labs", "reports", "kpi", "scale", "foundation", "split"}
"""Names that are words of every company, too."""


def _names(entry: RawEntry) -> Iterator[str]:
    name = str(entry.value.get("name", ""))
    if entry.kind.name == "tool":
        yield from (name, entry.id)
    else:
        if " " in name:
            yield name
        if "-" in entry.id:
            yield entry.id
        for former in entry.value.get(FORMER) or ():
            if "-" in str(former):
                yield str(former)
    key = entry.value.get("key")
    if isinstance(key, str):
        yield key


if __name__ == "__main__":
    for each_stage in ("startup", "growth", "enterprise"):
        for trace in traces(make(each_stage, tuple(PILLARS), "none"), "none"):
            print("{}:{}: {!r}: {:.150}".format(*trace))  # noqa: T201 - what to change in our texts
