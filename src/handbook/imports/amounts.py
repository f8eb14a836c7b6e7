"""Read amounts of money as people write them: `$1,200.50/mo`, `€3.600 p.a.`, `$24k/yr`.

A wrong amount is worse than none: what could mean another amount is left to the notes of the entry.
"""

from __future__ import annotations

import re
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.numbers import round_half_away
from handbook.imports.currencies import currency_in
from handbook.imports.numbers import LONGEST, Number, numbers_in, one_line, shortened, usable

_COSTS = "(?:kosten|preis|beitrag|betrag|geb\u00fchr)"
_PERIODS = {
    "month": r"/\s?m|mo|mos|mth|months?|monthly|p\.? ?m|pcm|monat(?:lich|l|e)?|monats"
    + _COSTS
    + r"|mtl|mois|mensuel(?:le)?"
    r"|mes|mensual|maand",
    "quarter": r"quarter(?:ly)?|qtr|quartal(?:lich|sweise)?|vierteljahr|viertelj\u00e4hrlich|trimestre",
    "year": r"/\s?[aj]|yr|yrs|y|years?|yearly|annum|annual(?:ly)?|p\.? ?a|jahr(?:e|lich)?|jahres"
    + _COSTS
    + r"|j\u00e4hrl(?:ich)?"
    r"|p\.? ?j|ann\u00e9e|an|annuel(?:le)?|a\u00f1o|anual|jaar",
}
_PERIOD = {name: re.compile(rf"(?<![^\W_])(?:{form})\b\.?", re.IGNORECASE) for name, form in _PERIODS.items()}
_SEAT = (
    r"\b(?:seats?|users?|persons?|people|licen[cs]es?|heads?|members?|agents?|employees?|accounts?"
    r"|(?:be)?nutzer(?:in)?|anwender(?:in)?|mitarbeiter(?:in)?|mitarbeitende[rn]?|kopf|lizenz(?:en)?"
    r"|(?:arbeits)?platz|utilisateur|usuario)\b"
)
_PER_SEAT = re.compile(rf"(?:per|/|pro|par|por|je|a)?\s*{_SEAT}", re.IGNORECASE)
_TITLE_PER_SEAT = re.compile(rf"(?:\b(?:per|pro|par|por|je)|/)\s*{_SEAT}", re.IGNORECASE)
_FILLERS = re.compile(
    r"\b(?:per|pro|par|por|je|each|every|a|an|billed|paid|im|in|kr)\b|[/().,;:|*\s]+", re.IGNORECASE
)
_FREE_WORD = r"free|gratis|kostenlos|gratuit|kostenfrei"
_FREE = re.compile(
    rf"(?:{_FREE_WORD}|free of charge|free tier|no costs?|none|nothing|keine(?: kosten)?|nichts"
    r"|aucuns?(?: frais)?|ninguno)[ .!]*",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"[-+\u2010-\u2015\u2212<>%\d]|[^\W\d_]\$|\b(?:(?:half|semi|halb|zweij|zweim|einmalig|thousand|tausend"
    r"|tsd|mio|million|mrd|milliard|billion)\w*|bi(?:week|month|ann|enn)\w*"
    r"|days?|daily|weeks?|weekly|fortnight\w*|hours?|hourly|once|onetime|one time|setup|up front|total"
    r"|t\u00e4glich|tag|w\u00f6chentlich|woche|std|stunde|st\u00fcndlich|gesamt|lifetime|unlimited|all|alle|bn|b"
    rf"|m|lakhs?|crores?|{_FREE_WORD})\b",
    re.IGNORECASE,
)
"""What makes another amount of a number: a range, a sum, a share, another period or scale."""
_PERIOD_AT_NUMBER = re.compile(r"(?<=\d)(?=(?:mo|mth|pm|pcm|pa|yr)\b)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(.*\)")
"""How accountants write what is less than nothing."""
_THOUSANDS = re.compile(r"\b(?:in )?(?:thousands?|tsd|tausend|k)\b", re.IGNORECASE)
_THOUSAND = 1_000
_IN_A_YEAR = {"quarter": 4}
_COUNTS = re.compile(
    r"\s*(?:months|monaten?|years|jahren?|quarters|quartale|weeks|wochen|days|tagen?|seats|users|licen[cs]es"
    r"|people|nutzer|lizenzen|pl\u00e4tze)\b",
    re.IGNORECASE,
)
"""What is counted right behind a number, which then is no amount: `3 months`, `40 users`."""


