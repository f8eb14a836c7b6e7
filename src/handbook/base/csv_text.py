"""Write values as fields of CSV."""

from __future__ import annotations

import re

_SIGNS = "=+@\\-\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"\s*[{_SIGNS}]")
_SIMPLE = re.compile(r"\w[^\",;\t\r\n]*")
"""A text that is its own field."""
_QUOTED = re.compile(r'[,"\r\n]')
_FORMULA_INSIDE = re.compile(rf"[;\t\r\n](?=[{_SIGNS}])(?![-+] )")
"""The start of the next cell in a spreadsheet that separates cells by semicolons or tabs, as in many
countries,
where our quotes are part of the text. A list marker does not start a formula."""


def csv_value(value: object) -> str:
    """Return a value as a CSV field that spreadsheets display and never calculate."""
    text = "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if _SIMPLE.fullmatch(text):
        return text
    if not isinstance(value, (int, float)):
        first = "'" if _FORMULA.match(text) else ""
        text = first + _FORMULA_INSIDE.sub(lambda found: f"{found[0]}'", text)
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _QUOTED.search(text) else text
