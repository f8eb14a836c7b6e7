"""Explain values with an invalid format: choices, patterns and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

from handbook.base.currency_signs import CURRENCY_OF_SIGN
from handbook.base.plain_letters import plain_letters
from handbook.base.words import Names, one_of, shown
from handbook.read.choice_settings import STATES
from handbook.read.schemas.mistakes.mistake import Mistake
from handbook.read.schemas.mistakes.notations import days_meant, hint_of_days, hint_of_month
from handbook.read.schemas.mistakes.times import MeantText, duration_meant, time_meant
from handbook.read.schemas.problems import Meant, SchemaProblem, SchemaProblemKind, meant_by
from handbook.read.schemas.validation import fits_pattern
from handbook.read.settings import SETTINGS_FILE


def wrong_choice(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield the problem of a value that is not an allowed choice."""
    wanted: Any = mistake.error.validator_value
    names = [
        name if isinstance(name, str) else json.dumps(name)
        for name in (wanted if mistake.keyword == "enum" else [wanted])
    ]
    choices = _indexed(tuple(names))
    near = choices.nearest(str(mistake.value))
    if mistake.value is None:
        hint = mistake.or_remove(f"Use {one_of(names)}")
        yield mistake.problem(SchemaProblemKind.CHOICE, f"Missing value{mistake.of}", hint)
        return
    setting = mistake.shape.setting if mistake.shape else ""
    # A word that is almost a built-in state is a typing error.
    setting = "" if near and setting.startswith(STATES) else setting
    own = f". Add your own with `{setting}` in {SETTINGS_FILE}" if setting else ""
    yield mistake.problem(
        SchemaProblemKind.CHOICE,
        f"Invalid value {shown(mistake.value)}{mistake.of}",
        f"Did you mean `{near}`? Allowed: {one_of(names)}{own}" if near else f"Use {one_of(names)}{own}",
        meant=meant_by(choices, mistake.value) if isinstance(mistake.value, str) and near in wanted else None,
    )


@lru_cache(maxsize=8)
def _indexed(names: tuple[str, ...]) -> Names:
    """Return the choices to suggest from. A vocabulary of thousands can have hundreds of wrong values."""
    return Names(names)


def wrong_form(mistake: Mistake) -> Iterator[SchemaProblem]:
    """Yield the problem of a text that doesn't match a pattern or a format."""
    value: Any = mistake.value
    wanted: Any = mistake.error.validator_value
    if isinstance(value, str) and not value.strip():
        hint = mistake.or_remove("Add a value")
        yield mistake.problem(SchemaProblemKind.SIZE, f"Empty value{mistake.of}", hint)
        return
    message = f"Invalid format{mistake.of}: {shown(value)}"
    hint = mistake.use_such_as
    meant = None
    if isinstance(value, str) and mistake.keyword == "pattern":
        fits = partial(fits_pattern, wanted)
        line = " ".join(value.split())
        most = mistake.schema.get("maxLength", len(value))
        near = next(filter(fits, (_id_like(value), value.upper(), value.strip())), "")[:most]
        if "\n" in value and fits(line):
            message = f"{mistake.name} must be on one line"
            hint = "Move it to the line of its name, without `|` or `>`, or put it in quotes"
        elif near and fits(near):
            hint = f"Did you mean `{near}`?"
            meant = Meant(near, is_safe=near.casefold() == value.strip().casefold())
        elif spelt := next((each for each in _spellings(value) if fits(each.text)), None):
            hint = f"Use `{spelt.text}`"
            meant = Meant(spelt.text, is_safe=spelt.is_certain)
    elif mistake.keyword == "format" and wanted == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        message = f"{shown(value)} is not a valid date"
        hint = "Use a date that exists, in YYYY-MM-DD format"
    elif mistake.keyword == "format" and wanted == "time-zone":
        message = f"Unknown time zone {shown(value)}"
        hint = _time_zone_meant(value) or hint
    if isinstance(value, str) and mistake.schema.get("format") == "date":
        days = days_meant(value)
        hint = hint_of_days(days) or hint_of_month(value) or hint
        meant = Meant(str(days[0])) if len(days) == 1 else None
    yield mistake.problem(SchemaProblemKind.FORM, message, hint, meant=meant)


def _time_zone_meant(text: str) -> str:
    """Return the closest time zone of the database as a hint; empty if none is close."""
    cities, zones = _time_zones()
    written = text.strip().replace(" ", "_")
    near = cities.get(written.title()) or zones.nearest(written)
    return f"Did you mean `{near}`?" if near else ""


@lru_cache(maxsize=1)
def _time_zones() -> tuple[Mapping[str, str], Names]:
    """Return the time zones of the database by city, and all their names: hundreds of files."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - only a mistake needs it

    zones = sorted(available_timezones())
    return {zone.rpartition("/")[2]: zone for zone in zones}, Names(zones)


def _spellings(text: str) -> Iterator[MeantText]:
    """Yield what a text can mean as a duration, a time or a currency."""
    return filter(None, (duration_meant(text), time_meant(text), _currency_meant(text)))


def _currency_meant(text: str) -> MeantText | None:
    """Return the code of a currency, if a text is its sign. Several currencies share some signs."""
    code = CURRENCY_OF_SIGN.get(text.strip())
    return MeantText(code, is_certain=code == "EUR") if code else None


def _id_like(text: str) -> str:
    """Return a name in the format of an ID, or nothing if it has more than words."""
    words = re.findall("[a-z0-9]+", plain_letters(text))
    return "-".join(words) if re.fullmatch(r"[\w\s&,'-]+", text) else ""
