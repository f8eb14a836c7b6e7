"""Change: an ID was removed without a redirect."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.sentences import listed
from handbook.base.span import Span
from handbook.diff.comparison import Comparison
from handbook.diff.rules.examples import PRD, TEAMS
from handbook.read.former_ids import FORMER, former_id
from handbook.read.schemas.kinds import GONE_FILE


@rule(
    "HB402",
    "lost-id",
    reason=(
        "An ID is part of an address, and links in chats, documents and bookmarks use it for years. So list "
        "the old IDs of a renamed or merged entry under `former_ids`, and old links redirect to it. List an "
        "entry that nothing replaces in `sources/gone.yaml`, and old links show why it is gone. "
        "Checked with `--against`."
    ),
    bad={
        "sources/templates/prd.yaml": PRD,
        "sources/teams.yaml": TEAMS.replace("id: ops", "id: product-ops").replace("teams:", "«t»eams:"),
    },
    good={
        "sources/templates/prd.yaml": PRD,
        "sources/teams.yaml": TEAMS.replace("id: ops", "id: product-ops, former_ids: [ops]"),
    },
)
def _check(comparison: Comparison) -> Iterator[Problem]:
    for lost in comparison.lost:
        kind, lost_id = lost.name
        what = f"{comparison.kinds[kind].label.lower() if kind in comparison.kinds else kind} `{lost_id}`"
        entry = lost.entry
        if lost.lost == "note":
            message = f"Removed the note that the {what} is gone"
            hint = f"Add it to {GONE_FILE} again, so that old links show it"
            yield Problem(entry.source.path, Span(), message, hint, kind=kind, id=lost_id)
            continue
        if lost.lost == "redirect":
            message = f"Removed the redirect from the {what}"
            hint = f"Add `{former_id(entry.kind.name, lost.name)}` under `{FORMER}` again"
            yield entry.problem((), message, hint, "start")
            continue
        ids = listed([f"`{former_id(kind, name)}`" for name in (lost.name, *lost.others)])
        yield Problem(
            entry.source.path,
            Span(),
            f"The {what} was removed without a redirect",
            f"Add {ids} under `{FORMER}` in the entry that replaces it. If nothing does, restore the entry "
            f"and run `handbook remove {kind} {lost_id}`, which adds it to {GONE_FILE}",
            kind=kind,
            id=lost_id,
        )
