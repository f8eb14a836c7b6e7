"""Make IDs of names: readable, short, unique, and the same the next time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 48
_LETTERS = str.maketrans(
    {"\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d"}
)
_UMLAUTS = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue"})
_SIGNS = str.maketrans({"&": " and ", "+": " plus ", "@": " at "})


def made_id(name: str) -> str:
    """Return the ID for a name; empty if no letter or digit of it can be in one."""
    text = (
        unicodedata.normalize("NFC", name.casefold())
        .translate(_UMLAUTS)
        .translate(_LETTERS)
        .translate(_SIGNS)
    )
    plain = unicodedata.normalize("NFKD", text)
    words = re.findall(
        "[a-z0-9]+", re.sub(r"['\u2019]", "", "".join(c for c in plain if not unicodedata.combining(c)))
    )
    short = ""
    for word in words:
        longer = f"{short}-{word}" if short else word
        if len(longer) > _LONGEST and short:
            break
        short = longer[:_LONGEST]
    return f"{short}-1" if short == "index" else short


def unused_id(wanted: str, taken: Collection[str]) -> str:
    """Return an ID, with a number behind it if another entry has it."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
