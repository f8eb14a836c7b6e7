"""Checklist data for the browser script."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from handbook.base.language import _
from handbook.base.named_tuples import NamedTuple
from handbook.base.text import Plain
from handbook.read.settings import Tracker
from handbook.render.repository import IssueForm
from handbook.render.values import EntryView, entry_of

_SAID = "name", "details", "due_day", "role", "depends_on", "required", "why", "evidence"
"""The content of an item. A tick is valid until any of it changes."""
_OPTIONAL = ("variants",)
"""Content that counts only where it is given."""


class Company(NamedTuple):
    """What the settings say to every checklist.

    Attributes:
        holidays: The days on which no one works, apart from weekends.
        tracker: The tracker in which items become issues.
    """

    holidays: Sequence[str]
    tracker: Tracker


def to_tick(  # noqa: PLR0913 - the list, and what its page and site add
    view: EntryView,
    groups: str,
    items: str,
    prefix: str,
    issues: IssueForm | None,
    *,
    company: Company,
) -> Plain:
    """Return a checklist as JSON; the types are in `checklist_runs.js`.

    Args:
        view: The entry with the checklist.
        groups: The field with the groups.
        items: The field of a group with the items.
        prefix: The prefix of the anchors of the items on the page.
        issues: The form for a new issue with the checklist.
        company: What the settings say to every checklist.
    """
    entry = entry_of(view)
    shape = entry.kind.shape.properties[groups].items
    inner = shape.properties[items].items if shape else None
    written = {
        "key": f"{entry.kind.name}/{entry.id}",
        "name": entry.name,
        "prefix": prefix,
        "titles": [_(shape.title) if shape else groups, _(inner.title) if inner else items],
        "zero": entry.data.get("day_zero"),
        "holidays": list(company.holidays) or None,
        "working": entry.data.get("working_days") or None,
        "variant": entry.data.get("variant_name"),
        "variants": [
            _filled({"id": each["id"], "name": each["name"], "from": each.get("first_due_day")})
            for each in entry.data.get("variants", ())
        ]
        or None,
        "tracker": {name: each for name, each in company.tracker._asdict().items() if each} or None,
        "threshold": entry.data.get("scoring", {}).get("threshold"),
        "issue": issues._asdict() if issues else None,
        "groups": [
            {
                "name": group["name"],
                "items": [
                    _item(item, shown.role)
                    for item, shown in zip(group[items], view[groups][index][items], strict=True)
                ],
            }
            for index, group in enumerate(entry.data[groups])
        ],
    }
    return Plain(json.dumps(_filled(written), ensure_ascii=False, separators=(",", ":")))


def _item(item: Mapping[str, Any], role: object) -> dict[str, Any]:
    said = json.dumps([item.get(name) for name in _SAID] + [item[name] for name in _OPTIONAL if name in item])
    return _filled(
        {
            "id": item["id"],
            "name": item["name"],
            "digest": hashlib.sha256(said.encode()).hexdigest()[:12],
            "due": item.get("due_day"),
            "role": str(role) if role else None,
            "variants": item.get("variants"),
            "after": item.get("depends_on"),
            "optional": True if item.get("required") is False else None,
            "why": item.get("why"),
            "evidence": item.get("evidence"),
        }
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
