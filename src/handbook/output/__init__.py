"""Output formats for findings: modules of this package with `render`, which turns a report into text."""

# ruff: noqa: PLC0415 - import only the requested format

from __future__ import annotations

from collections.abc import Callable

from handbook.base.report import Report

FORMATS = ("text", "json", "github", "github-suggestions", "gitlab", "sarif", "junit")

FROM_REPOSITORY = frozenset({"github", "github-suggestions", "gitlab", "sarif"})
"""Formats that servers read together with the repository, so their paths start at its root."""


def renderer(name: str) -> Callable[[Report], str]:
    """Return the function that renders a report in a format.

    Args:
        name: One of `FORMATS`.
    """
    match name:
        case "json":
            from handbook.output.json_object import render
        case "github":
            from handbook.output.github import render
        case "github-suggestions":
            from handbook.output.suggestions import render
        case "gitlab":
            from handbook.output.gitlab import render
        case "sarif":
            from handbook.output.sarif import render
        case "junit":
            from handbook.output.junit import render
        case _:
            from handbook.output.text import render
    return render
