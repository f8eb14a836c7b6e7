"""Read the cells of fields with a single value, and of links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from handbook.base.words import one_of, shown
from handbook.imports.amounts import Money, money_words
from handbook.imports.amounts import read_money as money_of
from handbook.imports.cell import MISSING, Cell, Hints, says_nothing
from handbook.imports.counts import read_number as number_of
from handbook.imports.dates import DAY_FIRST, MONTH_FIRST, days_of, is_serial
from handbook.imports.durations import read_lasting
from handbook.imports.fields import folded, known_words
from handbook.imports.ids import made_id
from handbook.imports.numbers import readings
from handbook.imports.texts import as_line, as_markdown, clean, links_in
from handbook.imports.translations import choice_titles
from handbook.read.schemas.shapes import Shape

_TRUE = frozenset(
    "true required mandatory yes y x 1 on checked enabled ja j wahr oui vrai si sí verdadero ✓ ✔ ☑ ✅".split()  # noqa: SIM905
)
_FALSE = frozenset("false optional no n 0 off unchecked disabled nein falsch non faux falso ✗ ✘ ☐ ❌".split())  # noqa: SIM905 - a line and not a page
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*-?\s*(?P<unit>[^\W\d_]+)\.?", re.UNICODE)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:h](?P<minute>[0-5]\d)(?::\d\d)?)?\s*(?P<half>am|pm)?\s*(?P<word>uhr|h|o'clock)?"
)
_HOURS = 24
_UNITS = {
    "minute": ("m", "min", "mins", "minute", "minutes", "minuten"),
    "hour": (
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "std",
        "stunde",
        "stunden",
        "heure",
        "heures",
        "hora",
        "horas",
    ),
    "day": ("d", "day", "days", "tag", "tage", "jour", "jours", "dia", "dias"),
    "week": (
        "w",
        "wk",
        "wks",
        "week",
        "weeks",
        "woche",
        "wochen",
        "semaine",
        "semaines",
        "semana",
        "semanas",
    ),
}


def read_money(value: Any, hints: Hints) -> Cell:
    """Return what a cell says of an amount of money."""
    both = readings(clean(value)) if isinstance(value, str) else ()
    if both:
        return Cell(problem=f"{shown(clean(value))} can be {' or '.join(both)}. Correct it in the file")
    found = money_of(value, hints.currency, money_words(hints.column))
    if found.amount is None:
        return Cell(rest=found.rest)
    currency = found.currency or hints.currency or hints.seen_currency
    period = found.period or hints.period
    if found.amount == 0:  # Nothing is nothing in any currency and period.
        currency, period = currency or "USD", period or "month"
    if not currency:
        return Cell(problem=f"{shown(clean(value))} has no currency", asks=("currency", ()))
    if not period:
        return Cell(
            problem=f"{shown(clean(value))} is not per month or per year", asks=("period", ("month", "year"))
        )
    per_seat = {"per_seat": True} if found.per_seat else {}
    return Cell({"amount": found.amount, "currency": currency, "period": period, **per_seat}, found.rest)


def currency_of(value: Any) -> str:
    """Return the currency that a cell names."""
    found: Money = money_of(value) if not says_nothing(value) else Money()
    return found.currency if found.amount else ""


def read_links(value: Any, hints: Hints) -> Cell:
    """Return what a cell says of links."""
    if isinstance(value, list) and all(isinstance(each, Mapping) and each.get("url") for each in value):
        pairs = [(as_line(each.get("title") or each["url"]), as_line(each["url"])) for each in value]
        links = [{"title": title, "url": url} for title, url in pairs if _ADDRESS.fullmatch(url)]
        # Browsers open no other address, or run it.
        others = [f"{title}: {url}" for title, url in pairs if not _ADDRESS.fullmatch(url)]
        return Cell(links or MISSING, ", ".join(others))
    found = links_in(value)
    if not found:
        text = clean(value)
        is_bare = re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", text, re.IGNORECASE)
        return Cell([{"title": _link_title(hints), "url": f"https://{text}"}]) if is_bare else Cell(rest=text)
    titles = [
        _link_title(hints) if len(found) == 1 else f"{_link_title(hints)} {at}"
        for at in range(1, len(found) + 1)
    ]
    is_more = not isinstance(value, list) and len("".join(found)) + 2 * len(found) < len(clean(value))
    links = [{"title": title, "url": url} for title, url in zip(titles, found, strict=True)]
    return Cell(links, clean(value) if is_more else "")


def _link_title(hints: Hints) -> str:
    words = re.sub(r"[_.]+", " ", hints.column.rpartition(".")[2] or hints.column)
    words = re.sub(r"\s*\b(?:ur[li]s?|links?)\b", "", words, flags=re.IGNORECASE).strip()
    return words[:1].upper() + words[1:] if words else "Website"


def read_date(value: Any, _shape: Shape, hints: Hints) -> Cell:
    """Return what a cell says of a date."""
    found = days_of(value, hints.dates)
    if len(found.dates) == 1:
        day = found.dates[0].isoformat()
        note = (
            f"{value} taken as {day}, the day with this number in a spreadsheet" if is_serial(value) else ""
        )
        return Cell(day, clean(value) if found.rest else "", note=note)
    if found.dates:
        days = " or ".join(f"{day.day} {day:%B} {day.year}" for day in found.dates)
        return Cell(problem=f"{shown(clean(value))} can be {days}", asks=("dates", (DAY_FIRST, MONTH_FIRST)))
    return Cell(rest=clean(value))


def read_choice(value: Any, shape: Shape, hints: Hints) -> Cell:
    """Return what a cell says of a choice."""
    text = as_line(value)
    spelled = folded(text)
    names = {folded(str(each)): each for each in shape.choices}
    names |= {folded(title): choice for choice, title in shape.titles.items() if choice in shape.choices}
    if spelled in names:
        return Cell(names[spelled])
    words: Mapping[str, list[str]] = known_words()["words"]
    meant = [each for each in shape.choices if spelled in map(folded, words.get(str(each), ()))]
    if len(meant) == 1:
        return Cell(meant[0])
    shown_as = [each for each in shape.choices if spelled in map(folded, choice_titles(str(each)))]
    if len(shown_as) == 1:
        return Cell(shown_as[0])
    new = made_id(text)
    if hints.is_open and new:
        return Cell(new)
    choices = tuple(map(str, shape.choices))
    return Cell(problem=f"Unknown value {shown(text)}, expected {one_of(choices)}", asks=("word", choices))


def read_boolean(value: Any, _shape: Shape, _hints: Hints) -> Cell:
    """Return what a cell says of yes or no."""
    if isinstance(value, bool):
        return Cell(value)
    text = clean(value).casefold()
    if text in _TRUE | _FALSE:
        return Cell(text in _TRUE)
    first = re.split(r"[\s,;(:]", text, maxsplit=1)[0]
    return (
        Cell(first in _TRUE, clean(value))
        if first in {"yes", "no", "ja", "nein", "oui", "non"}
        else Cell(rest=clean(value))
    )


def read_number(value: Any, shape: Shape, hints: Hints) -> Cell:
    """Return what a cell says of a number."""
    lasting = read_lasting(value, hints.column, hints.unit, at_least=hints.at_least)
    if lasting:
        if lasting.number is None:
            return Cell(rest=clean(value))
        return Cell(lasting.number, "" if lasting.is_all else clean(value), note=lasting.note)
    found = number_of(value, shares="%" in shape.description or "ercent" in shape.description)
    number = found.number
    if number is None or ("number" not in shape.types and not float(number).is_integer()):
        return Cell(rest=found.rest or clean(value))
    return Cell(int(number) if float(number).is_integer() else number, found.rest)


def read_duration(value: Any, _shape: Shape, _hints: Hints) -> Cell:
    """Return what a cell says of a duration."""
    text = clean(value)
    match = _DURATION.fullmatch(text)
    unit = next((name for name, words in _UNITS.items() if match and match["unit"].casefold() in words), "")
    if not match or not unit:
        return Cell(rest=text)
    number = float(match[1].replace(",", "."))
    if not number.is_integer() and unit == "hour":
        number, unit = number * 60, "minute"
    if not number.is_integer() or not number:
        return Cell(rest=text)
    return Cell(f"{int(number)} {unit}{'' if number == 1 else 's'}")


def read_time(value: Any, _shape: Shape, _hints: Hints) -> Cell:
    """Return what a cell says of a time of day: `9:00` for `9am`."""
    if isinstance(value, dt.time):
        return Cell(f"{value.hour}:{value.minute:02}")
    match = _TIME.fullmatch(clean(value).casefold().replace(".", ""))
    hour = int(match["hour"]) if match else _HOURS
    half = match["half"] if match else None
    if half:
        hour = hour % (_HOURS // 2) + (_HOURS // 2 if half.startswith("p") else 0)
    if not match or hour >= _HOURS or not (half or match["minute"] or match["word"]):
        return Cell(rest=clean(value))
    return Cell(f"{hour}:{match['minute'] or '00'}")


def read_text(value: Any, shape: Shape, _hints: Hints) -> Cell:
    """Return what a cell says of a text."""
    if shape.markdown:
        return Cell(as_markdown(value))
    if shape.verbatim:
        return Cell(clean(value))
    if shape.link:
        found = links_in(value)
        return Cell(found[0]) if found else Cell(rest=clean(value))
    text = as_line(value)
    return Cell(text) if text else Cell()
