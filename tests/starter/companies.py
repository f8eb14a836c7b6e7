"""Companies that start a handbook, and what they must not find in it: traces of the company of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from handbook.read.files import Site, find_site
from handbook.read.former_ids import FORMER
from handbook.read.raw import RawEntry
from handbook.starter.answers import PILLARS, STAGES, Answers, TeamWord
from handbook.starter.ground import Ground
from handbook.starter.inventory import choose
from handbook.starter.making import Made, make_handbook
from handbook.starter.plan import make_plan
from tests.conftest import TODAY
from tests.shipped import load_shipped

STACKS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "atlassian": ("jira", "confluence", "microsoft-teams", "google-analytics"),
    "ours": ("linear", "productboard", "notion", "amplitude", "launchdarkly", "slack"),
    "own": ("tracker=Werkbank", "documents=Ablage 7", "chat=none", "feedback=Café Émile", "aha", "zendesk"),
    "one": ("notion",),
}
_HANDLE = re.compile(
    r"#[a-z][a-z-]{2,}(?![\w-])|@example\b|\bexample\.(?:com|org)\b|\bexample/product-handbook\b"
)
_MONEY = re.compile(r"(?:USD|EUR|GBP|[$€£])\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:USD|EUR|GBP)\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b20\d\d-\d\d-\d\d\b|\b\d{{1,2}} (?:{_MONTHS}) 20\d\d\b")
_OUR_DAYS = re.compile(r"\b(?:since|next): ")
"""The days that a new handbook has: of its first events, and of its reviews."""
_ANCHOR = re.compile(r"\{[^{}]*#[\w-]+[^{}]*\}|\]\([^()]*\)|\"[^\"\s]*#/?[\w$/-]*\"|uses: \S+")
_LOCK = "requirements.txt"
_SCHEMAS = ".vscode/schemas/"
_AUTOMATION = (".github/", ".gitlab", "container/", "Dockerfile", ".devcontainer/", ".dockerignore")
_COMMON = frozenset(
    {
        "adoption of a feature",
        "each $squad has its own prd format",
        "voice of the customer",
        "voting portal",
    }
)
"""Names of what only our own company has that are common words in every company."""


@cache
def make(stage: str, pillars: tuple[str, ...], stack: str) -> Made:
    """A new handbook."""
    return make_handbook(answers(stage, pillars, stack), TODAY, Ground())


def written(made: Made, folder: Path) -> Site:
    """A new handbook in a folder."""
    for path, data in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return find_site(folder)


def answers(stage: str, pillars: tuple[str, ...], stack: str) -> Answers:
    """The answers of a company. One of them speaks German."""
    language = "de" if stack == "own" else "en"
    word = TeamWord("Einheit", "Einheiten", 1) if stack == "own" else TeamWord("pod", "pods")
    return Answers("Nordwind", stage, pillars, STACKS[stack], word, language)


def traces(made: Made, stack: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield what the files of a new handbook say about our own company: path, line, word, whole line."""
    chosen = {word.casefold() for tool in choose(STACKS[stack]).tools for word in (tool.id, tool.name)}
    words = {word.casefold() for word in _words_of_company()} - chosen
    for path, data in made.files.items():
        if path == _LOCK or path.startswith(_SCHEMAS):
            continue
        whole = data.decode("utf-8")
        # Looking for each word in a whole file takes a tenth of the time of one expression for all of them.
        folded = whole.casefold()
        here = "|".join(re.escape(word) for word in words if word in folded)
        named = re.compile(rf"(?<![\w-])(?:{here})(?![\w-])" if here else r"(?!)", re.IGNORECASE)
        for number, line in enumerate(whole.split("\n"), 1):
            found = named.findall(line)
            # The digest can be posted to one chat only.
            found = [word for word in found if not (path.startswith(_AUTOMATION) and word == "Slack")]
            text = _ANCHOR.sub("", line)
            found += [*_HANDLE.findall(text), *_MONEY.findall(text)]
            found += [] if _OUR_DAYS.search(line) else _DAY.findall(text)
            yield from ((path, number, word, line.strip()) for word in found)


@cache
def _words_of_company() -> frozenset[str]:
    """The names and IDs of all entries of our own company that no one else gets, in any stage."""
    everything = make_plan(answers("enterprise", tuple(PILLARS), "none")).entries
    own = (entry for entry in load_shipped().context.entries if (entry.kind.name, entry.id) not in everything)
    return frozenset(word for entry in own for word in _names(entry) if word.casefold() not in _COMMON)


def _names(entry: RawEntry) -> Iterator[str]:
    """Yield the words that name an entry; of tools, short ones too."""
    names = [str(entry.value.get("name", "")), entry.id, *map(str, entry.value.get(FORMER) or ())]
    key = entry.value.get("key")
    for name in (*names, *([key] if isinstance(key, str) else [])):
        if entry.kind.name == "tool" or " " in name or "-" in name:
            yield name


if __name__ == "__main__":
    for each_stage in STAGES:
        for trace in traces(make(each_stage, tuple(PILLARS), "none"), "none"):
            print("{}:{}: {!r}: {:.150}".format(*trace))  # noqa: T201 - what to change in our texts
