"""What a site's schemas lack, in words."""

from __future__ import annotations

import pytest

from handbook.base.needs import Needs, unmet
from handbook.read.schemas.making import make_kinds

GOAL = {
    "x-kind": {
        "name": "goal",
        "plural": "goals",
        "title": "Goals",
        "sources": ["goals.yaml"],
        "page": "goals",
    },
    "properties": {
        "status": {"type": "string"},
        "review": {"type": "object", "properties": {"last": {"type": "string"}}},
        "results": {"type": "array", "items": {"type": "object", "properties": {"measure": {}}}},
    },
}


@pytest.mark.parametrize(
    ("needs", "reason"),
    [
        ({}, ""),
        ({"goal": ()}, ""),
        ({"goal": ("status", "review.last", "results", "results.measure")}, ""),
        ({"goal": ("status", "owner")}, "no field `goal.owner`"),
        ({"goal": ("review.next",)}, "no field `goal.review.next`"),
        ({"goal": ("status.at",)}, "no field `goal.status.at`"),
        ({"goal": ("results.by",)}, "no field `goal.results.by`"),
        ({"goal": (), "tool": ("owner",)}, "no content type `tool`"),
    ],
)
def test_the_first_missing_kind_or_field_is_named(needs: Needs, reason: str) -> None:
    assert unmet(needs, make_kinds({"goal.schema.json": GOAL})[0]) == reason
