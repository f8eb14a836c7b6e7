"""What is known already: questions that were studied, what was found, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handbook.figures.basis import Basis
from handbook.figures.months import months_between
from handbook.link.catalogue import Entry

_USABLE_MONTHS = 18
"""Months for which a study may be used as it is; the template "Research note" says so."""
_ASKED_AFTER = timedelta(days=60)
"""Product ops asks what happened with a study so long after it was published; the same template says so."""

Answer = Literal["use-it", "too-old", "out-of-date", "being-asked", "planned"]
"""What a study has to say to somebody with its question: use it; look again, as it is older than 18 months;
do not use it, as things have changed; wait, somebody asks already."""


@dataclass(frozen=True, slots=True)
class StudyAge:
    """Whether a study may be used.

    Attributes:
        answer: What it has to say to somebody with its question.
        months: Full months since its last session; `None` when that lies ahead or is not known.
    """

    answer: Answer
    months: int | None


def study_age(basis: Basis, study: Entry) -> StudyAge:
    """Whether a study may be used, by its state and its age.

    Args:
        basis: What figures are worked out from.
        study: An entry of the kind `study`.
    """
    status = study.data["status"]
    last = _day(study, "last_session")
    months = months_between(last, basis.today) if last and last <= basis.today else None
    answer: Answer
    if status == "planned":
        answer = "planned"
    elif status == "running":
        answer = "being-asked"
    elif status == "out-of-date":
        answer = "out-of-date"
    else:
        answer = "too-old" if months is not None and months >= _USABLE_MONTHS else "use-it"
    return StudyAge(answer, months)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that was studied, or is.

    Attributes:
        question: The question.
        is_main: Whether it is the study's main question, not one of the smaller ones behind it.
        study: The study.
        age: Whether the study may be used.
    """

    question: str
    is_main: bool
    study: Entry
    age: StudyAge


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    """What was asked already.

    Attributes:
        questions: Every question of every study, those of the latest study first.
        studies: How many studies there are.
    """

    questions: tuple[AskedQuestion, ...]
    studies: int


def studied_questions(basis: Basis) -> AskedQuestions:
    """Every question that was studied or is, to look through before asking again."""
    found = []
    studies = _latest_first(basis)
    for study in studies:
        age = study_age(basis, study)
        texts = [study.data["question"], *study.data.get("also_asks", ())]
        found += [AskedQuestion(text, index == 0, study, age) for index, text in enumerate(texts)]
    return AskedQuestions(tuple(found), len(studies))


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a study.

    Attributes:
        claim: What was found.
        evidence: What it rests on.
        confidence: How sure we are: high, medium or low.
        study: The study.
        decisions: How many decisions cite it.
    """

    claim: str
    evidence: str
    confidence: str
    study: Entry
    decisions: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        findings: The findings of all studies that may be used, the surest first, then the latest.
        left_out: The studies whose findings are not among them, because they are too old.
    """

    findings: tuple[Finding, ...]
    left_out: tuple[Entry, ...]


def research_findings(basis: Basis) -> Findings:
    """The findings of every study that may be used: how sure they are, and how often decisions cite them."""
    found: list[Finding] = []
    left_out: list[Entry] = []
    for study in _latest_first(basis):
        if not study.data.get("findings"):
            continue
        if study_age(basis, study).answer in {"too-old", "out-of-date"}:
            left_out.append(study)
            continue
        cited = [
            name for decision in study.data.get("decisions", ()) for name in decision.get("findings", ())
        ]
        found += [
            Finding(item["claim"], item["evidence"], item["confidence"], study, cited.count(item["id"]))
            for item in study.data["findings"]
        ]
    found.sort(key=lambda item: ("high", "medium", "low").index(item.confidence))
    return Findings(tuple(found), tuple(left_out))


@dataclass(frozen=True, slots=True)
class Group:
    """Studies that have something in common.

    Attributes:
        name: What: a tag or a method.
        studies: The studies, the latest first.
    """

    name: str
    studies: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ResearchGroups:
    """The studies by what they have in common.

    Attributes:
        tags: By tag, in alphabetical order.
        methods: By method, in alphabetical order.
        untagged: The studies without a tag.
    """

    tags: tuple[Group, ...]
    methods: tuple[Group, ...]
    untagged: tuple[Entry, ...]


def research_groups(basis: Basis) -> ResearchGroups:
    """The studies by tag and by method."""
    studies = _latest_first(basis)
    return ResearchGroups(
        _grouped((tag, study) for study in studies for tag in study.data.get("tags", ())),
        _grouped((study.data["method"], study) for study in studies),
        tuple(study for study in studies if not study.data.get("tags")),
    )


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> tuple[Group, ...]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for name, study in pairs:
        groups[name].append(study)
    return tuple(Group(name, tuple(groups[name])) for name in sorted(groups))


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that rests on research.

    Attributes:
        date: The day.
        what: What was decided.
        study: The study.
        findings: What it cites of the study, as claims.
        made_in: Where it was made or carried out; `None` where nothing is named.
    """

    date: date
    what: str
    study: Entry
    findings: tuple[str, ...]
    made_in: Entry | None


@dataclass(frozen=True, slots=True)
class ResearchUse:
    """What came of research.

    Attributes:
        decisions: The decisions that rest on studies, the latest first.
        unused: Studies that were published 60 days ago or more and have led to no decision.
    """

    decisions: tuple[Decided, ...]
    unused: tuple[Entry, ...]


def research_use(basis: Basis) -> ResearchUse:
    """The decisions that rest on studies, and the studies that have led to none.

    A study is asked about 60 days after it was published.
    """
    decisions: list[Decided] = []
    unused: list[Entry] = []
    for study in _latest_first(basis):
        claims = {item["id"]: item["claim"] for item in study.data.get("findings", ())}
        made = study.data.get("decisions", ())
        decisions += [
            Decided(
                date.fromisoformat(item["date"]),
                item["what"],
                study,
                tuple(claims[name] for name in item.get("findings", ()) if name in claims),
                basis.catalogue.resolve(_places(study), item.get("made_in", "")),
            )
            for item in made
        ]
        published = _day(study, "published_on")
        if not made and published and published + _ASKED_AFTER <= basis.today:
            unused.append(study)
    decisions.sort(key=lambda item: item.date, reverse=True)
    return ResearchUse(tuple(decisions), tuple(unused))


def _places(study: Entry) -> Iterable[str]:
    """The kinds in which a decision may have been made."""
    shape = study.kind.shape
    for name in ("decisions", "made_in"):
        found = shape.field(name)
        if found is None:
            return ()
        shape = found.items or found
    return shape.refs


def _latest_first(basis: Basis) -> list[Entry]:
    studies = list(basis.catalogue.entries("study").values())
    studies.sort(key=lambda study: _day(study, "last_session") or date.min, reverse=True)
    return studies


def _day(study: Entry, field: str) -> date | None:
    return date.fromisoformat(study.data[field]) if field in study.data else None
