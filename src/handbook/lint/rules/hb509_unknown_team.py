"""Document: a team that is not in the handbook."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import Names, one_of, shown
from handbook.lint.draft import Draft
from handbook.lint.fields import declared
from handbook.lint.rules.examples import DOCUMENT, GOOD, bad
from handbook.read.schemas.problems import meant_by
from handbook.read.yaml.document import json_pointer


@rule(
    "HB509",
    "unknown-team",
    reason="Readers contact the team in the front matter, so they must be able to look it up.",
    bad=bad(DOCUMENT.replace("owner-team: product", "owner-team: «produkt»")),
    good=GOOD,
)
def _check(draft: Draft) -> Iterator[Problem]:
    values = draft.front_matter.fields
    if values is None or draft.template is None:
        return
    teams = draft.catalogue.entries("team") if "team" in draft.catalogue.kinds else {}
    # The page of a template shows teams by name, so documents can name them, too.
    valid_names = {name for team in teams.values() for name in (team.id, team.name)}
    # Programs read front matter, so it has to be exact; lines are for people.
    as_known = str.casefold if draft.front_matter.is_lines else str
    known = set(map(as_known, valid_names))
    for name, field in declared(draft.template.data).items():
        value = values.get(name)
        if (
            field["type"] == "team"
            and isinstance(value, str)
            and value.strip()
            and as_known(value) not in known
        ):
            span = draft.front_matter.document.value_span((name,))
            meant = meant_by(Names(valid_names), value)
            hint = f"Did you mean `{meant.value}`?" if meant else f"Use {one_of(teams)}"
            message = f"Unknown team {shown(value)}"
            fix = draft.respelling((name,), meant)
            yield draft.problem(span, message, hint, json_pointer((name,)), fix)
