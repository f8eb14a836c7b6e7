"""The content rules about processes alone, as data for the form. Their checks are in `form_process.js`."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.language import _, current
from handbook.base.recurrence import WEEKDAYS
from handbook.base.rhythm import (
    ALIKE,
    ANY_WEEKDAY,
    FORMS,
    MONTH_NUMBERS,
    NUMBER_WORDS,
    POSITION_WORDS,
    WEEKDAY_NUMBERS,
    read_rhythm,
)
from handbook.base.rhythm_words import recurrence_in_words
from handbook.base.words import one_of
from handbook.kinds.process.duration import DAYS
from handbook.kinds.process.hb348_summary_duration import (
    ASIDE,
    DURATION,
    EXACT,
    MORE,
    NUMBERS,
    OF_A_PART,
    OF_SOMETHING,
    OTHER_NUMBER,
    SENTENCE,
    UNITS,
)
from handbook.kinds.process.timing import START
from handbook.publish.form_check_data import Check, in_script, make_check

_RHYTHM = {
    "weekday": WEEKDAY_NUMBERS,
    "month": MONTH_NUMBERS,
    "number": NUMBER_WORDS,
    "position": POSITION_WORDS,
    "alike": ALIKE,
    "any": ANY_WEEKDAY,
}


_USUAL = (
    *FORMS,
    *(f"every {day}" for day in WEEKDAYS),
    *(f"every other {day}" for day in WEEKDAYS),
    *(f"{place} {day} of the month" for place in ("first", "last") for day in WEEKDAYS),
)
"""What readers of another language might write as their pages say it."""


def _on_pages() -> dict[str, str]:
    """Return the usual rhythms by what the pages of another language call them."""
    if current().is_english:
        return {}
    return {recurrence_in_words(read_rhythm(text)).lower(): text for text in _USUAL}


def process_checks() -> Iterator[Check]:
    """Yield the checks of processes, in the language of the readers."""
    faults = {
        "HB334": {
            "unread": (_("Invalid value %(value)s"), _("Use a form such as %(forms)s", forms=one_of(FORMS))),
            "foreign": (_("The file has rhythms in English, so %(value)s is unknown"), ""),
            "start": (
                _("%(value)s counts weeks from the first event, whose date is missing"),
                _("Enter the date of an event as the first one, such as the next one"),
            ),
            "none": (
                _("The event has no dates"),
                _("Correct how often it takes place, its first and last day or its exceptions"),
            ),
        },
        "HB335": {
            "skips": (
                _("%(value)s leaves out the months that end sooner"),
                _("Use `last day of the month`, or a day up to the 28th"),
            ),
            "absent": (
                _("The event does not take place on %(value)s"),
                _("Use a date on which it does, or remove the line"),
            ),
        },
    }
    for code, own in faults.items():
        yield make_check(
            *("process", code, "dates", "calendar/*/repeats"),
            faults=own,
            data={"words": {**_RHYTHM, "onPages": _on_pages()}, "start": str(START)},
        )
    yield make_check(
        *("process", "HB348", "promise", "summary", "steps/*/id", "steps/*/time_allowed"),
        patterns={
            "duration": in_script(DURATION),
            "sentence": in_script(SENTENCE),
            "aside": in_script(ASIDE),
            "part": in_script(OF_A_PART),
            "other": in_script(OF_SOMETHING),
            "number": in_script(OTHER_NUMBER),
            "more": in_script(MORE),
        },
        data={
            "units": UNITS,
            "numbers": NUMBERS,
            "days": {unit: float(days) for unit, days in DAYS.items()},
            "exact": EXACT,
        },
        faults={
            "less": (
                _("The summary promises less time than the steps can take (in working days: %(num)s)"),
                _("Correct the summary, or the time of the steps"),
            ),
            "more": (
                _("The summary allows more time than the steps can take (in working days: %(num)s)"),
                _("Correct the summary, or the time of the steps"),
            ),
        },
    )
