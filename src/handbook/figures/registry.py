"""Every figure by name. A new one needs a line here and, for pages, a view `macros/figures/<name>.jinja`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handbook.figures.integration_map import integration_map
from handbook.figures.metrics import metric_charts, metrics_without_chart, settled_words
from handbook.figures.process_time import process_time
from handbook.figures.queries import copied_query
from handbook.figures.tool_audit import tool_audit
from handbook.figures.tool_contract import tool_contract
from handbook.figures.tool_cost import tool_cost
from handbook.figures.tool_picker import tool_picker

Figure = Callable[..., object]
"""Takes a `Basis`, and what else it needs to know; gives a frozen dataclass, or `None` when there is nothing
to work out."""

_FUNCTIONS: tuple[Figure, ...] = (
    copied_query,
    integration_map,
    metric_charts,
    metrics_without_chart,
    process_time,
    settled_words,
    tool_audit,
    tool_contract,
    tool_cost,
    tool_picker,
)

FIGURES: Mapping[str, Figure] = MappingProxyType({function.__name__: function for function in _FUNCTIONS})
