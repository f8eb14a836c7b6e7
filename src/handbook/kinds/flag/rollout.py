"""The rollout of a feature flag: where it is, what comes next, and what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.base.language import _
from handbook.base.sentences import in_words
from handbook.base.table import Several
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.metric.readings import metric_value
from handbook.link.catalogue import Entry
from handbook.read.values import day_at, list_at


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a rollout.

    Attributes:
        name: Its name.
        percentage: The percentage of its audience.
        audience: The people or accounts, as words that follow "25% of".
        wait: The time to wait before the next one; empty if there is none.
        checks: What must be true before it.
        tell: The teams and roles to tell.
        reached_on: The date on which the flag got there.
        is_current: Whether the flag is there now.
        is_next: Whether it is the next one.
    """

    name: str
    percentage: float
    audience: str
    wait: str
    checks: tuple[str, ...]
    tell: Several
    reached_on: date | None
    is_current: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class Guardrail:
    """What must hold during a rollout.

    Attributes:
        name: What to look at.
        metric: The metric, if it is one.
        limit: The limit that must not be crossed.
        last: The last value of the metric with its day; empty if it is unknown.
        warning: What the normal range of the metric says of a value outside it; empty if it holds.
    """

    name: str
    metric: Entry | None
    limit: str
    last: str
    warning: str


@dataclass(frozen=True, slots=True)
class FlagRollout:
    """The stages and guardrails of a flag."""

    stages: tuple[Stage, ...]
    guardrails: tuple[Guardrail, ...]

    @property
    def next(self) -> Stage | None:
        """The next stage, if any."""
        return next((stage for stage in self.stages if stage.is_next), None)


@figure(
    {"flag": ("stages.name", "stages.percentage", "guardrails.name", "guardrails.limit")},
    reads={"flag": ("stages", "guardrails")},
)
def flag_rollout(basis: Basis, flag: Entry) -> FlagRollout:
    """Return the stages of a flag, and its guardrails with the last values of their metrics.

    Args:
        basis: The data that figures are calculated from.
        flag: An entry of the content type `flag`.
    """
    items = list_at(flag.data, ("stages",))
    days = [day_at(item, ("reached_on",)) for item in items]
    current = max((at for at, day in enumerate(days) if day and day <= basis.today), default=-1)
    audience = flag.data["rollout"].get("audience", "") if "rollout" in flag.data else ""
    stages = tuple(
        Stage(
            name=item["name"],
            percentage=item["percentage"],
            audience=item.get("audience") or audience,
            wait=item.get("wait", ""),
            checks=tuple(item.get("checks", ())),
            tell=Several(
                entry for name in item.get("tell", ()) if (entry := basis.referred(flag, "stages.tell", name))
            ),
            reached_on=days[at],
            is_current=at == current,
            is_next=at == current + 1,
        )
        for at, item in enumerate(items)
    )
    return FlagRollout(
        stages, tuple(_guardrail(basis, flag, each) for each in list_at(flag.data, ("guardrails",)))
    )


def _guardrail(basis: Basis, flag: Entry, item: dict[str, str]) -> Guardrail:
    metric = basis.referred(flag, "guardrails.metric", item.get("metric"))
    metric = None if metric is None or metric.is_hidden else metric
    value = metric_value(basis, metric) if metric else None
    last = warning = ""
    if value:
        number = " ".join(filter(None, (value.value, value.unit)))
        last = _("%(value)s on %(day)s", value=number, day=in_words(value.day))
        warning = value.verdict if value.is_outside else ""
    return Guardrail(item["name"], metric, item["limit"], last, warning)
