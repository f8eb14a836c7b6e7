"""Mistakes that people make in YAML, made at random places of files that are right."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Mutation = Callable[[str, random.Random], str | None]
"""Returns a text with a mistake; `None` if the text has no place for it."""


def at_a_match(
    pattern: str, make: Callable[[re.Match[str]], str], flags: re.RegexFlag = re.MULTILINE
) -> Mutation:
    """A mistake at one of the places that a pattern finds."""
    compiled = re.compile(pattern, flags)

    def mutate(text: str, choose: random.Random) -> str | None:
        places = list(compiled.finditer(text))
        if not places:
            return None
        place = choose.choice(places)
        return text[: place.start()] + make(place) + text[place.end() :]

    return mutate


def _swapped(word: str) -> str:
    return word[:1] + word[2:3] + word[1:2] + word[3:] if len(word) > 3 else f"{word}{word[-1]}"


_ITEM = r"^( *)- (?=[A-Za-z])(?![\w-]+:)"
_FIELD = r"^( *(?:- )?)([a-z_]+): (?=[A-Za-z0-9])"
_ID = r"^( *(?:- )?(?:owner|tool|role|category|status|team|metric): )([a-z][a-z-]+)$"

SAFE: Mapping[str, Mutation] = {
    "a tab for an indent": at_a_match(r"^(  )+(?=[a-z_]+: )", lambda m: "\t" * (len(m[0]) // 2)),
    "a non-breaking space in an indent": at_a_match(r"^ +(?=[a-z_]+:)", lambda m: f"{m[0][:-1]}\xa0"),
    "a non-breaking space after a colon": at_a_match(_FIELD, lambda m: f"{m[1]}{m[2]}:\xa0"),
    "a non-breaking space after a value": at_a_match(_ID, lambda m: f"{m[0]}\xa0"),
    "a wide space before a value": at_a_match(_ID, lambda m: f"{m[1]}\u3000{m[2]}"),
    "a dash without its space": at_a_match(_ITEM, lambda m: f"{m[1]}-"),
    "an item with a bullet": at_a_match(_ITEM, lambda m: f"{m[1]}• "),
    "an item with an en dash": at_a_match(_ITEM, lambda m: f"{m[1]}\u2013 "),
    "an item with an asterisk": at_a_match(_ITEM, lambda m: f"{m[1]}* "),
    "a colon without its space": at_a_match(_FIELD, lambda m: f"{m[1]}{m[2]}:"),
    "a colon in a text without quotes": at_a_match(
        r"^( *(?:- )?(?:[a-z_]+: )?)\"([A-Z][^\"\\\n]*: [^\"\\\n#]*)\"$", lambda m: f"{m[1]}{m[2]}"
    ),
    "a control character": at_a_match(r"(?<=[a-z])(?=[a-z])", lambda _: "\x0b"),
    "a capital letter in a choice": at_a_match(
        r"^( *(?:- )?(?:category|status): )([a-z-]+)$", lambda m: m[1] + m[2].capitalize()
    ),
    "two letters of a field swapped": at_a_match(_FIELD, lambda m: f"{m[1]}{_swapped(m[2])}: "),
    "two letters of an ID swapped": at_a_match(_ID, lambda m: m[1] + _swapped(m[2])),
    "a date with slashes": at_a_match(r": (20\d\d)-(\d\d)-(\d\d)\b", lambda m: f": {m[1]}/{m[2]}/{m[3]}"),
    "a number with a currency": at_a_match(r"amount: (\d+)", lambda m: f"amount: ${m[1]}"),
}
"""Mistakes with one right answer: a corrected file means what the right one means."""


def _anywhere(change: Callable[[str, int, random.Random], str]) -> Mutation:
    def mutate(text: str, choose: random.Random) -> str:
        return change(text, choose.randrange(len(text)), choose)

    return mutate


def _lines(change: Callable[[list[str], int, random.Random], None]) -> Mutation:
    def mutate(text: str, choose: random.Random) -> str:
        lines = text.splitlines(keepends=True)
        change(lines, choose.randrange(len(lines)), choose)
        return "".join(lines)

    return mutate


_SIGNS = "abz: -\t\n\xa0\"'#|>[]{}*&!%@`,?\\\u201c\u2013\r"

RANDOM: Mapping[str, Mutation] = {
    "a character is missing": _anywhere(lambda text, at, _: text[:at] + text[at + 1 :]),
    "a character too many": _anywhere(lambda text, at, choose: text[:at] + choose.choice(_SIGNS) + text[at:]),
    "another character": _anywhere(
        lambda text, at, choose: text[:at] + choose.choice(_SIGNS) + text[at + 1 :]
    ),
    "a line is missing": _lines(lambda lines, at, _: lines.__delitem__(at)),
    "a line is repeated": _lines(lambda lines, at, _: lines.insert(at, lines[at])),
    "a line moved": _lines(
        lambda lines, at, choose: lines.insert(choose.randrange(len(lines)), lines.pop(at))
    ),
    "a line indented further": _lines(lambda lines, at, _: lines.__setitem__(at, f" {lines[at]}")),
    "a line indented less": _lines(lambda lines, at, _: lines.__setitem__(at, lines[at].removeprefix(" "))),
}
"""Slips of any sort. Many are no mistake, or one that nobody can correct without knowing what was meant."""
