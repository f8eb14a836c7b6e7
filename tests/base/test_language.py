"""Strings, dates and numbers in the language of the readers."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.base.language import Language, _, current, ngettext, pgettext, speaking
from handbook.base.memory import Memory, using
from handbook.base.numbers import format_number, format_percent
from handbook.base.sentences import in_words, listed, month_in_words, period_in_words
from handbook.base.spelling import Word
from handbook.base.text import words
from handbook.read.languages import language_codes, make_language, nearest_language, read_strings

GERMAN = make_language("de", {})


def test_a_string_is_english_unless_another_language_is_spoken() -> None:
    assert _("yes") == "yes"
    with speaking(GERMAN):
        assert _("yes") == "ja"
    assert _("yes") == "yes"


def test_a_string_that_nobody_has_translated_stays_as_it_is() -> None:
    with speaking(GERMAN):
        assert _("Nobody translates %(this)s", this="1%") == "Nobody translates 1%"
        assert pgettext("verb", "Nobody translates this") == "Nobody translates this"


def test_a_plural_depends_on_the_number() -> None:
    assert [ngettext("%(num)s squad", "%(num)s squads", number) for number in (0, 1, 2, 3000)] == [
        "0 squads",
        "1 squad",
        "2 squads",
        "3,000 squads",
    ]
    with speaking(GERMAN):
        assert ngettext("%(num)s day", "%(num)s days", 3000) == "3.000 Tage"
        assert [ngettext("squad", "squads", number) for number in (1, 2)] == ["Squad", "Squads"]


def test_a_plural_in_a_script_has_each_form_of_its_language() -> None:
    assert read_strings("de").scripts["%(num)s day"] == {"one": "%(num)s Tag", "other": "%(num)s Tage"}


def test_a_catalogue_that_a_memory_has_is_not_compiled_again() -> None:
    first = Memory()
    with using(first):
        compiled = read_strings.__wrapped__("de")
    second = Memory(of_engine=first.of_engine)
    with using(second):
        kept = read_strings.__wrapped__("de")
    assert not second.has_new_of_engine
    assert kept.all.gettext("Owner") == compiled.all.gettext("Owner") != "Owner"
    assert kept[1:] == compiled[1:]


def test_english_dates_and_numbers_are_as_before() -> None:
    day = date(2026, 9, 1)
    assert (in_words(day), month_in_words(day)) == ("1 September 2026", "September 2026")
    assert (format_number(-1234.5), format_percent(4, 15)) == ("\N{MINUS SIGN}1,234.5", "26.7%")
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_period_is_short_and_says_what_its_ends_share_once() -> None:
    first = date(2026, 10, 13)
    ends = (first, date(2026, 10, 22), date(2026, 11, 2), date(2027, 1, 2))
    assert [period_in_words(first, last) for last in ends] == [
        "13 Oct 2026",
        "13\N{EN DASH}22 Oct 2026",
        "13 Oct \N{EN DASH} 2 Nov 2026",
        "13 Oct 2026 \N{EN DASH} 2 Jan 2027",
    ]
    with speaking(GERMAN):
        assert period_in_words(*ends[:2]) == "13.\N{EN DASH}22. Okt. 2026"


def test_german_dates_and_numbers_are_as_germans_write_them() -> None:
    day = date(2026, 3, 1)
    with speaking(GERMAN):
        assert (in_words(day), month_in_words(day)) == ("1. März 2026", "März 2026")
        assert (format_number(1234.5), format_percent(4, 15)) == ("1.234,5", "26,7\N{NO-BREAK SPACE}%")
        assert listed(["a", "b", "c"]) == "a, b und c"
        assert (listed([]), listed(["a"])) == ("", "a")


@pytest.mark.parametrize(("code", "spoken"), [("de-AT", "de"), ("de_CH", "de"), ("DE", "de"), ("xx", "en")])
def test_a_regional_code_is_its_language_and_an_unknown_one_is_english(code: str, spoken: str) -> None:
    assert make_language(code, {}).code == spoken
    assert (nearest_language(code) is None) == (code == "xx")
    assert language_codes() == ["de", "en"]


def test_a_marked_term_is_the_word_of_the_company() -> None:
    pods = make_language("en", {"squad": Word("pod", "pods"), "on-call": Word("duty", "duties")})
    text = "$squad, $Squads, $on-calls; $SQUAD, $squadron, $USER and US$5 stay."
    assert pods.with_words(text) == "pod, Pods, duties; $SQUAD, $squadron, $USER and US$5 stay."
    assert Language().with_words("$Squads of a $squad") == "Squads of a squad"
    assert GERMAN.with_words("$squads") == "Squads"


def test_the_words_of_an_id_use_the_word_of_the_company() -> None:
    assert words("some-squads") == "Some squads"
    with speaking(make_language("en", {"squad": Word("pod", "pods")})):
        assert words("some-squads") == "Some pods"


def test_a_language_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(ValueError, match="no"), speaking(GERMAN):
        raise ValueError("no")
    assert current().code == "en"
