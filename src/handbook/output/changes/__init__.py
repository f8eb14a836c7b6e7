"""Output formats for a comparison, one module each.

A format is a module of this package with `render`, which turns a comparison into text, and a line below.
Only the requested one is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.output.changes.text",
    "markdown": "handbook.output.changes.markdown",
    "json": "handbook.output.changes.json_object",
}
"""The module of each format, by its name."""