class Money(NamedTuple):
    """What a text says of money. What it does not say is empty.

    Attributes:
        amount: The amount; `None` if there is none.
        currency: The currency code.
        period: `month` or `year`.
        per_seat: Whether it is paid for each seat.
        rest: What else the text says.
    """

    amount: int | float | None = None
    currency: str = ""
    period: str = ""
    per_seat: bool = False
    rest: str = ""


class TitleWords(NamedTuple):
    """What the title of a column says of its amounts.

    Attributes:
        currency: The currency code; empty if it says none.
        period: `month`, `quarter` or `year`; empty if it says none.
        per_seat: Whether they are paid for each seat.
        factor: What they are multiplied by.
        is_other: Whether they are something else, such as costs of a week.
    """

    currency: str = ""
    period: str = ""
    per_seat: bool = False
    factor: int = 1
    is_other: bool = False


def read_money(value: Any, dollar: str = "", title: TitleWords | None = None) -> Money:
    """Return what a cell says of money.

    Args:
        value: The cell.
        dollar: The currency that `$` means, if it is one of dollars.
        title: What the title of its column says, which counts if the cell says nothing else.
    """
    title = title or TitleWords()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = usable(value)
        is_amount = number is not None and not title.is_other
        return _money(number, title) if number is not None and is_amount else Money(rest=shortened(value))
    text = one_line(value)
    if is_free(value):
        return _money(0, title)
    currency, thousand, plain = currency_in(text, dollar)
    plain = _PERIOD_AT_NUMBER.sub(" ", plain)
    found = list(numbers_in(plain))
    if len(found) != 1 or _IN_BRACKETS.fullmatch(text):
        return Money(rest=str(value))
    number, is_scaled, start, end = found[0]
    if _COUNTS.match(plain, end):
        return Money(rest=str(value))
    around = f"{plain[:start]} {plain[end:]}"
    per_seat = bool(_PER_SEAT.search(around))
    around = _PER_SEAT.sub(" ", around) if not re.search(r"\b(?:all|alle|unlimited)\b", around) else around
    period = _period(around)
    for form in _PERIOD.values():
        around = form.sub(" ", around)
    if _OTHER.search(around) or (title.is_other and not period):
        return Money(rest=str(value))
    rest = text if re.search(r"[~\u2248]|\w", _FILLERS.sub(" ", around)) else ""
    said = title._replace(
        currency=currency or title.currency,
        period=period or title.period,
        per_seat=per_seat or title.per_seat,
        factor=_THOUSAND if thousand else 1 if is_scaled else title.factor,
    )
    return _money(number, said)._replace(rest=rest)


def _money(number: Number, said: TitleWords) -> Money:
    """Return a number as an amount for a month or a year."""
    times = _IN_A_YEAR.get(said.period, 1)
    amount = round_half_away(number * said.factor * times, 6)
    period = "year" if said.period in _IN_A_YEAR else said.period
    whole = int(amount) if float(amount).is_integer() else float(amount)
    return Money(whole, said.currency, period, said.per_seat)


def is_free(value: Any) -> bool:
    """Return whether a cell of costs says that there are none."""
    return isinstance(value, str) and _FREE.fullmatch(one_line(value)) is not None


def money_words(title: str) -> TitleWords:
    """Return what the title of a column says of its amounts, such as `Monthly cost (USD)`."""
    currency, thousand, rest = currency_in(title[:LONGEST], "")
    is_scaled = bool(_THOUSANDS.search(rest))
    period = _period(rest)
    for form in (_THOUSANDS, *_PERIOD.values(), _PER_SEAT):
        rest = form.sub(" ", rest)
    return TitleWords(
        currency,
        period,
        bool(_TITLE_PER_SEAT.search(title[:LONGEST])),
        _THOUSAND if thousand or is_scaled else 1,
        bool(_OTHER.search(re.sub(r"[-()]", " ", rest))),
    )


def _period(text: str) -> str:
    return next((name for name, form in _PERIOD.items() if form.search(text)), "")
