"""JSON format of a comparison. `help/reference/comparison.md` describes it."""

from __future__ import annotations

from typing import Any

from handbook.diff.comparison import Comparison, EntryChange
from handbook.output.as_json import as_json
from handbook.read.yaml.document import json_pointer

VERSION = 2
"""Raised when a name or its meaning changes, not when a name is added."""


def render(comparison: Comparison) -> str:
    """Render all changes, those with the highest impact first."""
    return as_json(
        {
            "version": VERSION,
            "before": comparison.before,
            "after": comparison.after,
            "summary": dict(comparison.weights),
            "changes": [_change(change) for change in comparison.changes],
            "gaps": list(comparison.gaps),
        }
    )


def _change(change: EntryChange) -> dict[str, Any]:
    return {
        "what": change.what,
        "weight": change.weight,
        "kind": change.kind.name,
        "id": change.id,
        "former_id": change.former_id,
        "replaced_by": change.leads_to,
        "name": change.name,
        "path": change.entry.source.path,
        "used_by": dict(change.reaches),
        "differences": [
            {
                "what": difference.event,
                "weight": difference.weight,
                "field": difference.place.field,
                "title": difference.place.title,
                "pointer": json_pointer(difference.place.pointer),
                "before": difference.before,
                "after": difference.after,
            }
            for difference in change.differences
        ],
    }
