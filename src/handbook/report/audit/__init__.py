"""How the tool audit is said: one small module for each format.

A format is a module here with `render`, which takes an audit and gives text, and a line below. Only the one
that is asked for is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.report.audit.text",
    "markdown": "handbook.report.audit.markdown",
    "json": "handbook.report.audit.json_object",
    "csv": "handbook.report.audit.spreadsheet",
}
"""The module of each format, by the name it is asked for."""
