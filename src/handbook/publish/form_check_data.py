"""The content rules as data for the form, and regular expressions as its scripts read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex

# A class with its escapes, an escape, or what a script writes in another way.
_PARTS = regex(r"\[\^\\W\\d_\]|\[(?:\\.|[^\]\\])*\]|\\.|\(\?P<|\(\?P=\w+\)")
_LETTERS = r"\p{L}\p{N}_"
_PLAIN = frozenset(" \"#&'-:;<=>@`~")
"""What needs no backslash, and can have none in a script."""
_IN_SCRIPT = {
    r"[^\W\d_]": r"\p{L}",
    r"\w": f"[{_LETTERS}]",
    r"\b": rf"(?:(?<=[{_LETTERS}])(?![{_LETTERS}])|(?<![{_LETTERS}])(?=[{_LETTERS}]))",
    r"\A": "(?<![^])",
    r"\Z": "(?![^])",
    "(?P<": "(?<",
}
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}


class Check(NamedTuple):
    """A content rule, or a part of one.

    Attributes:
        kind: The content type; empty for all.
        code: The code of the rule.
        check: The check of `form_rules.js`, or of the script of the content type.
        fields: The paths of the fields, such as `results/*/participants`; `*` is every item.
        message: The words for a finding, with the places that the check fills.
        hint: What to do, with the same places.
        more: What else the check takes, and `when` and `unless`: the states in which it applies or doesn't.
            A check that finds several faults has `faults`, with the message and the hint for each.
    """

    kind: str
    code: str
    check: str
    fields: Sequence[str]
    message: str
    hint: str
    more: Mapping[str, Any]


def make_check(
    kind: str, code: str, check: str, *fields: str, message: str = "", hint: str = "", **more: Any
) -> Check:
    """Return a check."""
    return Check(kind, code, check, fields, message, hint, more)


def in_script(pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return a regular expression and its flags as a script reads them: letters are those of any language."""

    def translated(part: re.Match[str]) -> str:
        text = part[0]
        if text in _IN_SCRIPT:
            return _IN_SCRIPT[text]
        if text.startswith("["):
            return text.replace(r"\w", _LETTERS)
        if text.startswith("(?P="):
            return rf"\k<{text[4:-1]}>"
        return text[1:] if text[1:] in _PLAIN else text

    flags = "".join(letter for flag, letter in _FLAGS.items() if pattern.flags & flag)
    return _PARTS.sub(translated, pattern.pattern), flags
