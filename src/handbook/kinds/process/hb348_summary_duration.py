"""Content: a summary whose time is not that of the steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import count
from handbook.check.rules.content import sound
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context
from handbook.read.values import as_mapping, list_at

if TYPE_CHECKING:
    from fractions import Fraction

NUMBERS = dict.fromkeys(("a", "an", "one", "einem", "einer", "einen"), 1) | {
    name: number
    for names in (
        "two three four five six seven eight nine ten eleven twelve",
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for number, name in enumerate(names.split(), 2)
}
UNITS = {
    "hour": 1,
    "stunde": 1,
    "day": 8,
    "tag": 8,
    "week": 40,
    "woche": 40,
    "month": 184,
    "monat": 184,
    "quarter": 552,
    "quartal": 552,
    "year": 2096,
    "jahr": 2096,
}
"""Working hours of a unit, by the start of its name, and at most: no month has more than 23 days of eight."""
EXACT = ("hour", "stunde", "day", "tag", "week", "woche")
"""The units that always have as many."""
_ONE = rf"(?:\d{{1,3}}(?:[.,]\d+)?|(?:{'|'.join(NUMBERS)})n?)"
_NUMBER = rf"\b(?:{_ONE}(?:\s+(?:to|or|bis|oder)\s+|\s?[-\u2013]\s?))?(?P<number>{_ONE})"
_UNIT = (
    r"\s+(?:(?:working|business|calendar)[\s-]+)?(?:work|week|werk|arbeits|kalender)?"
    rf"(?P<unit>{'|'.join(UNITS)})(?:s|e?n|e)?\b(?!['\u2019-])"
)
DURATION = regex(
    r"(?P<promise>\b(?:in|within|at most|no more than|no longer than|up to|under|less than|takes|"
    r"innerhalb von|binnen|höchstens|maximal|unter|weniger als|dauert|"
    r"(?:ist|sind|liegt|liegen|spätestens)\s+nach)\s+"
    r"(?:(?:at most|up to|under|less than|only|just|höchstens|maximal|nur|unter|weniger als)\s+)?)?"
    rf"{_NUMBER}{_UNIT}",
    re.IGNORECASE,
)
OTHER_NUMBER = regex(
    rf"\b(?!an?\b|one\b|eine[mrn]\b){_ONE}(?=\s*(?:$|[.,;:!)]|(?:if|when|for|with|without|after|wenn|falls|bei|"
    r"mit|ohne|für|nach)\b))|\bhalf\b|\bhalb\w*",
    re.IGNORECASE,
)
"""A number that might be a time, too, as in "or 12 if you need evidence"."""
MORE = regex(
    rf"\b(?:adds?|another|noch)\s+(?!an?\b)(?P<added>{_ONE})\b|"
    rf"\b(?!an?\b)(?P<number>{_ONE})\s+(?:more|further|weitere\w*)\b|"
    rf"\b(?:within|at most|up to|innerhalb von|binnen|höchstens)\s+(?P<other>{_ONE})(?=\s*(?:$|[.,;:!)]))",
    re.IGNORECASE,
)
"""A number of further units, such as "five more" or "within five" after "eight working days"."""
_OF_ONE_RUN = (
    r"\s+(?:[\w-]+\s+)?(?:request|idea|question|report|proposal|draft|document|change|ticket|submission|"
    r"\w*(?:anfrage|idee|frage|meldung|vorschlag|entwurf|dokument|änderung|antrag|wunsch))\b"
)
"""What a process is followed for once: the time for each request is that of the process."""
OF_A_PART = regex(
    r"\b(?:that|who(?:m|se)?|which|what|of|if|when|once|twice|unless|until|after|before|since|per|"
    r"for|no(?:t|body)?|without|wenn|falls|sobald|bevor|nachdem|einmal|alle|pro|für|nicht|kein\w*|niemand|"
    rf"ohne|was|wer)\b|\b(?:every|each|jede\w*)\b(?!{_OF_ONE_RUN})|, (?:der|die|das|dem|den)\b",
    re.IGNORECASE,
)
"""Words that start a part of a sentence. A time behind one can be that of something else."""
ASIDE = regex(r",\s(?:once|after|sobald|nachdem)\s[^,]*,\s$|\bof(?=\san?\b.*,\s$)", re.IGNORECASE | re.DOTALL)
"""Such words if a comma ends their part directly before the time, which is that of the process again."""
OF_SOMETHING = regex(
    r"\s+(?:of|after|before|from|since|ahead|later|earlier|in advance|nach|vor|ab|seit|im Voraus|später)\b",
    re.IGNORECASE,
)
"""Words after a time that doesn't start with the process."""
SENTENCE = regex(r"[.;:!?]\s|,\s(?:and|und)\s")

