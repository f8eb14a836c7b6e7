"""Numbers for readers are rounded in one way: half away from zero, by their decimal digits."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.base.numbers import (
    Number,
    exact,
    format_fixed,
    format_number,
    format_percent,
    format_significant,
    round_half_away,
    round_significant,
)
from handbook.base.sentences import in_words
from handbook.render.filters import formatted, number, round_number
from tests.effort import runs
from tests.node import vectors
from tests.sites import ROOT

MINUS = "\N{MINUS SIGN}"
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TIES = st.builds(
    lambda tenths, power: float(f"{tenths}5e{power}"), st.integers(-(10**6), 10**6), st.integers(-9, 3)
)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (0.5, 0, 1),
        (1.5, 0, 2),
        (2.5, 0, 3),
        (-0.5, 0, -1),
        (-2.5, 0, -3),
        (2.4999999999999996, 0, 2),
        (2.675, 2, Fraction(268, 100)),
        (1.005, 2, Fraction(101, 100)),
        (-1.005, 2, Fraction(-101, 100)),
        (47.5, 0, 48),
        (26.7, 0, 27),
        (Fraction(1, 3), 2, Fraction(33, 100)),
        (Decimal("0.125"), 2, Fraction(13, 100)),
        (1250, -2, 1300),
        (-1250, -2, -1300),
        (1e22, 0, 10**22),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: Number, places: int, rounded: Number) -> None:
    assert round_half_away(value, places) == rounded


@settings(max_examples=runs(sample=300, full=10_000))
@given(st.one_of(FLOATS, TIES), st.integers(-3, 12))
def test_rounding_is_that_of_decimal_arithmetic(value: float, places: int) -> None:
    """Away from zero is what Python calls half up, whatever the sign."""
    wide = Context(prec=700)
    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, wide)
    assert round_half_away(value, places) == Fraction(expected)
    assert round_half_away(-value, places) == -round_half_away(value, places)
    assert abs(round_half_away(value, places) - exact(value)) <= Fraction(10) ** -places / 2
    assert round_half_away(round_half_away(value, places), places) == round_half_away(value, places)


@settings(max_examples=runs(sample=300, full=10_000))
@given(st.one_of(FLOATS, TIES), st.integers(1, 6))
def test_significant_digits_are_those_of_decimal_arithmetic(value: float, digits: int) -> None:
    expected = Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(repr(value)))
    assert round_significant(value, digits) == Fraction(expected)
    shown = format_significant(value, digits).replace(MINUS, "-").replace(",", "")
    assert Fraction(Decimal(shown)) == Fraction(expected)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (format_number(26.65), "26.7"),
        (format_number(-0.04), "0"),
        (format_number(-0.05), f"{MINUS}0.1"),
        (format_number(1234567.25, 2), "1,234,567.25"),
        (format_number(1200, 0), "1,200"),
        (format_fixed(1234.5, 2), "1,234.50"),
        (format_fixed(-0.004, 2), "0.00"),
        (format_percent(4, 15), "26.7%"),
        (format_percent(0.475), "47.5%"),
        (format_percent(7, 10), "70%"),
        (format_percent(0.2845), "28.5%"),
        (format_significant(0.05 / 3), "0.0167"),
        (format_significant(9.996), "10"),
        (format_significant(1234567), "1,230,000"),
        (format_significant(1.5e-7), "1.5e-07"),
        (format_significant(-0.05, 4), f"{MINUS}0.05"),
        (format_significant(1e20), "1e+20"),
        (format_significant(0), "0"),
        (number(12.5), "12.50"),
        (number(12.0), "12"),
        (number(4.25, 6), "4.25"),
        (formatted("%.1f and %d%%", 0.25, 26.7), "0.3 and 27%"),
        (formatted("%.3g", 0.05 / 3), "0.0167"),
        (formatted("%s", "2.5"), "2.5"),
        (round_number(42.55, 1), 42.6),
        (round_number(2.5), 3.0),
        (round_number(-2.5), -3.0),
        (round_number(2.7, 0, "floor"), 2.0),
        (round_number(7), 7),
    ],
)
def test_numbers_are_formatted_alike_everywhere(shown: object, expected: object) -> None:
    assert shown == expected


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(TypeError, match="str is not a number"):
        exact("1e999999999")  # type: ignore[arg-type]
    with pytest.raises(OverflowError):
        exact(float("inf"))


SHARED: Mapping[str, Callable[..., object]] = {
    "rounded": lambda value, places: float(round_half_away(value, places)),
    "number": lambda value: format_number(value, 3),
    "percent": format_percent,
    "significant": format_significant,
    "inWords": lambda day: in_words(date.fromisoformat(day)),
}
"""The functions of the engine by the names of those of the scripts."""


def test_the_engine_writes_what_the_scripts_write() -> None:
    for case in (*vectors("words"), *vectors("dates")):
        assert SHARED[case.function](*case.arguments) == case.result, case


ALLOWED = {
    "base/numbers.py": "the one place",
    "draw/chart.py": "the geometry of a picture",
    "draw/network.py": "the geometry of a picture",
    "draw/series.py": "the geometry of a picture",
    "draw/streams.py": "the geometry of a picture",
    "kinds/any/freshness.py": "the geometry of a ring",
    "kinds/experiment/effect.py": "the geometry of a picture",
    "kinds/tool/audit.py": "the length of a bar",
    "kinds/tool/cost_groups.py": "the length of a bar",
    "kinds/tool/notice_timeline.py": "the geometry of a picture",
    "publish/preview.py": "a duration in the log",
    "search/index.py": "weights, which nobody reads",
}


def test_nothing_else_rounds() -> None:
    """Neither Python's `round`, which takes halves to even numbers, nor a format with decimals."""
    found = []
    package = ROOT / "src/handbook"
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    for path, text in texts.items():
        # Most files have nothing of the sort, and take long to parse.
        for node in ast.walk(ast.parse(text)) if re.search(r"\bround\b|\.\d+[efgEFG%]", text) else ():
            is_round = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round"
            )
            spec = ""
            if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                spec = ast.unparse(node.format_spec)
            if is_round or re.search(r"\.\d+[efgEFG%]", spec):
                found.append(path.relative_to(package).as_posix())
    assert set(found) <= ALLOWED.keys()
    scripts = [
        path.name for path in (package / "publish/browser").glob("*.js") if _rounds(path.read_text("utf-8"))
    ]
    # The calculator draws a curve, checklists write times for programs, the form adds up shares as its rule
    # does, the search weighs words, and counts are whole.
    assert sorted(scripts) == [
        "calculator.js",
        "checklist.js",
        "checklist_runs.js",
        "form_rules.js",
        "language.js",
        "search_question.js",
        "search_ranking.js",
        "words.js",
    ]
    views = [path.name for path in (ROOT / "macros").rglob("*.jinja") if _cuts(path.read_text("utf-8"))]
    assert views == []


def _rounds(script: str) -> bool:
    return bool(re.search(r"\.toFixed\(|\.toPrecision\(|Math\.(round|floor|trunc)\(|NumberFormat\(", script))


def _cuts(view: str) -> bool:
    return bool(re.search(r"\|\s*(round|int)\b|//", view))
