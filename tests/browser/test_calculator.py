"""The experiment calculator gives the numbers of the command line."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from playwright.sync_api import expect
from statsmodels.stats.power import NormalIndPower

from handbook.base.findings import Span
from handbook.kinds.experiment.plan import ExperimentPlan, experiment_plan
from handbook.link.catalogue import Entry
from tests.browser.conftest import OpenPage
from tests.conftest import MakeBasis
from tests.node import call

CALCULATOR = "experiments/plan/"


def designs() -> list[dict[str, Any]]:
    """Thousands of designs, sensible and not."""
    shared = itertools.product(
        ("absolute", "relative"),
        (0.05, 0.01),
        (0.8, 0.95),
        ("one", "two"),
        (3, 2000),
        (None, [50, 50], [50, 30, 20]),
    )
    values = [
        *(
            {"measure": "proportion", "baseline": b, "minimum_detectable_effect": e}
            for b in (0, 2, 20, 97)
            for e in (0.5, 5, 40)
        ),
        *(
            {"measure": "mean", "baseline": b, "minimum_detectable_effect": e, "standard_deviation": 12.5}
            for b in (0, -3, 40)
            for e in (0.001, 5, 40)
        ),
    ]
    found = []
    for (effect, alpha, power, sides, traffic, shares), value in itertools.product(shared, values):
        found.append(
            value
            | {"effect": effect, "alpha": alpha, "power": power, "sides": sides, "traffic_per_day": traffic}
            | {"window_days": 7, "better": "down" if value["baseline"] == 20 else "up"}
            | ({"shares": shares} if shares else {})
        )
    return found


METRICS = """metrics:
  - {id: more, name: More, summary: A., status: agreed, definition: A., direction: up}
  - {id: less, name: Less, summary: A., status: agreed, definition: A., direction: down}
"""


def planned(make_basis: MakeBasis) -> list[tuple[dict[str, Any], ExperimentPlan]]:
    """What the engine says to each of them."""
    basis = make_basis({"sources/metrics.yaml": METRICS})
    kind = basis.catalogue.kind("experiment")
    pairs = []
    for design in designs():
        own = {name: value for name, value in design.items() if name not in {"better", "shares"}}
        data: dict[str, Any] = {
            "id": "one",
            "metric": "less" if design["better"] == "down" else "more",
            "design": own,
        }
        if "shares" in design:
            data["variants"] = tuple(
                {"id": str(i), "name": str(i), "share": s} for i, s in enumerate(design["shares"])
            )
        pairs.append((design, experiment_plan(basis, Entry(kind, "one", data, "x.yaml", Span()))))
    return pairs


@pytest.mark.node
def test_the_page_plans_as_the_command_line_does(make_basis: MakeBasis) -> None:
    pairs = planned(make_basis)
    assert len(pairs) >= 2000
    assert sum(1 for _, plan in pairs if not plan.problem) >= 1000
    found = call("sample_size.js", "plan", [[design] for design, _ in pairs])
    for (design, plan), shown in zip(pairs, found, strict=True):
        told = [
            shown[name] for name in ("problem", "total", "enrolment_days", "days", "weeks", "comparisons")
        ]
        assert told == [
            plan.problem,
            plan.total,
            plan.enrolment_days,
            plan.days,
            plan.weeks,
            plan.comparisons,
        ], design
        assert shown["sizes"] == [size.people for size in plan.sizes], design
        assert shown["expected"] == pytest.approx(plan.expected), design


@pytest.mark.node
def test_the_curve_is_that_of_statsmodels() -> None:
    cases, expected = [], []
    for deviation, difference, total in itertools.product((2.0, 9.0), (0.3, 1.5), (40, 400, 4000)):
        design = {
            "measure": "mean",
            "baseline": 10,
            "standard_deviation": deviation,
            "minimum_detectable_effect": difference,
            "effect": "absolute",
            "alpha": 0.05,
            "power": 0.8,
            "sides": "one",
            "traffic_per_day": 10,
        }
        cases.append([design, total])
        expected.append(NormalIndPower().power(difference / deviation, total / 2, 0.05, alternative="larger"))
    found = call("sample_size.js", "powerOf", cases)
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.browser
def test_a_plan_follows_what_is_typed_and_stands_in_the_address(open_page: OpenPage, address: str) -> None:
    page = open_page(address + CALCULATOR)
    answer = page.get_by_role("region", name="Sample size and runtime")
    page.get_by_label("Baseline conversion rate (%)").fill("30")
    page.get_by_label("Minimum detectable effect (MDE)").fill("20")
    page.get_by_label("Start date (optional)").fill("2026-12-01")
    expect(answer).to_contain_text("until")
    shown = answer.inner_text()
    expect(answer.get_by_role("img")).to_be_visible()
    other = open_page(page.url)
    assert other.get_by_role("region", name="Sample size and runtime").inner_text() == shown


@pytest.mark.browser
def test_a_mean_asks_for_its_spread(open_page: OpenPage, address: str) -> None:
    page = open_page(address + CALCULATOR)
    spread = page.get_by_label("Standard deviation")
    expect(spread).to_be_hidden()
    page.get_by_label("Metric type").select_option("Average (mean)")
    expect(spread).to_be_visible()
    expect(page.get_by_role("region", name="Sample size and runtime")).to_contain_text("users in total")


@pytest.mark.browser
def test_what_cannot_be_planned_says_why(open_page: OpenPage, address: str) -> None:
    page = open_page(address + CALCULATOR)
    answer = page.get_by_role("region", name="Sample size and runtime")
    page.get_by_label("Baseline conversion rate (%)").fill("99")
    expect(answer).to_contain_text("both values must be between 0 and 1")
    page.get_by_label("Baseline conversion rate (%)").fill("")
    expect(answer).to_contain_text("Baseline conversion rate (%)")
