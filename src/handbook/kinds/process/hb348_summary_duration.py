"""Content: a summary that promises a shorter time than the steps allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import count
from handbook.check.rules.content import sound
from handbook.check.rules.examples import PROCESS, with_process
from handbook.kinds.process.duration import DAYS, longest_way
from handbook.read.context import Context
from handbook.read.values import as_mapping, list_at

_NUMBERS = {"one": 1, "einem": 1, "einer": 1} | {
    name: number
    for names in (
        "two three four five six seven eight nine ten eleven twelve",
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for number, name in enumerate(names.split(), 2)
}
_UNITS = {
    "hour": DAYS["hour"],
    "stunde": DAYS["hour"],
    "day": DAYS["day"],
    "tag": DAYS["day"],
    "arbeitstag": DAYS["day"],
    "week": DAYS["week"],
    "woche": DAYS["week"],
    "month": Fraction(23),
    "monat": Fraction(23),
}
"""Working days of a unit, by the start of its name. No month has more than 23."""
_NUMBER = rf"(?P<number>\d{{1,3}}|\b(?:{'|'.join(_NUMBERS)})n?)\b"
_UNIT = rf"(?:\s+|-)(?:(?:working|business|calendar)[\s-]+)?(?P<unit>{'|'.join(_UNITS)})(?:s|e?n|e)?\b"
_AMOUNT = re.compile(rf"{_NUMBER}(?:{_UNIT})?", re.IGNORECASE)
_PROMISE = re.compile(
    rf"\b(?:in|within|at most|no more than|no longer than|up to|innerhalb von|binnen|höchstens|maximal)\s+"
    rf"(?:at most\s+)?{_NUMBER}{_UNIT}",
    re.IGNORECASE,
)

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
)
def _check(context: Context) -> Iterator[Problem]:
    for process in sound(context, "process"):
        summary = process.value.get("summary")
        promise = _PROMISE.search(summary) if isinstance(summary, str) else None
        steps = [as_mapping(step) for step in list_at(process.value, ("steps",))]
        if not promise or not steps:
            continue
        try:
            days = longest_way(steps).days
        except (KeyError, TypeError, ValueError, AttributeError):
            continue  # Steps of a schema of the site's own.
        # A summary can give the times of several parts, so their sum counts.
        if sum(_amounts(str(summary))) < days:
            needed = count(ceil(days), "working day")
            yield process.problem_in_text(
                ("summary",),
                promise[0],
                f"The summary promises less time than the steps can take: {needed}",
                "Correct the summary, or `time_allowed` of the steps",
            )


def _amounts(text: str) -> Iterator[Fraction]:
    """Yield each number of a text as working days. Without a unit, it has the one before it."""
    unit = Fraction(1)
    for amount in _AMOUNT.finditer(text):
        if amount["unit"]:
            unit = _UNITS[amount["unit"].lower()]
        word = amount["number"].lower()
        number = _NUMBERS.get(word) or _NUMBERS.get(word.removesuffix("n"))
        yield (number or int(word)) * unit
