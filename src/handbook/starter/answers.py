"""The answers that a new handbook is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handbook.base.errors import HandbookError
from handbook.base.language import ENGLISH
from handbook.base.named_tuples import NamedTuple

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "startup": "10 to 50 people, 1 to 3 product managers",
        "growth": "50 to 200 people, 5 to 15 product managers",
        "enterprise": "more than 200 people, more than 15 product managers",
    }
)
"""The stages of a company, the smallest first."""

PILLARS: Mapping[str, str] = MappingProxyType(
    {
        "data": "metrics, dashboards, feedback and research",
        "tools": "the tool inventory, its audit and its integrations",
        "processes": "processes, templates and checklists",
        "experiments": "experiments and feature flags",
    }
)
"""The pillars of product operations."""


class TeamWord(NamedTuple):
    """The word for a team.

    Attributes:
        one: The singular.
        many: The plural.
        gender: Its gender in German: 0 is neuter, 1 feminine, 2 masculine.
    """

    one: str = "squad"
    many: str = "squads"
    gender: int = 0


class Answers(NamedTuple):
    """The answers of a company.

    Attributes:
        company: The name of the company.
        stage: One of `STAGES`.
        pillars: Some of `PILLARS`.
        tools: The tools that they use: IDs of the catalogue or names, some with `JOB=` before them.
        word: The word for a team.
        language: The code of the language of the site.
        repository: The address of the repository; empty if there is none yet.
        timezone: The time zone of the times; empty if it is to be decided.
    """

    company: str
    stage: str
    pillars: Sequence[str]
    tools: Sequence[str] = ()
    word: TeamWord = TeamWord()
    language: str = ENGLISH
    repository: str = ""
    timezone: str = ""


class AnswerError(HandbookError):
    """Raised for an answer that no handbook can be made from."""
