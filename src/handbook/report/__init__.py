"""How findings are said: one small module for each format.

A format is a module here with `render`, which takes a report and gives text, and a line below. Only the one
that is asked for is imported.
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
"""The module of each format, by the name it is asked for."""

FROM_REPOSITORY = frozenset({"github", "gitlab", "sarif"})
"""Formats that a server reads beside the repository, and so with paths from its root."""
