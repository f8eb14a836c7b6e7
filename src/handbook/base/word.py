"""One of the choices of a field, with what its schema says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from markupsafe import Markup


class Word(str):
    """A choice that is the ID in the file to everything that compares or writes it.

    Attributes:
        label: Its name for readers; empty if the ID itself says it.
        meaning: The built-in choice that it means to rules, figures and styles.
    """

    __slots__ = ("label", "meaning")
    label: str
    meaning: str

    @classmethod
    def of(cls, text: str, label: str, meaning: str) -> Self:
        """Return a choice with its label and meaning."""
        word = cls(text)
        word.label, word.meaning = label, meaning
        return word

    def __html__(self) -> Markup:
        from handbook.base.text import escape  # noqa: PLC0415 - validation needs no HTML

        return escape(self)


def meaning_of(value: object) -> object:
    """Return the built-in choice that a value means; any other value as it is."""
    return value.meaning if isinstance(value, Word) else value


def label_of(value: object) -> str:
    """Return the label of a choice; empty if it has none."""
    return value.label if isinstance(value, Word) else ""


def spoken(value: str) -> str:
    """Return a choice in a sentence: its label, or its ID with spaces."""
    return label_of(value) or value.replace("-", " ")


def in_own_words(state: str, usual: str) -> str:
    """Return how to name a state: as usual for a built-in one, and by its own name for one of the company.

    Args:
        state: The state.
        usual: The words for its meaning.
    """
    if not isinstance(state, Word) or (state == state.meaning and not state.label):
        return usual
    name = spoken(state)
    return name[:1].upper() + name[1:] if usual[:1].isupper() else name[:1].lower() + name[1:]
