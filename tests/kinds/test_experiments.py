"""The sizes and readings of experiments, beside those of statsmodels and scipy."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handbook.kinds.any.basis import Basis
from handbook.kinds.experiment.calculator import INPUTS
from handbook.kinds.experiment.chi_square import goodness_of_fit, upper_tail
from handbook.kinds.experiment.effect import experiment_effects
from handbook.kinds.experiment.plan import ExperimentPlan, experiment_plan
from handbook.kinds.experiment.reading import ExperimentReading, experiment_reading
from handbook.kinds.experiment.statistics import Sample, interval, mean_size, p_value, proportion_size
from handbook.link.catalogue import Entry
from tests.conftest import MakeBasis
from tests.node import Vector, vectors
from tests.shipped import with_data
from tests.sites import ROOT
from tests.theirs import scipy_stats, statsmodels

SIDES = {"two": "two-sided", "one": "larger"}

DESIGN = {
    "measure": "proportion",
    "baseline": 12,
    "minimum_detectable_effect": 3,
    "effect": "absolute",
    "alpha": 0.05,
    "power": 0.8,
    "sides": "two",
    "traffic_per_day": 330,
    "window_days": 7,
}
VARIANTS = [
    {"id": "control", "name": "Control", "share": 50},
    {"id": "prompt", "name": "Prompt", "share": 50},
]
RESULTS = [
    {"variant": "control", "participants": 2288, "conversions": 281},
    {"variant": "prompt", "participants": 2304, "conversions": 369},
]
METRICS = """metrics:
  - {id: errors, name: Errors, summary: A., status: agreed, definition: A., direction: down}
