"""How a comparison is said: one small module for each format.

A format is a module here with `render`, which takes a comparison and gives text, and a line below. Only the
one that is asked for is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.report.changes.text",
    "markdown": "handbook.report.changes.markdown",
    "json": "handbook.report.changes.json_object",
}
"""The module of each format, by the name it is asked for."""