_STEP = PROCESS.replace("    what: Say yes or no.\n", "    what: Say yes or no.\n    time_allowed: 2 weeks\n")
_SUMMARY = "summary: Brings a finished feature to customers"


@rule(
    "HB348",
    "summary-duration",
    Severity.WARNING,
    reason=(
        "The page of a process shows its summary and the time of its steps together. Readers who see two "
        "different times trust neither, and plan with the shorter one."
    ),
    bad=with_process(_STEP.replace(_SUMMARY, f"{_SUMMARY} «in at most five working days»")),
    good=with_process(_STEP.replace(_SUMMARY, f"{_SUMMARY} in at most ten working days")),
    needs={"process": ("summary", "steps.id", "steps.time_allowed")},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for process in sound(context, "process"):
        summary = process.value.get("summary")
        if not isinstance(summary, str):
            continue
        promises = _promises(summary)
        steps = [as_mapping(step) for step in list_at(process.value, ("steps",))]
        if not promises or not steps:
            continue
        # Most summaries promise nothing, and fractions take long to import.
        from handbook.kinds.process.duration import has_limit, longest_way  # noqa: PLC0415

        try:
            days = longest_way(steps).days
        except (KeyError, TypeError, ValueError, AttributeError):
            continue  # Steps of a schema of the site's own.
        times = [*map(_days, promises), *_more_days(summary, promises)]
        is_exact = all(time["unit"].lower() in EXACT for time in promises)
        # A summary can give the times of several parts, so their sum counts.
        if sum(times) < days:
            fault = "promises less time than the steps can take"
        elif is_exact and has_limit(steps) and max(times) > ceil(days):
            fault = "allows more time than the steps can take"
        else:
            continue
        yield process.problem_in_text(
            ("summary",),
            promises[0][0],
            f"The summary {fault}: {count(ceil(days), 'working day')}",
            "Correct the summary, or `time_allowed` of the steps",
        )


def _promises(summary: str) -> Sequence[re.Match[str]]:
    """Return the times that a summary promises; none if one of its times might be that of something else."""
    found = list(DURATION.finditer(summary))
    for time in found:
        start = max((end.end() for end in SENTENCE.finditer(summary, 0, time.start())), default=0)
        before = ASIDE.sub("", summary[start : time.start()])
        is_promise = time["promise"] and not OF_A_PART.search(before)
        if not is_promise or OF_SOMETHING.match(summary, time.end()):
            return []
    rest = MORE.sub("", DURATION.sub("", summary))
    return [] if OTHER_NUMBER.search(rest) else found


def _days(time: re.Match[str]) -> Fraction:
    """Return a time as working days. Of a range, the longest counts."""
    return _number(time["number"]) * UNITS[time["unit"].lower()] / 8


def _more_days(summary: str, promises: Sequence[re.Match[str]]) -> Iterator[Fraction]:
    """Yield what numbers without a unit add to the promises, as working days of their longest unit."""
    longest = max(UNITS[time["unit"].lower()] for time in promises)
    for more in MORE.finditer(DURATION.sub("", summary)):
        yield _number(more["added"] or more["number"] or more["other"]) * longest / 8


def _number(written: str) -> Fraction:
    from fractions import Fraction  # noqa: PLC0415 - as above

    word = written.lower()
    number = NUMBERS.get(word) or NUMBERS.get(word.removesuffix("n"))
    return Fraction(number or word.replace(",", "."))
