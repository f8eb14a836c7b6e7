"""Amounts, numbers and dates in cells. A wrong one is worse than none: readers would believe it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handbook.imports.amounts import money_words, read_money
from handbook.imports.counts import read_number
from handbook.imports.dates import days_of
from handbook.imports.durations import read_lasting
from handbook.imports.numbers import plain_number

_NUMBERS = {
    1200: (
        "1200",
        "1,200",
        "1.200",
        "1 200",
        "1'200",
        "1.200,00",
        "1,200.00",
        "1.2k",
        "1200.-",
        "1.200,\u2013",
    ),
    1200.5: ("1200.5", "1,200.50", "1.200,50", "1 200,50", "1'200.50"),
    1234567: ("1,234,567", "1.234.567", "12,34,567", "1 234 567"),
    0.5: (".50", "0,50", "0.5"),
    2_500_000: ("2,5 Mio.", "2.500 k"),
}
_AROUND = ("EUR {}", "{} EUR", "{}EUR", "€{}", "€ {}", "{} €", "{}€", "{} Euro")
_PERIODS = {
    "": "",
    "/month": "month",
    " p.m.": "month",
    " monatlich": "month",
    "/yr": "year",
    " p.a.": "year",
    " jährlich": "year",
    "/a": "year",
}


@pytest.mark.parametrize("period", _PERIODS)
def test_an_amount_is_the_same_however_it_is_written(period: str) -> None:
    for number, forms in _NUMBERS.items():
        for form in forms:
            for around in _AROUND:
                text = around.format(form) + period
                found = read_money(text)
                assert found == (number, "EUR", _PERIODS[period], False, ""), text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "(1,200.00)",
            "-100 EUR",
            "\u2212100 EUR",
            "\u2011100 EUR",
            "100-200 EUR",
            "<100 EUR",
            "100 EUR + VAT",
        ),
        *("1.200.50 EUR", "1,2,3", "12.5.2026", "10.00.00 EUR", "1..200", "1_200 EUR", "1e3", "1.5e3 EUR"),
        *(
            "12 bn USD",
            "$12B",
            "12 Mrd. €",
            "12 thousand USD",
            "12 lakh INR",
            "€100m",
            "1.200¹ EUR",
            "100²",
            "½ EUR",
        ),
        *("100 EUR/week", "100 EUR per day", "100 EUR halbjährlich", "100 EUR einmalig", "100 EUR one time"),
        *(
            "500 EUR biweekly",
            "100 USD/2 years",
            "100 EUR / 6 Monate",
            "100 EUR x 12",
            "2x100 EUR",
            "5 EUR 50",
        ),
        *(
            "1,200 EUR for all users",
            "free for 10 users",
            "20% EUR",
            "XY$100",
            "True",
            "2.5 millionEUR",
            "2.5MEUR",
        ),
        *("#REF!", "#DIV/0!", "=SUM(A1)", "=1+2", "9" * 400, "9" * 5000),
        *(float("nan"), float("inf"), -float("inf"), 10**400, True),
    ],
)
def test_what_could_be_another_amount_is_none(text: Any) -> None:
    found = read_money(text)
    assert found.amount is None
    assert found.rest


def test_thousands_of_a_currency_are_thousands() -> None:
    for text in (
        "12 T€",
        "0.012 million €",
        "12 TEUR",
        "12 kEUR",
        "12k EUR",
        "K€ 12",
        "12 k€",
        "12 Tsd. €",
        "€0.012M",
    ):
        assert read_money(text)[:2] == (12000, "EUR"), text


@pytest.mark.parametrize(
    ("title", "cell", "amount", "period"),
    [
        ("Cost (k€)", "12", 12000, ""),
        ("Cost (k€)", 12.5, 12500, ""),
        ("Cost (k€)", "12k", 12000, ""),
        ("Annual cost in TEUR", 3, 3000, "year"),
        ("Kosten pro Quartal", "300", 1200, "year"),
        ("Kosten pro Quartal", "300 mtl.", 300, "month"),
        ("Monthly cost", "€100 p.a.", 100, "year"),
        ("Cost per week", "100", None, ""),
        ("Setup fee", 100, None, ""),
        ("Half-yearly cost", 100, None, ""),
    ],
)
def test_a_title_says_what_its_amounts_are(title: str, cell: Any, amount: float | None, period: str) -> None:
    found = read_money(cell, "", money_words(title))
    assert (found.amount, found.period) == (amount, period)


@pytest.mark.parametrize(
    "value", ["1,2,3", "12.5.2026", "5²", "5m", "1e3", "9" * 5000, 10**400, float("nan"), float("inf")]
)
def test_what_could_be_another_number_is_none(value: Any) -> None:
    assert read_number(value).number is None
    assert read_number(value).rest


@pytest.mark.parametrize("number", [0, 7, 999, 1000, 65_536, 1_234_567, 12.5, 0.25, 1999.99])
@pytest.mark.parametrize("marks", [",.", ".,"])
def test_numbers_come_back_from_their_texts(number: float, marks: str) -> None:
    text = f"{number:,}".translate(str.maketrans(",.", marks))
    assert plain_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-12-31",
            "2026/12/31",
            "31.12.2026",
            "31.12.26",
            "31 Dec 2026",
            "31-Dec-2026",
            "December 31st, 2026",
        ),
        *(
            "31. Dezember 2026",
            "31 de diciembre de 2026",
            "31 décembre 2026",
            "Thu, 31 Dec 2026",
            "12/31/2026",
        ),
        *("2026-12-31T23:30:00-05:00", "2026-12-31 23:59:59", "12/31/2026 10:00 AM", "Dec 31 2026 10:30"),
    ],
)
def test_a_date_is_the_same_however_it_is_written(text: str) -> None:
    assert [day.isoformat() for day in days_of(text).dates] == ["2026-12-31"]
    assert not days_of(text).rest


def test_only_a_number_of_a_spreadsheet_is_a_day() -> None:
    assert [days_of(cell).dates for cell in ("46387", 46387.5, True, 12)] == [(), (), (), ()]
    assert days_of(46387).dates == [date(2026, 12, 31)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "24 Monate ab Mai 2027",
            "30 days before May 2027",
            "2 seats until May 2027",
            "30 days before 1 May 2027",
        ),
        *(
            "2026-01-05 bis 2026-12-31",
            "10.10.2026 - 10.10.2027",
            "1 January 2027 + 3 years",
            "2026-02-30",
            "Mar 2027",
        ),
    ],
)
def test_what_could_be_another_date_is_none(text: str) -> None:
    assert not days_of(text).dates
    assert days_of(text).rest == text


@pytest.mark.parametrize(
    "text", ["2027-01-31 (cancelled)", "not before 31 January 2027", "31.01.2027 or earlier"]
)
def test_what_a_text_says_besides_a_date_is_kept(text: str) -> None:
    assert [day.isoformat() for day in days_of(text).dates] == ["2027-01-31"]
    assert days_of(text).rest == text


@pytest.mark.parametrize(
    ("text", "day", "notice"),
    [("2 weeks before", -14, 14), ("1 Tag vor dem Start", -1, 1), ("1 day after", 1, 1)],
)
def test_a_day_before_another_has_a_sign_and_notice_has_none(text: str, day: int, notice: int) -> None:
    for at_least, number in ((False, day), (True, notice)):
        found = read_lasting(text, "Due", "day", at_least=at_least)
        assert found
        assert found.number == number
