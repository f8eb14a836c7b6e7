"""Output formats for a comparison, one module each.

A format is a module of this package with `render`, which turns a comparison into text, and a line below.
Only the requested one is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.report.changes.text",
    "markdown": "handbook.report.changes.markdown",
    "json": "handbook.report.changes.json_object",
}
"""The module of each format, by its name."""
