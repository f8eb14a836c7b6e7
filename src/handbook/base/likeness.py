"""Recognise misspelt names.

A field that decides who sees a page must be recognised despite capitals, typing errors or letters of other
alphabets that look the same.
"""

from __future__ import annotations

from functools import lru_cache

from handbook.base.regex import regex

# Written as numbers, because they look the same.
_LOOKALIKES = {
    "a": "\u0430\u0251\u03b1\u1d00",
    "b": "\u044c\u0299",
    "c": "\u0441\u03f2\u1d04",
    "d": "\u0501\u1d05",
    "e": "\u0435\u0454\u03b5\u1d07",
    "i": "\u0456\u03b9\u0131\u026a",
    "l": "\u04cf\u029f",
    "n": "\u0578\u0274\u043f",
    "o": "\u043e\u03bf\u1d0f\u03c3",
    "p": "\u0440\u03c1",
    "r": "\u0433\u0280",
    "s": "\u0455\ua731",
    "t": "\u0442\u03c4\u1d1b",
    "u": "\u03c5\u057d\u1d1c",
    "v": "\u03bd\u0475",
    "w": "\u0461\u03c9",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
}
_TO_LATIN = str.maketrans({other: latin for latin, others in _LOOKALIKES.items() for other in others})
_NO_LETTER = regex("[^a-z0-9]")
_DIGIT = regex("[0-9]")
_LONGEST = 40
_MOST_OF_A_LETTER = 3
_LONG = 8
"""The least number of letters for a name to be recognised despite two typing errors."""

_SHORTEST = 4
"""The least number of letters for a name to be certain despite a slip."""


def plain(text: str) -> str:
    """Return the lowercase Latin letters that a text looks like, without invisible characters.

    The number of lines stays the same.
    """
    if text.isascii():
        return text.lower()
    return text.translate({ord(letter): _plain_letter(letter) for letter in set(text)})


@lru_cache(maxsize=1024)
def _plain_letter(letter: str) -> str:
    import unicodedata  # noqa: PLC0415 - most texts do not need it

    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
    seen = (part for part in parts if unicodedata.category(part) not in {"Mn", "Cf"})
    # Some characters expand to whole sentences.
    return "".join(seen).translate(_TO_LATIN)[:_MOST_OF_A_LETTER]


@lru_cache(maxsize=1024)
def is_like(word: str, name: str) -> bool:
    """Return whether a word is a name, or probably a misspelling of it.

    Args:
        word: The word.
        name: A name in lowercase Latin letters.
    """
    letters, wanted = _letters(word), _letters(name)
    most = 2 if len(wanted) >= _LONG else 1
    if letters == wanted:
        return True
    # Missing letters count as errors, too, and are faster to count.
    is_near = abs(len(letters) - len(wanted)) <= most and len({*wanted} - {*letters}) <= most
    return is_near and _slips(letters, wanted) <= most


def same_letters(word: str, name: str) -> bool:
    """Return whether a word is a name with other capitals, spaces or hyphens."""
    if max(len(word), len(name)) > _LONGEST:
        return word.casefold() == name.casefold()
    return bool(_letters(word)) and _letters(word) == _letters(name)


def is_surely(word: str, name: str) -> bool:
    """Return whether a word can only be a misspelling of a name: the same letters, or a single slip.

    A slip in a short word often makes another word, and another digit makes another name.

    Args:
        word: The word.
        name: The name, in any letters.
    """
    letters, wanted = _letters(word), _letters(name)
    return same_letters(word, name) or (
        max(len(word), len(name)) <= _LONGEST
        and min(len(letters), len(wanted)) >= _SHORTEST
        and abs(len(letters) - len(wanted)) <= 1
        and _DIGIT.findall(letters) == _DIGIT.findall(wanted)
        and _slips(letters, wanted) == 1
    )


def _letters(word: str) -> str:
    return _NO_LETTER.sub("", plain(word[:_LONGEST]))


def _slips(word: str, name: str) -> int:
    """Return the number of letters that are wrong, missing, extra or swapped."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for index, letter in enumerate(word, 1):
        above, row = row, [index]
        for at, wanted in enumerate(name, 1):
            cost = min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (letter != wanted))
            if index > 1 and at > 1 and letter == name[at - 2] and word[index - 2] == wanted:
                cost = min(cost, before[at - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
