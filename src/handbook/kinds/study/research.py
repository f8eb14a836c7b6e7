"""Research: studied questions, findings and the decisions based on them.

It is long because each of its figures has values of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handbook.base.choices import meaning_of
from handbook.base.days import days_after
from handbook.base.months import months_between
from handbook.base.text import words
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry
from handbook.read.values import day_at, state_of

_USABLE_MONTHS = 18
"""The months for which a study can be used as it is, as in the template "Research note"."""
_ASKED_AFTER = 60
"""The time after publication when product ops asks for the outcome, as in the same template."""

_ANSWERS = {"published": "current", "running": "in-progress"}
"""The validity of a study by its status, where the words differ."""
_CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class StudyAge:
    """The validity of a study.

    Attributes:
        answer: The validity: `current`, `too-old` (older than 18 months), or the status.
        months: The full months since the last session; `None` if it is in the future or unknown.
    """

    answer: str
    months: int | None


@figure({"study": ("status",)})
def study_age(basis: Basis, study: Entry) -> StudyAge:
    """Return the validity of a study, from its status and age.

    Args:
        basis: The data that figures are calculated from.
        study: An entry of the content type `study`.
    """
    status = state_of(study.data) or "unknown"
    last = day_at(study.data, ("last_session",))
    months = months_between(last, basis.today) if last and last <= basis.today else None
    is_old = status == "published" and months is not None and months >= _USABLE_MONTHS
    answer = _ANSWERS.get(status) or study.data.get("status") or status
    return StudyAge("too-old" if is_old else answer, months)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A studied question.

    Attributes:
        question: The question.
        is_main: Whether it is the main question of the study.
        study: The study.
        age: The validity of the study.
    """

    question: str
    is_main: bool
    study: Entry
    age: StudyAge


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    """All studied questions.

    Attributes:
        questions: The questions of all studies, the latest study first.
        studies: The number of studies.
    """

    questions: tuple[AskedQuestion, ...]
    studies: int


@figure({"study": ("status", "question")})
def studied_questions(basis: Basis) -> AskedQuestions:
    """Show every question of completed, current and planned studies."""
    found = []
    studies = _latest_first(basis)
    for study in studies:
        age = study_age(basis, study)
        texts = filter(None, [study.data.get("question"), *study.data.get("also_asks", ())])
        found += [AskedQuestion(text, index == 0, study, age) for index, text in enumerate(texts)]
    return AskedQuestions(tuple(found), len(studies))


@dataclass(frozen=True, slots=True)
class ResearchFinding:
    """A finding of a study.

    Attributes:
        claim: The finding.
        evidence: The evidence for it.
        confidence: The confidence: high, medium or low.
        study: The study.
        decisions: The number of decisions that cite it.
    """

    claim: str
    evidence: str
    confidence: str
    study: Entry
    decisions: int


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of all studies.

    Attributes:
        findings: The findings of all valid studies, by confidence, then the latest first.
        left_out: The studies that are too old, whose findings are not listed.
    """

    findings: tuple[ResearchFinding, ...]
    left_out: tuple[Entry, ...]


@figure({"study": ("status", "findings.id", "findings.claim", "findings.evidence", "findings.confidence")})
def research_findings(basis: Basis) -> Findings:
    """Show the findings of all valid studies, with their confidence and the decisions that cite them."""
    found: list[ResearchFinding] = []
    left_out: list[Entry] = []
    for study in _latest_first(basis):
        if not study.data.get("findings"):
            continue
        if meaning_of(study_age(basis, study).answer) in {"too-old", "out-of-date"}:
            left_out.append(study)
            continue
        cited = [
            name for decision in study.data.get("decisions", ()) for name in decision.get("findings", ())
        ]
        found += [
            ResearchFinding(
                item["claim"], item["evidence"], item["confidence"], study, cited.count(item["id"])
            )
            for item in study.data["findings"]
        ]
    found.sort(key=lambda item: (*_CONFIDENCES, item.confidence).index(item.confidence))
    return Findings(tuple(found), tuple(left_out))


@dataclass(frozen=True, slots=True)
class StudyGroup:
    """Studies with the same tag or method.

    Attributes:
        name: The tag or method.
        studies: The studies, the latest first.
    """

    name: str
    studies: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ResearchGroups:
    """The studies by tag and method.

    Attributes:
        tags: By tag, in alphabetical order.
        methods: By method, in alphabetical order.
        untagged: The studies without a tag.
    """

    tags: tuple[StudyGroup, ...]
    methods: tuple[StudyGroup, ...]
    untagged: tuple[Entry, ...]


@figure({"study": ("method", "tags")})
def research_groups(basis: Basis) -> ResearchGroups:
    """Show the studies by tag and by method."""
    studies = _latest_first(basis)
    return ResearchGroups(
        _grouped((tag, study) for study in studies for tag in study.data.get("tags", ())),
        _grouped((study.data["method"], study) for study in studies if "method" in study.data),
        tuple(study for study in studies if not study.data.get("tags")),
    )


def _alphabetical(name: str) -> str:
    return words(name).casefold()


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> tuple[StudyGroup, ...]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for name, study in pairs:
        groups[name].append(study)
    return tuple(StudyGroup(name, tuple(groups[name])) for name in sorted(groups, key=_alphabetical))


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision based on research.

    Attributes:
        date: The date of the decision.
        what: The decision.
        study: The study.
        findings: The cited findings.
        made_in: The entry where it is recorded, or `None`.
    """

    date: date
    what: str
    study: Entry
    findings: tuple[str, ...]
    made_in: Entry | None


@dataclass(frozen=True, slots=True)
class ResearchUse:
    """The decisions based on research.

    Attributes:
        decisions: The decisions based on studies, the latest first.
        unused: The studies published at least 60 days ago and not yet used in a decision.
    """

    decisions: tuple[Decided, ...]
    unused: tuple[Entry, ...]


@figure({"study": ("decisions.date", "decisions.what", "published_on")})
def research_use(basis: Basis) -> ResearchUse:
    """Show the decisions based on studies, and the studies not yet used in a decision.

    A study counts as unused from 60 days after its publication.
    """
    decisions: list[Decided] = []
    unused: list[Entry] = []
    for study in _latest_first(basis):
        known = (item for item in study.data.get("findings", ()) if {"id", "claim"} <= set(item))
        claims = {item["id"]: item["claim"] for item in known}
        made = study.data.get("decisions", ())
        decisions += [
            Decided(
                date.fromisoformat(item["date"]),
                item["what"],
                study,
                tuple(claims[name] for name in item.get("findings", ()) if name in claims),
                basis.referred(study, "decisions.made_in", item.get("made_in")),
            )
            for item in made
        ]
        published = day_at(study.data, ("published_on",))
        if not made and published and days_after(published, _ASKED_AFTER) <= basis.today:
            unused.append(study)
    decisions.sort(key=lambda item: item.date, reverse=True)
    return ResearchUse(tuple(decisions), tuple(unused))


def _latest_first(basis: Basis) -> list[Entry]:
    studies = list(basis.entries("study"))
    studies.sort(key=lambda study: day_at(study.data, ("last_session",)) or date.min, reverse=True)
    return studies
