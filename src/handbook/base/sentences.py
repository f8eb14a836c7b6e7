"""Lists and dates in sentences, in the language of the readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handbook.base.language import _, current, ngettext


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: `a, b and c`."""
    language = current()
    if not language.is_english:
        from babel.lists import format_list  # noqa: PLC0415 - no one who writes English needs it

        return format_list(names, locale=language.code)
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def duration_in_words(text: str) -> str:
    """Return a duration as readers see it, from a text such as `2 days`; any other text as it is."""
    number, _space, unit = text.partition(" ")
    if not number.isdecimal():
        return text
    match unit.removesuffix("s"):
        case "minute":
            return ngettext("%(num)s minute", "%(num)s minutes", int(number))
        case "hour":
            return ngettext("%(num)s hour", "%(num)s hours", int(number))
        case "day":
            return ngettext("%(num)s day", "%(num)s days", int(number))
        case "week":
            return ngettext("%(num)s week", "%(num)s weeks", int(number))
    return text


def format_money(amount: str, currency: str) -> str:
    """Return an amount with its currency for readers: `EUR 1,200`.

    Args:
        amount: The amount, already for readers.
        currency: The three-letter code of the currency.
    """
    return _("%(currency)s %(amount)s", currency=currency, amount=amount)


def in_words(day: date) -> str:
    """Return a date as readers see it: `1 September 2026`."""
    language = current()
    if not language.is_english:
        from babel.dates import format_date  # noqa: PLC0415 - as above

        return format_date(day, "long", locale=language.code)
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """Return a date in short, for where a line is narrow: `1 Sep 2026`, which no line breaks."""
    return period_in_words(day, day).replace(" ", "\u00a0")


def period_in_words(first: date, last: date) -> str:
    """Return a first and a last day in short, without what they share."""
    language = current()
    if not language.is_english:
        from babel.dates import format_interval  # noqa: PLC0415 - as above

        return format_interval(first, last, "yMMMd", locale=language.code)
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%b %Y} \N{EN DASH} {end}"
    return (
        f"{first.day}\N{EN DASH}{end}"
        if first.month == last.month
        else f"{first.day} {first:%b} \N{EN DASH} {end}"
    )


def month_in_words(first: date) -> str:
    """Return the month of a date as readers see it: `September 2026`."""
    return in_part(first, "MMMM y", f"{first:%B %Y}")


def weekday_in_words(day: date) -> str:
    """Return the weekday of a date as readers see it: `Tuesday`."""
    return in_part(day, "EEEE", f"{day:%A}")


def in_part(day: date, pattern: str, english: str) -> str:
    """Return a part of a date as readers see it.

    Args:
        day: The date.
        pattern: The part, as a pattern of the Unicode locale data.
        english: The part in English.
    """
    language = current()
    if language.is_english:
        return english
    from babel.dates import format_date  # noqa: PLC0415 - as above

    return format_date(day, pattern, locale=language.code)


def short_weekday(day: date) -> str:
    """Return the day of the week in short, such as "Mon"."""
    return in_part(day, "EEE", f"{day:%a}")


def day_and_month(day: date, *, short: bool = False) -> str:
    """Return a date without its year as readers see it: `24 November`, or in short `24 Nov`."""
    language = current()
    if language.is_english:
        return f"{day.day} {day:%b}" if short else f"{day.day} {day:%B}"
    from babel.dates import format_skeleton  # noqa: PLC0415 - as above

    return str(format_skeleton("MMMd" if short else "MMMMd", day, locale=language.code))
