"""The inputs of the sample size calculator, for its script: their order, defaults, choices and limits."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure

_ABOVE_ZERO = 1e-9


@dataclass(frozen=True, slots=True)
class Input:
    """An input of the calculator.

    Attributes:
        name: The field of a design, or of an experiment.
        default: The initial value; empty for an input that can stay empty.
        choices: The values to choose from; without any, the input is a number or a date.
        least: The smallest number.
        most: The largest number.
        step: The step between two numbers, or `any`.
        type: `number` or `date`, as in HTML.
    """

    name: str
    default: str | float
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    step: str = "any"
    type: str = "number"


INPUTS = (
    Input("measure", "proportion", ("proportion", "mean")),
    Input("baseline", 20),
    Input("standard_deviation", 10, least=_ABOVE_ZERO),
    Input("minimum_detectable_effect", 10, least=_ABOVE_ZERO),
    Input("effect", "relative", ("relative", "absolute")),
    Input("better", "up", ("up", "down")),
    Input("traffic_per_day", 400, least=_ABOVE_ZERO),
    Input("window_days", 7, least=0, step="1"),
    Input("variants", 1, least=1, most=9, step="1"),
    Input("alpha", 0.05, least=0.0001, most=0.5),
    Input("power", 0.8, least=0.5, most=0.999),
    Input("sides", "two", ("two", "one")),
    Input("starts_on", "", type="date"),
)


@dataclass(frozen=True, slots=True)
class Calculator:
    """The form of the calculator.

    Attributes:
        inputs: Its inputs, in order.
    """

    inputs: tuple[Input, ...]


@figure({})
def experiment_calculator(_basis: Basis) -> Calculator:
    """Show a form that calculates the sample size and runtime of an experiment."""
    return Calculator(INPUTS)
