"""Read numbers and amounts of money as people write them: `$1,200.50/mo`, `€3.600 p.a.`, `$24k/yr`."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from handbook.base.numbers import round_half_away

NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[\s'\u2019]\d{3})+(?:[.,]\d+)?|\d[\d.,]*\d|\d)(?:[.,][\u2013\u2014-]{1,2})?"
    r"\s?(?P<factor>[kK]|[mM](?:io|n|illion)?|[tT]sd)?\.?(?![\w])"
)
FACTORS = {"k": 1_000, "t": 1_000, "m": 1_000_000}
_DECIMALS = 3

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
_CODE = re.compile(rf"\b(?:{'|'.join(_CODES)})\b", re.IGNORECASE)
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))

_COSTS = "(?:kosten|preis|beitrag|betrag|geb\u00fchr)"
_PERIODS = {
    "month": r"mo|mos|mth|months?|monthly|p\.? ?m|pcm|monat(?:lich|e)?|monats"
    + _COSTS
    + r"|mtl|mois|mensuel(?:le)?|mes|mensual"
    r"|maand",
    "quarter": r"quarter(?:ly)?|qtr|quartal(?:lich)?|trimestre",
    "year": r"yr|yrs|y|years?|yearly|annum|annual(?:ly)?|p\.? ?a|jahr(?:e|lich)?|jahres"
    + _COSTS
    + r"|j\u00e4hrlich|p\.? ?j"
    r"|ann\u00e9e|an|annuel(?:le)?|a\u00f1o|anual|jaar",
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
    r"\b(?:per|pro|par|por|je|each|every|a|an|billed|paid|im|in)\b|[/().,;:|*\s]+", re.IGNORECASE
)
_FREE = frozenset(
    {
        *(
            "free",
            "free of charge",
            "no cost",
            "no costs",
            "free tier",
            "none",
            "nothing",
            "gratis",
            "gratuit",
        ),
        *("kostenlos", "kostenfrei", "keine", "keine kosten", "nichts", "aucun", "aucuns frais", "ninguno"),
    }
)
_COUNTS = re.compile(
    r"\s*(?:months|monaten?|years|jahren?|quarters|quartale|weeks|wochen|days|tagen?|seats|users|licen[cs]es"
    r"|people|nutzer|lizenzen|pl\u00e4tze)\b",
    re.IGNORECASE,
)
"""What is counted right behind a number, which then is no amount: `3 months`, `40 users`."""
_QUARTERS = 4


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


def read_money(value: Any, dollar: str = "") -> Money:
    """Return what a cell says of money.

    Args:
        value: The cell.
        dollar: The currency that `$` means, if it is one of dollars.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Money(value)
    text = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    if is_free(text):
        return Money(0)
    found = list(NUMBER.finditer(text))
    if len(found) != 1:
        return Money(rest=text)
    match = found[0]
    if _COUNTS.match(text, match.end()) or not _is_number(match["digits"]):
        return Money(rest=text)
    around = f"{text[: match.start()]} {text[match.end() :]}"
    currency, around = _currency(around, dollar)
    per_seat = bool(_PER_SEAT.search(around))
    around = _PER_SEAT.sub(" ", around)
    period = next((name for name, form in _PERIOD.items() if form.search(around)), "")
    for form in _PERIOD.values():
        around = form.sub(" ", around)
    rest = text if re.search(r"[-+~<>\u2248\u2013]|\w", _FILLERS.sub(" ", around)) else ""
    if rest and re.search(r"[-\u2013+<>%]", around):
        return Money(rest=text)  # a range, a sum or a share
    amount = plain_number(match["digits"]) * FACTORS.get((match["factor"] or "")[:1].lower(), 1)
    amount = amount * _QUARTERS if period == "quarter" else amount
    whole = int(amount) if float(amount).is_integer() else float(round_half_away(amount, 6))
    return Money(whole, currency, "year" if period == "quarter" else period, per_seat, rest)


def is_free(value: Any) -> bool:
    """Return whether a cell of costs says that there are none."""
    return isinstance(value, str) and " ".join(value.split()).casefold().strip(" .!") in _FREE


def money_words(title: str) -> Money:
    """Return what the title of a column says of its amounts, such as `Monthly cost (USD)`."""
    currency, rest = _currency(title, "")
    period = next((name for name, form in _PERIOD.items() if form.search(rest)), "")
    return Money(
        None,
        currency,
        period if period != "quarter" else "",
        bool(_TITLE_PER_SEAT.search(title)),
    )


def _currency(text: str, dollar: str) -> tuple[str, str]:
    """Return the currency in a text, and the text without it."""
    if code := _CODE.search(text):
        return code[0].upper(), _SIGN.sub(" ", _CODE.sub(" ", text))
    if sign := _SIGN.search(text):
        known = dollar if sign[0] == "$" and dollar in _DOLLARS else _SIGNS[sign[0]]
        return known, _SIGN.sub(" ", text)
    return "", text


def _is_number(digits: str) -> bool:
    """Return whether a mark that is repeated separates thousands; in a date and a version, it doesn't."""
    return all(
        digits.count(mark) < 2 or re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+(?:[.,]\d+)?", digits)  # noqa: PLR2004
        for mark in ".,"
    )


def plain_number(digits: str) -> int | float:
    """Return a number with its marks: `1,200.50`, `1.200,50`, `3.600`, `12,5`.

    A single mark before three digits separates thousands. No price has three decimals.
    """
    text = re.sub(r"[\s'\u2019]", "", digits)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return int(text)
    last = marks[-1]
    decimals = text.rpartition(last)[2]
    if len(set(marks)) == 1 and (len(marks) > 1 or (len(decimals) == _DECIMALS and not text.startswith("0"))):
        return int(re.sub("[.,]", "", text))
    whole = re.sub("[.,]", "", text.rpartition(last)[0])
    return float(f"{whole}.{decimals}") if decimals.strip("0") else int(whole)
