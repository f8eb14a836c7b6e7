"""Read amounts of money as people write them: `$1,200.50/mo`, `€3.600 p.a.`, `$24k/yr`.

A wrong amount is worse than none: what could mean another amount is left to the notes of the entry.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from handbook.base.numbers import round_half_away
from handbook.imports.numbers import LONGEST, Number, numbers_in, one_line, shortened, usable

_SIGNS = {
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "MX$": "MXN",
    "NT$": "TWD",
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "\u20b9": "INR",
    "z\u0142": "PLN",
    "K\u010d": "CZK",
    "\u20ba": "TRY",
    "\u20aa": "ILS",
    "\u20a9": "KRW",
    "Fr.": "CHF",
    "$": "USD",
}
_DOLLARS = frozenset({"AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "USD"})
_CODES = (
    *(
        "AED",
        "ARS",
        "AUD",
        "BGN",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
    ),
    *(
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "ISK",
        "JPY",
        "KRW",
        "MXN",
        "MYR",
        "NOK",
        "NZD",
        "PHP",
        "PLN",
        "RON",
    ),
    *("SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR"),
)
_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "franken": "CHF", "pounds": "GBP"}
_CODE = re.compile(
    rf"(?<![^\W\d_])(?P<thousand>[kKT])?(?P<code>{'|'.join((*_NAMES, *_CODES))})(?![^\W\d_])", re.IGNORECASE
)
_SIGN = re.compile(
    r"(?:(?<![^\W\d_])(?P<thousand>[kKT]))?(?<![^\W\d_](?<![kKT]))"
    rf"(?P<sign>{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})"
)

_PERIODS = {
    "month": r"/\s?m|mo|mos|mth|months?|monthly|p\.? ?m|pcm|monat(?:lich|l|e)?|mtl|mois|mensuel(?:le)?"
    r"|mes|mensual|maand",
    "quarter": r"quarter(?:ly)?|qtr|quartal(?:lich|sweise)?|vierteljahr|viertelj\u00e4hrlich|trimestre",
    "year": r"/\s?[aj]|yr|yrs|y|years?|yearly|annum|annual(?:ly)?|p\.? ?a|jahr(?:e|lich)?|j\u00e4hrl(?:ich)?"
    r"|p\.? ?j|ann\u00e9e|an|annuel(?:le)?|a\u00f1o|anual|jaar",
}
_PERIOD = {name: re.compile(rf"(?<![^\W_])(?:{form})\b\.?", re.IGNORECASE) for name, form in _PERIODS.items()}
_PER_SEAT = re.compile(
    r"(?:per|/|pro|par|por|je|a)?\s*\b(?:seats?|users?|persons?|people|licen[cs]es?|heads?|members?|agents?"
    r"|nutzer(?:in)?|lizenz(?:en)?|platz|utilisateur|usuario)\b",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"\b(?:per|pro|par|por|je|each|every|a|an|billed|paid|im|in)\b|[/().,;:|*\s]+", re.IGNORECASE
)
_FREE_WORD = r"free|gratis|kostenlos|gratuit|kostenfrei"
_FREE = re.compile(rf"(?:{_FREE_WORD}|free of charge|free tier|no costs?)[ .!]*", re.IGNORECASE)
_OTHER = re.compile(
    r"[-+\u2010-\u2015\u2212<>%\d]|[^\W\d_]\$|\b(?:(?:half|semi|halb|zweij|zweim|einmalig|thousand|tausend"
    r"|tsd|mio|million|mrd|milliard|billion)\w*|bi(?:week|month|ann|enn)\w*"
    r"|days?|daily|weeks?|weekly|fortnight\w*|hours?|hourly|once|onetime|one time|setup|up front|total"
    r"|t\u00e4glich|tag|w\u00f6chentlich|woche|std|stunde|st\u00fcndlich|gesamt|lifetime|unlimited|all|alle|bn|b"
    rf"|m|lakhs?|crores?|kr|{_FREE_WORD})\b",
    re.IGNORECASE,
)
"""What makes another amount of a number: a range, a sum, a share, another period or scale."""
_PERIOD_AT_NUMBER = re.compile(r"(?<=\d)(?=(?:mo|mth|pm|pcm|pa|yr)\b)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(.*\)")
"""How accountants write what is less than nothing."""
_THOUSANDS = re.compile(r"\b(?:in )?(?:thousands?|tsd|tausend|k)\b", re.IGNORECASE)
_THOUSAND = 1_000
_IN_A_YEAR = {"quarter": 4}


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
    if _FREE.fullmatch(text):
        return Money(0)
    currency, thousand, plain = _currency(text, dollar)
    plain = _PERIOD_AT_NUMBER.sub(" ", plain)
    found = list(numbers_in(plain))
    if len(found) != 1 or _IN_BRACKETS.fullmatch(text):
        return Money(rest=str(value))
    number, is_scaled, start, end = found[0]
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


def money_words(title: str) -> TitleWords:
    """Return what the title of a column says of its amounts, such as `Monthly cost (USD)`."""
    currency, thousand, rest = _currency(title[:LONGEST], "")
    is_scaled = bool(_THOUSANDS.search(rest))
    period = _period(rest)
    for form in (_THOUSANDS, *_PERIOD.values(), _PER_SEAT):
        rest = form.sub(" ", rest)
    return TitleWords(
        currency,
        period,
        bool(
            re.search(r"(per|/|pro) ?(seat|user|licen|lizenz|nutzer|platz)", title[:LONGEST], re.IGNORECASE)
        ),
        _THOUSAND if thousand or is_scaled else 1,
        bool(_OTHER.search(re.sub(r"[-()]", " ", rest))),
    )


def _period(text: str) -> str:
    return next((name for name, form in _PERIOD.items() if form.search(text)), "")


def _currency(text: str, dollar: str) -> tuple[str, bool, str]:
    """Return the currency in a text, whether it is thousands of it, and the text without it."""
    if code := _CODE.search(text):
        name = _NAMES.get(code["code"].casefold(), code["code"].upper())
        return name, bool(code["thousand"]), _SIGN.sub(" ", _CODE.sub(" ", text))
    if sign := _SIGN.search(text):
        known = dollar if sign["sign"] == "$" and dollar in _DOLLARS else _SIGNS[sign["sign"]]
        return known, bool(sign["thousand"]), _SIGN.sub(" ", text)
    return "", False, text
