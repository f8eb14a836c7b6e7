"""What changed lately."""

from __future__ import annotations

import json

from handbook.kinds.any.change_notes import latest_changes
from tests.conftest import MakeBasis

LIST = """name: {name}
summary: A.
groups: [{{id: all, name: All, items: [{{id: one, name: One}}]}}]
version: "1.1"
changes:
  - {{version: "1.1", date: {day}, note: B.}}
  - {{version: "1.0", date: 2026-01-10, note: C.}}
"""
OWN = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "shift.schema.json",
    "title": "Shift",
    "x-kind": {
        "name": "shift",
        "plural": "shifts",
        "title": "Shifts",
        "sources": ["sources/shifts/"],
        "page": "shifts",
    },
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"$ref": "common.schema.json#/$defs/id"},
        "name": {"$ref": "common.schema.json#/$defs/name"},
        "changes": {"type": "array", "items": {"type": "string"}},
    },
}


def test_changes_of_all_kinds_come_newest_first_and_none_before_its_day(make_basis: MakeBasis) -> None:
    basis = make_basis(
        {
            "sources/checklists/a.yaml": LIST.format(name="A", day="2026-11-23"),
            "sources/checklists/b.yaml": LIST.format(name="B", day="2026-11-24"),
        }
    )
    found = [(each.entry.id, each.version) for each in latest_changes(basis)]
    assert found == [("a", "1.1"), ("a", "1.0"), ("b", "1.0")]
    assert len(latest_changes(basis, most=1)) == 1
    assert latest_changes(basis, kind="process") == ()


def test_a_kind_of_the_company_may_mean_something_else_by_changes(make_basis: MakeBasis) -> None:
    files = {
        "schemas/shift.schema.json": json.dumps(OWN),
        "sources/shifts/a.yaml": "name: A\nchanges: [at noon]\n",
    }
    assert latest_changes(make_basis(files)) == ()
