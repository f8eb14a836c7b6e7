"""YAML: a file without the line that tells editors its schema, where most files have it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handbook.base.findings import Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.modelines import FOLDER, START, Modelines
from handbook.read.schemas.kinds import COLLECTIONS_SCHEMA

_LINE = f"{START}../{FOLDER}/{COLLECTIONS_SCHEMA}\n"
_OTHERS = {
    f"{FOLDER}/{COLLECTIONS_SCHEMA}": '{"properties": {"tools": {}}}',
    "sources/teams.yaml": f"{_LINE}teams:\n  - {{id: design, name: Design, summary: Draws it.}}\n",
    "sources/roles.yaml": f"{_LINE}roles:\n  - {{id: designer, name: Designer, summary: Draws.}}\n",
}


@rule(
    "HB018",
    "no-modeline",
    severity=Severity.WARNING,
    reason=(
        "A comment at the top of a file tells editors its schema, so that they complete fields and IDs. If "
        "most files have it, one without it is an oversight. `handbook validate --fix` adds it."
    ),
    bad={**_OTHERS, "tools_inventory.yaml": f"«t»{TOOL[1:]}"},
    good={**_OTHERS, "tools_inventory.yaml": f"{START}{FOLDER}/{COLLECTIONS_SCHEMA}\n{TOOL}"},
)
def _check(context: Context) -> Iterator[Problem]:
    site = context.site
    own = [each for each in context.sources if site.layer_of(each.path) is None]
    without = [each for each in own if START not in each.document.text and not each.document.faults]
    if not without or len(without) * 2 >= len(own):
        return
    modelines = Modelines(site)
    kinds = {entry.source.path: entry for entry in context.entries}
    for source in without:
        entry = kinds.get(source.path)
        line = modelines.of(entry.kind, source.path, is_collection=bool(entry.at)) if entry else ""
        if line:
            yield Problem(
                source.path,
                Span(),
                "Missing the comment that tells editors the schema of the file, unlike most files",
                f"Add `{line}` as the first line; `handbook validate --fix` does it",
                correction=partial(_added, source, line),
            )


def _added(source: Source, line: str) -> Fix:
    return Fix((Edit(source.path, Span(1, 1, 1, 1), f"{line}\n"),))
