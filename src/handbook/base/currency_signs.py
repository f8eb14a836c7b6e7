"""Know the currencies by their signs."""

from __future__ import annotations

CURRENCY_OF_SIGN = {
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
"""The code of the currency that a sign means most often."""
