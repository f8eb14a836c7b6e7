"""References: a view that names a figure, or a value of a figure, that doesn't exist."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.page_names import problems_in
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context

_VIEW = '{{% set cost = figure("tool_cost", entry) %}}\n{{{{ cost.{} }}}}\n'


@rule(
    "HB218",
    "view-figure",
    reason=(
        "A figure is calculated from the entries, and a view shows its values. A figure or value that "
        "doesn't exist fails every build."
    ),
    bad={"tools_inventory.yaml": TOOL, "macros/tool.jinja": _VIEW.format("«yearli»")},
    good={"tools_inventory.yaml": TOOL, "macros/tool.jinja": _VIEW.format("yearly")},
)
def _check(context: Context) -> Iterator[Problem]:
    views = context.views
    if not views.own:
        return
    from handbook.kinds.view_figures import unknown_figures  # noqa: PLC0415 - Jinja is slow to import

    for name, problem in unknown_figures(views):
        yield from problems_in(context.site.relative(views.own[name]), views.text(name) or "", [problem])
