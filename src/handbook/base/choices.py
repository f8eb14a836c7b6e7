"""One of the choices of a field, with what its schema says about it."""

from __future__ import annotations

from typing import Self

from handbook.base.language import choice_in_sentence


class Choice(str):
    """A choice. To everything that compares or writes it, it is the ID in the file.

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
        choice = cls(text)
        choice.label, choice.meaning = label, meaning
        return choice


def meaning_of(value: object) -> object:
    """Return the built-in choice that a value means; any other value as it is."""
    return value.meaning if isinstance(value, Choice) else value


def label_of(value: object) -> str:
    """Return the label of a choice; empty if it has none."""
    return value.label if isinstance(value, Choice) else ""


def spoken(value: str) -> str:
    """Return a noun among the choices, such as a capability, in a sentence."""
    return label_of(value) or value.replace("-", " ")


def within_sentence(value: object) -> str:
    """Return an adjective among the choices, such as a state, in a sentence."""
    label = label_of(value)
    # An abbreviation keeps its capitals.
    small = label[:1].lower() + label[1:] if label[1:2].islower() else label
    return small or choice_in_sentence(str(value))


def is_own(state: str) -> bool:
    """Return whether a state has a name of the company's, so the usual words for its meaning are wrong."""
    return isinstance(state, Choice) and (state != state.meaning or bool(state.label))
