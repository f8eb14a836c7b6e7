"""The plan: what a new handbook gets from the one of this repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from handbook.base.named_tuples import NamedTuple
from handbook.read.yaml.document import read_document
from handbook.starter.answers import STAGES, Answers

_FOLDER = Path(__file__).parent


class Plan(NamedTuple):
    """What one handbook gets.

    Attributes:
        entries: The entries by kind and ID.
        pages: The hand-written pages, as paths in the docs folder.
        kinds_off: The names of the kinds that it doesn't need.
        renamed: The roles and teams that do the work of those that the stage doesn't have, by their IDs.
        without: The fields that are left out, by kind; `any` is for all kinds. `a.b` is `b` in `a`.
        without_items: The places of items that are left out, by kind and ID of the entry. An item is
            named by its ID, or by its text.
        values: The values of fields that are the same in all entries of a kind.
        owner: The owner of the handbook.
        jobs: What the handbook says about the tool of each job.
    """

    entries: frozenset[tuple[str, str]]
    pages: frozenset[str]
    kinds_off: Sequence[str]
    renamed: Mapping[str, str]
    without: Mapping[str, Sequence[str]]
    without_items: Mapping[tuple[str, str], Sequence[Sequence[str]]]
    values: Mapping[str, Mapping[str, str]]
    owner: str
    jobs: Mapping[str, Mapping[str, Any]]


class Tool(NamedTuple):
    """A tool of the catalogue, with what its vendor says.

    Attributes:
        id: Its ID.
        name: Its name.
        vendor: Its vendor.
        website: The address of its website.
        jobs: The jobs that it is made for.
        summary: What it is, in a sentence.
        capabilities: What it can do, in words.
        also: What people call it, too, in lowercase letters.
    """

    id: str
    name: str
    vendor: str
    website: str
    jobs: Sequence[str]
    summary: str
    capabilities: Sequence[str] = ()
    also: Sequence[str] = ()


def make_plan(answers: Answers) -> Plan:
    """Return what a handbook gets."""
    raw = _read("plan.yaml")
    stages = list(STAGES)
    reached = stages.index(answers.stage)

    def is_included(part: Mapping[str, Any]) -> bool:
        pillars = part.get("pillars", answers.pillars)
        return stages.index(part.get("from", stages[0])) <= reached and not set(pillars).isdisjoint(
            answers.pillars
        )

    included = [part for part in raw["parts"] if is_included(part)]
    entries = [
        (kind, entry_id)
        for part in included
        for kind, names in part.get("entries", {}).items()
        for entry_id in names
    ]
    kinds = {kind for part in raw["parts"] for kind in part.get("kinds", ())}
    used = {kind for part in included for kind in part.get("kinds", ())} | {kind for kind, _ in entries}
    stage = raw["stages"][answers.stage]
    without_items: dict[tuple[str, str], list[Sequence[str]]] = {}
    for item in raw["items"]:
        if item["pillar"] not in answers.pillars:
            without_items.setdefault((item["kind"], item["id"]), []).append(item["place"])
    return Plan(
        frozenset(entries),
        frozenset(page for part in included for page in part.get("pages", ())),
        sorted(kinds - used),
        MappingProxyType(stage["renamed"]),
        MappingProxyType(raw["without"]),
        MappingProxyType(without_items),
        MappingProxyType(raw["values"]),
        stage["owner"],
        MappingProxyType(raw["jobs"]),
    )


def pillars_of(stage: str) -> Sequence[str]:
    """Return the pillars that a company of a stage starts with."""
    found: Sequence[str] = _read("plan.yaml")["stages"][stage]["pillars"]
    return found


def job_names() -> Sequence[str]:
    """Return the names of the jobs of tools."""
    return list(_read("plan.yaml")["jobs"])


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Tool]:
    """Return the tools that a company can choose by their ID or name."""
    tools = [Tool(**tool) for tool in _read("tools.yaml")["tools"]]
    return MappingProxyType({tool.id: tool for tool in tools})


@lru_cache(maxsize=2)
def _read(name: str) -> Mapping[str, Any]:
    document = read_document((_FOLDER / name).read_bytes())
    if document.faults:
        raise AssertionError(document.faults[0].message)
    return cast("Mapping[str, Any]", document.value)
