"""The experiment calculator gives the numbers of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import expect

from handbook.kinds.experiment.plan import experiment_plan
from handbook.link.catalogue import Entry
from handbook.read.schemas.kinds import Kind
from tests.browser.conftest import OpenPage
from tests.conftest import MakeBasis
from tests.node import vectors
from tests.theirs import statsmodels

CALCULATOR = "experiments/plan/"

METRICS = """metrics:
  - {id: up, name: Up, summary: A., status: agreed, definition: A., direction: up}
  - {id: down, name: Down, summary: A., status: agreed, definition: A., direction: down}
"""


def experiment(kind: Kind, design: Mapping[str, Any]) -> Entry:
    """Return an experiment with the design of a case; `shares` and the dates are fields of the experiment."""
    own = {name: design[name] for name in kind.shape.properties["design"].properties if name in design}
    days = {name: design[name] for name in ("starts_on", "planned_end") if name in design}
    data: dict[str, Any] = {"id": "one", "metric": design["better"], "design": own} | days
    if "shares" in design:
        data["variants"] = tuple(
            {"id": str(at), "name": str(at), "share": share} for at, share in enumerate(design["shares"])
        )
    return Entry(kind, "one", "x.yaml", find_data=lambda: data)


def test_the_command_line_plans_as_the_page_does(make_basis: MakeBasis) -> None:
    basis = make_basis({"sources/metrics.yaml": METRICS})
    kind = basis.catalogue.kind("experiment")
    cases = vectors("sample_size")
    assert sum(1 for case in cases if not case.result["problem"]) >= 100
    for case in cases:
        plan = experiment_plan(basis, experiment(kind, *case.arguments))
        values: dict[str, Any] = {name: getattr(plan, name) for name in case.result}
        values["sizes"] = [size.people for size in plan.sizes]
        values["ends_on"] = plan.ends_on.isoformat() if plan.ends_on else None
        assert values == case.result | {"expected": pytest.approx(case.result["expected"])}, case


def test_the_power_curve_is_that_of_statsmodels() -> None:
    for case in vectors("power"):
        design, total = case.arguments
        effect = design["minimum_detectable_effect"] / design["standard_deviation"]
        power = (
            statsmodels("power")
            .NormalIndPower()
            .power(effect, total / 2, design["alpha"], alternative="larger")
        )
        assert case.result == pytest.approx(power), case


@pytest.mark.browser
def test_a_plan_follows_what_is_typed_and_stands_in_the_address(open_page: OpenPage, address: str) -> None:
    page = open_page(address + CALCULATOR)
    answer = page.get_by_role("region", name="Sample size and runtime")
    page.get_by_label("Baseline conversion rate (%)").fill("30")
    page.get_by_label("Minimum detectable effect (MDE)").fill("20")
    page.get_by_label("Start date (optional)").fill("2026-12-01")
    expect(answer).to_contain_text("until")
    expect(page.get_by_role("img", name="Statistical power by sample size")).to_be_visible()
    page.get_by_label("Minimum detectable effect (MDE)").fill("3")
    page.get_by_label("Test type").select_option("One-sided (improvement only)")
    expect(answer).to_contain_text("exceeds six weeks (42 days)")
    expect(answer).to_contain_text("can't show harm")
    expect(page.get_by_role("table").locator("[aria-current]")).to_contain_text("3%")
    shown = answer.inner_text()
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
