"""Make IDs of names: readable, short, unique, and the same the next time."""

from __future__ import annotations

import re
from collections.abc import Collection

from handbook.base.plain_letters import plain_letters

_LONGEST = 48
_SIGNS = str.maketrans({"&": " and ", "+": " plus ", "@": " at "})


def made_id(name: str) -> str:
    """Return the ID for a name; empty if no letter or digit of it can be in one."""
    plain = plain_letters(name.translate(_SIGNS))
    words = re.findall("[a-z0-9]+", re.sub(r"['\u2019]", "", plain))
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
