"""Output formats for entries, one module each."""

from __future__ import annotations

LIST_FORMATS = {
    "table": "handbook.output.entries.table",
    "json": "handbook.output.entries.json_object",
    "csv": "handbook.output.entries.spreadsheet",
}
"""The module of each format for the entries of a kind, by its name."""

SHOW_FORMATS = {name: module for name, module in LIST_FORMATS.items() if name != "csv"}
"""The module of each format for one entry, by its name."""
