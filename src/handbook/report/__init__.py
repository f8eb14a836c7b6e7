"""Output formats for findings, one module each.

A format is a module of this package with `render`, which turns a report into text, and a line below. Only
the requested one is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.report.text",
    "json": "handbook.report.json_object",
    "github": "handbook.report.github",
    "gitlab": "handbook.report.gitlab",
    "sarif": "handbook.report.sarif",
    "junit": "handbook.report.junit",
}
"""The module of each format, by its name."""

FROM_REPOSITORY = frozenset({"github", "gitlab", "sarif"})
"""Formats that servers read together with the repository, so their paths start at its root."""
