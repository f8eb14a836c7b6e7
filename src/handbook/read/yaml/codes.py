r"""Decode codes in double quotes: `"\x41"`, `"\u0041"`.

JSON writes a character beyond U+FFFF as two codes, one for each half. YAML's scanner refuses halves, so it
gets whole characters.
"""

from __future__ import annotations

import re

import yaml
from yaml.error import MarkedYAMLError
from yaml.tokens import ScalarToken

from handbook.base.regex import regex

FILLER = "\ufdd0\ufdd0"
"""Fills up a code to the length of two codes, so that places stay the same. Its number is not a character."""

_TWO_CODES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALVES = regex(_TWO_CODES)
_CODE = regex(rf"(?P<halves>{_TWO_CODES})|\\(?:[xuU](?P<digits>[0-9a-fA-F]{{2,8}})|(?P<sign>.))", re.DOTALL)
_SIGNS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"} | {
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}
_LENGTHS = {"x": 2, "u": 4, "U": 8}


def with_whole_characters(text: str) -> str:
    """Return a YAML text of the same length with pairs of halves joined into characters."""
    # Leave a text with codes for the filler itself to the scanner, which refuses halves.
    if "\\u" not in text or not _HALVES.search(text) or "fdd0" in text.lower():
        return text
    parts: list[str] = []
    done = 0
    try:
        # The scanner would stop at the first half. Its replacement has the same length.
        for token in yaml.scan(_CODE.sub(_harmless, text), Loader=yaml.CSafeLoader):
            if isinstance(token, ScalarToken) and token.style == '"':
                start, end = token.start_mark.index, token.end_mark.index
                parts += [text[done:start], _CODE.sub(_whole, text[start:end])]
                done = end
    except MarkedYAMLError:
        pass  # later stages report the fault
    return "".join([*parts, text[done:]])


def _harmless(code: re.Match[str]) -> str:
    return "x" * len(code[0]) if code["halves"] else code[0]


def _whole(code: re.Match[str]) -> str:
    if not code["halves"]:
        return code[0]
    high, low = int(code[0][2:6], 16), int(code[0][8:], 16)
    return f"\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}{FILLER}"


def find_code(written: str, forbidden: re.Pattern[str]) -> tuple[int, int]:
    """Return the start and the end of the first code for a forbidden character, or of the whole text.

    Args:
        written: A text as in the file, with its quotes.
        forbidden: The characters.
    """
    for code in _CODE.finditer(written):
        length = _LENGTHS.get(written[code.start() + 1], 0)
        digits = (code["digits"] or "")[:length]
        character = chr(int(digits, 16)) if len(digits) == length > 0 else _SIGNS.get(code["sign"] or "", "")
        if forbidden.fullmatch(character):
            return code.start(), code.start() + 2 + length
    return 0, len(written)
