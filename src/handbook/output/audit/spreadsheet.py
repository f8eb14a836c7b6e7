"""CSV format of the tool audit: one row for each tool."""

from __future__ import annotations

from typing import Any

from handbook.base.csv_text import csv_value
from handbook.kinds.tool.audit import ToolAudit
from handbook.output.audit.records import record


def render(audit: ToolAudit) -> str:
    """Render a line with the names of the columns, and one line for each tool."""
    records = [record(each) for each in audit.by_urgency]
    rows = [list(records[0]), *(list(each.values()) for each in records)] if records else []
    return "".join(f"{','.join(csv_value(_flat(value)) for value in row)}\n" for row in rows)


def _flat(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value
