"""The settings for the choices of fields: the words of a company's taxonomy, and its own states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.settings import OFF
from handbook.read.values import as_mapping

VOCABULARIES = "vocabularies"
STATES = "states"


class ChoiceSetting(NamedTuple):
    """A choice that the settings add or change.

    Attributes:
        id: The choice as in the sources; empty if it is invalid.
        title: Its name for readers; empty if the ID itself says it.
        means: The built-in choice that it means; empty for nothing but itself.
    """

    id: str
    title: str = ""
    means: str = ""


class OwnChoices(NamedTuple):
    """What the settings say about the choices of one name.

    Attributes:
        setting: `vocabularies` or `states`.
        name: The name.
        choices: The choices to add, or to give a title.
        replaces: Whether they are all there are; otherwise the built-in ones stay.
        dropped: The built-in choices that are not used.
    """

    setting: str
    name: str
    choices: tuple[ChoiceSetting, ...]
    replaces: bool = False
    dropped: frozenset[str] = frozenset()


def make_own_choices(settings: Any) -> tuple[OwnChoices, ...]:
    """Return the choices that the settings change. Wrong values are ignored; they are reported later.

    Args:
        settings: The content of the file, valid or not.
    """
    said = as_mapping(settings)
    found = [
        *(_vocabulary(name, value) for name, value in as_mapping(said.get(VOCABULARIES)).items()),
        *(_states(name, value) for name, value in as_mapping(said.get(STATES)).items()),
    ]
    return tuple(own for own in found if own.choices or own.dropped)


def _vocabulary(name: str, value: Any) -> OwnChoices:
    words = value if isinstance(value, list) else as_mapping(value).get("add")
    choices = tuple(_choice(word) for word in (words if isinstance(words, list) else ()))
    return OwnChoices(VOCABULARIES, str(name), choices, replaces=isinstance(value, list))


def _states(name: str, value: Any) -> OwnChoices:
    states = as_mapping(value).items()
    choices = tuple(_choice({**state, "id": word}) for word, state in states if isinstance(state, Mapping))
    dropped = frozenset(str(word) for word, state in states if state == OFF)
    return OwnChoices(STATES, str(name), choices, dropped=dropped)


def _choice(word: Any) -> ChoiceSetting:
    if isinstance(word, str):
        return ChoiceSetting(word)
    said = [as_mapping(word).get(name, "") for name in ChoiceSetting._fields]
    return ChoiceSetting(*(each if isinstance(each, str) else "" for each in said))
