"""Content: a number whose point might be meant to separate thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from handbook.base.findings import Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.thousands import as_thousands, hint_of_two, may_be_thousands
from handbook.check.rules.content import sound
from handbook.check.rules.examples import with_tool
from handbook.kinds.metric.possible import possible_values
from handbook.read.context import Context
from handbook.read.languages import has_decimal_comma
from handbook.read.raw import RawEntry
from handbook.read.readings import ReadingsFile
from handbook.read.schemas.places import shape_at
from handbook.read.values import as_mapping, number_at
from handbook.read.yaml.document import Pointer

_PERHAPS = regex(r"\.[0-9]{3}(?![\w.])")
"""What a file with such a number has, found in no time."""
_AVERAGES = {"traffic_per_day"}
"""Fields with the average of a count. It can have decimals, but no one gives three of them."""
_COST = "    cost: {{amount: {}, currency: EUR, period: month}}\n"


@rule(
    "HB377",
    "thousands-point",
    Severity.WARNING,
    reason=(
        "Much of the world separates thousands with a point. Here it comes before decimals, so `1.200` is "
        "read as 1.2. Whole numbers, averages of counts and amounts of money never have three decimals. "
        "Other numbers and readings are reported only if the language of the handbook has a comma before "
        "decimals, and nothing shows that decimals are meant."
    ),
    bad=with_tool(_COST.format("«1.200»")),
    good=with_tool(_COST.format("1200")),
)
def _check(context: Context) -> Iterator[Problem]:
    has_comma = has_decimal_comma(context.site.language)
    paths = {each.path for each in context.sources if _PERHAPS.search(each.document.text)}
    for entry in context.sound_entries if paths else ():
        if entry.source.path in paths:
            yield from _in_entry(entry, has_comma=has_comma)
    files = {file.id: file for file in context.readings if file.kind == "metric"} if has_comma else {}
    for metric in sound(context, "metric") if files else ():
        if metric.id in files:
            yield from _in_readings(files[metric.id], metric.value)


class _Number(NamedTuple):
    """A number of an entry with a point.

    Attributes:
        place: Its place in the entry.
        text: How it is written.
        is_strict: Whether it can't have three decimals.
    """

    place: Pointer
    text: str
    is_strict: bool


def _in_entry(entry: RawEntry, *, has_comma: bool) -> Iterator[Problem]:
    numbers = [_number(entry, place) for place in _places(entry.value)]
    grouped = [each for each in numbers if may_be_thousands(each.text)]
    has_decimals = any(not each.is_strict for each in numbers if each not in grouped)
    for each in grouped:
        if (each.is_strict or (has_comma and not has_decimals)) and _fits(entry, each):
            yield entry.problem(each.place, *_words(each.text))


def _places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[Pointer]:
    """Yield the places of numbers that are written with a point."""
    if isinstance(value, float):
        yield place
    elif isinstance(value, (dict, list)):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(part, (*place, step))


def _number(entry: RawEntry, place: Pointer) -> _Number:
    _, text = entry.source.document.written((*entry.at, *place))
    shape = shape_at(entry.kind.shape, place)
    is_whole = shape is not None and "integer" in shape.types and "number" not in shape.types
    is_money = place[-1] == "amount" and "currency" in as_mapping(_at(entry.value, place[:-1]))
    return _Number(place, text, is_whole or is_money or place[-1] in _AVERAGES)


def _fits(entry: RawEntry, number: _Number) -> bool:
    """Return whether an entry can have a number without its point."""
    from copy import deepcopy  # noqa: PLC0415 - hardly any handbook has such a number

    thousands = int(as_thousands(number.text))
    value = deepcopy(dict(entry.plain_value))
    _at(value, number.place[:-1])[number.place[-1]] = thousands
    is_possible = entry.kind.name != "metric" or possible_values(entry.value).include(Decimal(thousands))
    return is_possible and entry.kind.validator.fits(value)


def _at(value: Any, place: Pointer) -> Any:
    for step in place:
        value = value[step]
    return value


def _in_readings(file: ReadingsFile, metric: Mapping[str, Any]) -> Iterator[Problem]:
    texts = [f"{reading.value:f}" for reading in file.readings]
    grouped = [may_be_thousands(text) for text in texts]
    if any("." in text and not is_grouped for text, is_grouped in zip(texts, grouped, strict=True)):
        return
    bounds = possible_values(metric)
    for reading, text, is_grouped in zip(file.readings, texts, grouped, strict=True):
        thousands = Decimal(as_thousands(text))
        if is_grouped and bounds.include(thousands) and not _is_ordinary(metric, reading.value):
            yield file.problem(reading, "value", *_words(text))


def _is_ordinary(metric: Mapping[str, Any], value: Decimal) -> bool:
    """Return whether a value is within the range of an ordinary period."""
    low, high = (number_at(metric, ("range", name)) for name in ("low", "high"))
    return low is not None and high is not None and low <= value <= high


def _words(text: str) -> tuple[str, str]:
    """Return the message about a number, and what to do."""
    whole, short = as_thousands(text), text.rstrip("0").rstrip(".")
    return f"`{text}` is read as {short}, not as {whole}", hint_of_two(whole, text)
