"""The content rules about processes alone, as data for the form. Their checks are in `form_process.js`."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.language import _
from handbook.base.rhythm import (
    ALIKE,
    ANY_WEEKDAY,
    FORMS,
    MONTH_NUMBERS,
    NUMBER_WORDS,
    POSITION_WORDS,
    WEEKDAY_NUMBERS,
)
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


def process_checks() -> Iterator[Check]:
    """Yield the checks of processes, in the language of the readers."""
    faults = {
        "HB334": {
            "unread": (_("Invalid value %(value)s"), _("Use a form such as %(forms)s", forms=one_of(FORMS))),
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
            data={"words": _RHYTHM, "start": str(START)},
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
