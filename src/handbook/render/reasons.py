"""Say why a template can't be rendered, in the words of its author instead of Python's."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import TemplateError

from handbook.base.regex import regex

_TYPES = r"'(?P<left>\w+)' and '(?P<right>\w+)'"
_CALCULATED = regex(rf"unsupported operand type\(s\) for (?P<sign>\S+)(?: or pow\(\))?: {_TYPES}")
_COMPARED = regex(rf"'(?P<sign>\S+)' not supported between instances of {_TYPES}")
_JOINED = regex(r'can only concatenate (?P<left>\w+) \(not "(?P<right>\w+)"\) to \w+')
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("Plain", "PlainChoice", "Choice", "Day", "Link", "Markup", "Rich", "str"), "a text"),
    **dict.fromkeys(("int", "float"), "a number"),
    **dict.fromkeys(("list", "tuple"), "a list"),
    "NoneType": "nothing",
}


def reason_of(error: BaseException) -> str:
    """Return the reason for an error, as the end of a sentence."""
    said = (error.message if isinstance(error, TemplateError) else str(error)) or type(error).__name__
    for pattern, needs in (
        (_CALCULATED, "both must be numbers"),
        (_COMPARED, "both must be numbers, or both texts"),
        (_JOINED, "use `~` to join texts"),
    ):
        match = pattern.fullmatch(said) if isinstance(error, TypeError) else None
        if match:
            parts = match.groupdict()
            left, right = (_WORDS.get(parts[side], "another value") for side in ("left", "right"))
            return f"`{parts.get('sign', '+')}` can't be used with {left} and {right}: {needs}"
    return said
