"""How often a process takes place by its calendar, for lists of processes that don't say how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.rhythm import RhythmError
from handbook.base.rhythm_words import recurrence_in_words
from handbook.kinds.process.ritual import is_ritual
from handbook.kinds.process.timing import default_start, read_timing
from handbook.link.catalogue import Entry
from handbook.read.values import list_at

_ONCE = frozenset({"once", "never"})


def frequency_by_calendar(process: Entry, audience: str) -> str:
    """Return the rhythm of a process, such as "Every other Thursday"; empty if its events don't tell.

    An event with a name of its own can be one part of a process, such as a review of all experiments. A
    ritual has no parts.

    Args:
        process: An entry of the content type `process`.
        audience: The audience of the list.
    """
    whole = is_ritual(process.data, process.kind.shape, audience)
    events = [item for item in list_at(process.data, ("calendar",)) if whole or not item.get("name")]
    rhythms = dict.fromkeys(filter(None, (_rhythm(process, item) for item in events)))
    words = "; ".join(rhythms)
    return words[:1].upper() + words[1:]


def _rhythm(process: Entry, event: Mapping[str, Any]) -> str:
    try:
        recurrence = read_timing(event, default_start(process.data)).recurrence
    except RhythmError:  # rule HB334 reports it
        return ""
    return "" if recurrence.unit in _ONCE else recurrence_in_words(recurrence)
