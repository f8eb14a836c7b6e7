"""Letters without accents, for IDs."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    dict(
        zip(
            "\u00e4\u00f6\u00fc\u00df\u00e6\u0153\u00f8\u0142\u0111",
            ("ae", "oe", "ue", "ss", "ae", "oe", "o", "l", "d"),
            strict=True,
        )
    )
)


def plain_letters(text: str) -> str:
    """Return a text in lowercase without accents, with umlauts as Germans write them in addresses.

    The form does the same, in `browser/form_words.js`.
    """
    plain = unicodedata.normalize("NFC", text.lower()).translate(_LETTERS)
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
