"""Output formats for the tool audit, one module each.

A format is a module of this package with `render`, which turns an audit into text, and a line below. Only
the requested one is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.output.audit.text",
    "markdown": "handbook.output.audit.markdown",
    "json": "handbook.output.audit.json_object",
    "csv": "handbook.output.audit.spreadsheet",
}
"""The module of each format, by its name."""
