"""Output formats for findings, one module each.

A format is a module of this package with `render`, which turns a report into text, and a line below. Only
the requested one is imported.
"""

from __future__ import annotations

FORMATS = {
    "text": "handbook.output.text",
    "json": "handbook.output.json_object",
    "github": "handbook.output.github",
    "gitlab": "handbook.output.gitlab",
    "sarif": "handbook.output.sarif",
    "junit": "handbook.output.junit",
}
"""The module of each format, by its name."""

FROM_REPOSITORY = frozenset({"github", "gitlab", "sarif"})
"""Formats that servers read together with the repository, so their paths start at its root."""
