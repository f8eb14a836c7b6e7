"""Find the currency in a text, by its code, its sign or its name."""

from __future__ import annotations

import re

from handbook.base.currency_signs import CURRENCY_OF_SIGN

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
    rf"(?P<sign>{'|'.join(map(re.escape, sorted(CURRENCY_OF_SIGN, key=len, reverse=True)))})"
)


def currency_in(text: str, dollar: str) -> tuple[str, bool, str]:
    """Return the currency in a text, whether it is thousands of it, and the text without it.

    Args:
        text: The text.
        dollar: The currency that `$` means, if it is one of dollars.
    """
    if code := _CODE.search(text):
        name = _NAMES.get(code["code"].casefold(), code["code"].upper())
        return name, bool(code["thousand"]), _SIGN.sub(" ", _CODE.sub(" ", text))
    if sign := _SIGN.search(text):
        known = dollar if sign["sign"] == "$" and dollar in _DOLLARS else CURRENCY_OF_SIGN[sign["sign"]]
        return known, bool(sign["thousand"]), _SIGN.sub(" ", text)
    return "", False, text