"""

Made = Callable[..., tuple[Basis, Entry]]
Figures = Callable[..., tuple[ExperimentPlan, ExperimentReading]]


@pytest.fixture
def made(make_basis: MakeBasis) -> Made:
    """An experiment with some fields changed."""

    def make(
        design: Mapping[str, Any] = MappingProxyType({}), without: str = "", **fields: Any
    ) -> tuple[Basis, Entry]:
        entry = {
            "name": "A",
            "summary": "B.",
            "status": "decided",
            "hypothesis": "C.",
            "ended_on": "2026-11-15",
            "decision": {"outcome": "ship", "date": "2026-11-18", "why": "D."},
            "variants": VARIANTS,
            "design": DESIGN | dict(design),
            "results": RESULTS,
            **fields,
        }
        entry.pop(without, None)
        files = {"sources/experiments/a.yaml": yaml.safe_dump(entry), "sources/metrics.yaml": METRICS}
        basis = make_basis(files)
        return basis, basis.catalogue.entry("experiment", "a")

    return make


@pytest.fixture
def figures(made: Made) -> Figures:
    """The plan and the reading of an experiment with some fields changed."""

    def work_out(*arguments: Any, **fields: Any) -> tuple[ExperimentPlan, ExperimentReading]:
        basis, experiment = made(*arguments, **fields)
        return experiment_plan(basis, experiment), experiment_reading(basis, experiment)

    return work_out


DESIGNS = tuple(product((0.05, 0.01), (0.8, 0.95), SIDES, (1, 0.25, 3)))
"""Alpha, power, sides and the ratio of the groups."""


@pytest.mark.parametrize(("baseline", "change"), list(product((0.02, 0.12, 0.5, 0.9), (0.01, -0.01, 0.05))))
def test_the_size_for_shares_is_that_of_statsmodels(baseline: float, change: float) -> None:
    size = statsmodels("proportion").samplesize_proportions_2indep_onetail
    for design in DESIGNS:
        alpha, power, sides, ratio = design
        # There the first group is the variant, so its size and its ratio are the other way round.
        theirs = size(change, baseline, power, ratio=1 / ratio, alpha=alpha, alternative=SIDES[sides])
        ours = proportion_size(
            baseline, baseline + change, alpha=alpha, power=power, sides=sides, ratio=ratio
        )
        assert ours == pytest.approx(theirs / ratio), design


@pytest.mark.parametrize("case", vectors("quantile"), ids=str)
def test_the_quantiles_of_the_scripts_are_those_of_scipy(case: Vector) -> None:
    assert scipy_stats().norm.ppf(case.arguments[0]) == pytest.approx(case.result, rel=1e-12)


@pytest.mark.parametrize("effect", [0.01, 0.1, 0.5])
def test_the_size_for_means_is_that_of_statsmodels(effect: float) -> None:
    size = statsmodels("power").NormalIndPower().solve_power
    for design in DESIGNS:
        alpha, power, sides, ratio = design
        theirs = size(effect, None, alpha, power, ratio, SIDES[sides])
        ours = mean_size(4 * effect, 4, alpha=alpha, power=power, sides=sides, ratio=ratio)
        # Of two sides, statsmodels also counts differences that are found on the wrong one.
        assert ours == pytest.approx(theirs, rel=1e-3), design


@pytest.mark.parametrize(
    ("first", "second", "sides"),
    list(product(((281, 2288), (0, 50), (5, 40), (999, 1000)), ((369, 2304), (3, 60), (1, 900)), SIDES)),
)
def test_shares_are_compared_as_statsmodels_compares_them(
    first: tuple[int, int], second: tuple[int, int], sides: str
) -> None:
    control, variant = (Sample(size, count / size, 0) for count, size in (first, second))
    _, theirs = statsmodels("proportion").proportions_ztest(
        [second[0], first[0]], [second[1], first[1]], alternative=SIDES[sides]
    )
    assert p_value(control, variant, sides, 1, is_proportion=True) == pytest.approx(theirs, abs=1e-12)
    wide = statsmodels("proportion").confint_proportions_2indep(
        *second, *first, method="newcomb", compare="diff", alpha=0.05
    )
    assert interval(control, variant, 0.05, "two", is_proportion=True) == pytest.approx(wide)
    assert interval(control, variant, 0.025, "one", is_proportion=True) == pytest.approx(wide)


@pytest.mark.parametrize("sides", SIDES)
@pytest.mark.parametrize("second", [[3.0, 3.5, 4.0, 9.0] * 20, [1.0, 1.0, 2.0] * 30])
def test_means_are_compared_as_statsmodels_compares_them(second: list[float], sides: str) -> None:
    weightstats = statsmodels("weightstats")
    described = [weightstats.DescrStatsW(values) for values in (second, [2.0, 3.0, 4.0, 4.5, 7.0] * 15)]
    samples = [Sample(int(each.nobs), each.mean, each.std_ddof(1)) for each in described]
    compared = weightstats.CompareMeans(*described)
    _, p = compared.ztest_ind(alternative=SIDES[sides], usevar="unequal")
    assert p_value(samples[1], samples[0], sides, 1, is_proportion=False) == pytest.approx(p, abs=1e-12)
    wide = compared.zconfint_diff(0.05, "two-sided", usevar="unequal")
    assert interval(samples[1], samples[0], 0.05, "two", is_proportion=False) == pytest.approx(wide)


@given(st.floats(0, 2000), st.integers(1, 60))
def test_the_tail_of_chi_square_is_that_of_scipy(statistic: float, degrees: int) -> None:
    assert upper_tail(statistic, degrees) == pytest.approx(
        scipy_stats().chi2.sf(statistic, degrees), rel=1e-9, abs=1e-14
    )


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 100)), min_size=2, max_size=6))
def test_counts_are_compared_with_shares_as_scipy_compares_them(drawn: list[tuple[int, int]]) -> None:
    counts, shares = [count + 1 for count, _ in drawn], [share for _, share in drawn]
    expected = [sum(counts) * share / sum(shares) for share in shares]
    assert goodness_of_fit(counts, shares) == pytest.approx(
        scipy_stats().chisquare(counts, expected).pvalue, abs=1e-12
    )


def test_a_plan_says_people_and_days(figures: Figures) -> None:
    """The example of the A/B test template: 12% to 15%, 330 users a day, a window of a week."""
    plan, _ = figures(starts_on="2026-10-26", planned_end="2026-11-15")
    assert [size.people for size in plan.sizes] == [2036, 2036]
    assert (plan.total, plan.enrolment_days, plan.days, plan.weeks) == (4072, 13, 20, 3)
    assert str(plan.ends_on) == "2026-11-15"
    assert not plan.is_too_short
    assert figures(starts_on="2026-10-26", planned_end="2026-11-13")[0].is_too_short


def test_a_whole_size_is_not_rounded_up_by_the_arithmetic(figures: Figures) -> None:
    # Quantiles of 1 and 0: twice the square of 1 / 0.1 is 200; floating point says a bit more.
    plan, _ = figures(
        {
            "measure": "mean",
            "baseline": 5,
            "minimum_detectable_effect": 0.1,
            "standard_deviation": 1,
            "alpha": 0.31731050786291415,
            "power": 0.5,
        },
        without="results",
    )
    assert [size.people for size in plan.sizes] == [200, 200]


def test_the_effect_goes_where_the_metric_is_better(figures: Figures) -> None:
    assert figures()[0].expected == pytest.approx(0.15)
    assert figures(metric="errors")[0].expected == pytest.approx(0.09)
    assert figures({"minimum_detectable_effect": 25, "effect": "relative"})[0].expected == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("fields", "lowest", "wanted", "unit"),
    [
        ({}, 1.72, 3, "percentage points"),
        ({"metric": "errors"}, 1.72, -3, "percentage points"),
        ({"design": {"minimum_detectable_effect": 25, "effect": "relative"}}, 1.72, 3, "percentage points"),
    ],
)
def test_effects_are_placed_on_one_scale(
    made: Made, fields: dict[str, Any], lowest: float, wanted: float, unit: str
) -> None:
    found = experiment_effects(*made(**fields))
    assert found
    (effect,) = found.effects
    ticks = {float(tick.label.replace("\u2212", "-")): tick.at for tick in found.ticks}
    first, last = min(ticks), max(ticks)

    def place(value: float) -> float:
        return ticks[first] + (value - first) * (ticks[last] - ticks[first]) / (last - first)

    assert found.minimum is not None
    assert (found.zero, found.minimum) == pytest.approx((place(0), place(wanted)), abs=2)
    assert (effect.start, effect.at) == pytest.approx((place(lowest), place(3.73)), abs=2)
    assert 0 <= min(effect.start, found.zero, found.minimum) < max(effect.end, found.minimum) <= 1000
    assert (effect.size, effect.change, effect.verdict) == (
        "+3.73",
        "12.3% → 16.0%",
        "worse" if wanted < 0 else "better",
    )
    assert (found.unit, found.confidence) == (unit, "95%")
    assert list(ticks.values()) == sorted(ticks.values())


def test_an_effect_on_a_mean_has_the_unit_of_the_metric(made: Made) -> None:
    results = [
        {"variant": variant["id"], "participants": 1000, "mean": mean, "standard_deviation": 4}
        for variant, mean in zip(VARIANTS, (3, 4), strict=True)
    ]
    found = experiment_effects(*made(MEANS, results=results))
    assert found
    assert [(effect.size, found.unit) for effect in found.effects] == [("+1", "")]


def test_results_without_a_design_have_no_scale(made: Made) -> None:
    assert experiment_effects(*made(without="design")) is None


def test_several_variants_take_more_people_and_are_harder_to_believe(figures: Figures) -> None:
    third = {"id": "banner", "name": "Banner", "share": 25}
    variants = [VARIANTS[0], {**VARIANTS[1], "share": 25}, third]
    results = [*RESULTS, {"variant": "banner", "participants": 1000, "conversions": 125}]
    plan, reading = figures(variants=variants, results=results)
    assert (plan.comparisons, plan.alpha) == (2, 0.025)
    control = proportion_size(0.12, 0.15, alpha=0.025, power=0.8, sides="two", ratio=0.5)
    expected = [control, control / 2, control / 2]
    assert [size.people for size in plan.sizes] == pytest.approx(expected, abs=1)
    _, alone = figures()
    assert reading.comparisons[0].p == pytest.approx(2 * alone.comparisons[0].p)
    assert reading.comparisons[0].high > alone.comparisons[0].high


MEANS = {"measure": "mean", "baseline": 3.1, "standard_deviation": 4.1}


@pytest.mark.parametrize(
    ("design", "problem"),
    [
        ({"minimum_detectable_effect": 90}, "A change from 0.12 to 1.02 is impossible for a proportion"),
        ({"minimum_detectable_effect": 1e-9}, "This needs more than 1,000,000,000,000 people or days"),
        ({"traffic_per_day": 1e-300}, "This needs more than 1,000,000,000,000 people or days"),
        ({"minimum_detectable_effect": 1e-300}, "The minimum detectable effect changes nothing"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why(figures: Figures, design: dict[str, Any], problem: str) -> None:
    plan, _ = figures(design, without="results")
    assert plan.problem.startswith(problem)
    assert plan.total == 0


@pytest.mark.parametrize(
    ("without", "problem"),
    [
        ("results", "No results yet."),
        (
            "design",
            (
                "The results cannot be analysed: the experiment has no design, so no success criteria "
                "were set in advance."
            ),
        ),
    ],
)
def test_results_that_cannot_be_read_say_why(figures: Figures, without: str, problem: str) -> None:
    assert figures(without=without)[1].problem == problem


def test_a_variant_that_nobody_counted_is_named(figures: Figures) -> None:
    variants = [*VARIANTS, {"id": "banner", "name": "Banner", "share": 10}]
    assert "Missing: the results of `banner`." in figures(variants=variants)[1].problem


def test_a_reading_says_the_difference_and_how_sure_it_is(figures: Figures) -> None:
    (comparison,) = figures()[1].comparisons
    assert comparison.verdict == "better"
    assert comparison.sentence == (
        "“Prompt” raises the conversion rate by 3.73 percentage points (95% confidence interval +1.72 to "
        "+5.75; p = 0.00028), from 12.3% to 16.0%, a relative lift of +30.4%. The difference is "
        "statistically significant."
    )
    (worse,) = figures(metric="errors")[1].comparisons
    assert worse.verdict == "worse"
    assert worse.sentence.endswith(
        " The difference is statistically significant, against the desired direction."
    )


def test_a_reading_that_is_unclear_claims_no_direction(figures: Figures) -> None:
    few = [
        {**result, "participants": 50, "conversions": did}
        for result, did in zip(RESULTS, (6, 8), strict=True)
    ]
    (comparison,) = figures(results=few)[1].comparisons
    assert comparison.sentence.startswith("“Prompt”: 16.0% compared with 12.0%, +4 percentage points")
    assert comparison.sentence.endswith("Inconclusive: the difference is not statistically significant.")


def test_what_makes_a_result_doubtful_is_said(figures: Figures) -> None:
    _, sound = figures(read_on="2026-11-16", planned_end="2026-11-15")
    assert sound.warnings == ()
    few = [{**RESULTS[0], "participants": 900}, {**RESULTS[1], "participants": 1200}]
    _, doubtful = figures(results=few, read_on="2026-11-10", planned_end="2026-11-15")
    assert [warning.partition(" ")[0] for warning in doubtful.warnings] == ["Sample", "Analysed", "Analysed"]
    assert "2,100 users of the 4,072" in doubtful.warnings[1]
    assert "Analysed on 10 November 2026, before the planned end on 15 November 2026" in doubtful.warnings[2]


def test_no_difference_at_all_and_no_spread_are_read_too(figures: Figures) -> None:
    same = [{**result, "participants": 100, "conversions": 0} for result in RESULTS]
    (comparison,) = figures(results=same)[1].comparisons
    assert (comparison.p, comparison.verdict, comparison.relative) == (1, "unclear", None)


@pytest.mark.parametrize(
    ("means", "deviation", "problem"),
    [
        ((3, 4), 0, "The results cannot be compared, because the standard deviations are 0"),
        ((3, 3), 0, "The results cannot be compared, because the standard deviations are 0"),
        ((3, 4), 1e300, "The results are too large to compare"),
        ((-1e308, 1e308), 1, "The results are too large to compare"),
    ],
)
def test_means_that_cannot_be_compared_say_why(
    figures: Figures, means: tuple[float, float], deviation: float, problem: str
) -> None:
    results = [
        {"variant": variant["id"], "participants": 100, "mean": mean, "standard_deviation": deviation}
        for variant, mean in zip(VARIANTS, means, strict=True)
    ]
    _, reading = figures(MEANS, results=results)
    assert reading.problem.startswith(problem)
    assert reading.comparisons == ()


def test_a_design_that_an_audience_sees_in_part_gives_no_plan(make_basis: MakeBasis) -> None:
    """A company may keep a number of its designs to a higher audience."""
    entry = {"name": "A", "summary": "B.", "status": "draft", "hypothesis": "C.", "design": DESIGN}
    basis = make_basis({"sources/experiments/a.yaml": yaml.safe_dump(entry)})
    whole = basis.catalogue.entry("experiment", "a")
    design = {name: value for name, value in DESIGN.items() if name not in {"baseline", "traffic_per_day"}}
    seen = with_data(whole, {**whole.data, "design": design})
    assert experiment_plan(basis, seen).problem == "Missing from the design: baseline and traffic per day."
    counted = with_data(seen, {**seen.data, "variants": VARIANTS, "results": RESULTS})
    del design["alpha"]
    assert experiment_reading(basis, counted).problem == "Missing from the design: alpha."


def test_an_experiment_can_have_every_design_that_the_calculator_takes() -> None:
    schema = json.loads(ROOT.joinpath("schemas/experiment.schema.json").read_text("utf-8"))
    design = schema["properties"]["design"]
    inputs = [each for each in INPUTS if each.name in design["properties"]]
    assert {each.name for each in INPUTS} - {each.name for each in inputs} == {
        "better",
        "variants",
        "starts_on",
    }
    usual = {each.name: each.default for each in inputs}
    for each in inputs:
        assert set(each.choices) == set(design["properties"][each.name].get("enum", ()))
        for value in (each.default, *each.choices, each.least, each.most):
            if value is not None:
                tried = usual | {each.name: value}
                if tried["measure"] == "proportion":
                    del tried["standard_deviation"]
                assert Draft202012Validator(design).is_valid(tried), (each.name, value)
