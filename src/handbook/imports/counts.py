"""Read numbers of what a field counts: 40 for `40 (12 viewer)`, and none for `40 kg`."""

from __future__ import annotations

import re
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.imports.numbers import NUMBER, one_line, scaled, shortened, usable


class Counted(NamedTuple):
    """A number at the start of a text.

    Attributes:
        number: The number; `None` if there is none.
        rest: What else the text says; the whole text if that changes what the number means.
    """

    number: int | float | None
    rest: str = ""


_DAY = re.compile(
    r"(?:(?:[dt]|day|tag)?\s*(?P<sign>[-+\u2212])|(?:day|tag))\s*(?P<number>\d{1,9})(?:\s*(?:days?|tage?|d))?",
    re.IGNORECASE,
)
"""A number with a sign or a word, such as `T-5` or `Day 0`."""
_COUNTED = re.compile(
    r"(?:paid |named |active )?(?:seats?|users?|licen[cs]es?|people|persons?|members?|accounts?"
    r"|(?:aktive )?nutzer(?:innen)?|lizenzen?|pl[a\u00e4]tze?|personen|utilisateurs?|usuarios?)",
    re.IGNORECASE,
)
_AT_START = re.compile(
    rf"(?P<about>[~\u2248]|ca\.?|about|approx\.?)?\s*{NUMBER.pattern}(?P<rest>.*)", re.DOTALL
)


def read_number(value: Any, *, shares: bool = False) -> Counted:
    """Return the number that a cell starts with: 40 for `40 (12 viewer)`, none for `40 kg`.

    Args:
        value: The cell.
        shares: Whether the number can be a share: `40 %`.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = usable(value)
        return Counted(number, "" if number is not None else shortened(value))
    text = one_line(value)
    if day := _DAY.fullmatch(text):
        return Counted(int(day["number"]) * (1 if day["sign"] in ("+", None) else -1))
    match = _AT_START.fullmatch(text)
    rest = match["rest"].strip() if match else ""
    is_unit = bool(_COUNTED.fullmatch(rest)) or (shares and rest == "%")
    # A number with another unit isn't that number. What is in brackets only adds to it.
    if not match or (rest and not is_unit and not re.match(r"[(\[,;]", rest)):
        return Counted(None, str(value))
    number = scaled(match["digits"], match["factor"])
    return Counted(number, "" if (is_unit or not rest) and not match["about"] else text)
