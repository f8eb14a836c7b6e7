"""What a check says: a typed value that knows its place. Rendering is somebody else's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

MOST_OF_A_FILE = 1_000
"""How many findings of one file are shown. A file with more has one mistake often, or is no source at all."""


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1; columns count characters.

    The end is exclusive: a span of one character has `end_column == column + 1`.
    """

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 2


class Finding(NamedTuple):
    """One thing that is wrong, where it is and how to mend it.

    Attributes:
        path: The file, relative to the site's folder, with forward slashes.
        span: The place in the file.
        code: The rule's code, such as `HB201`.
        severity: Whether it stops the build.
        message: What is wrong, in one line.
        hint: How to mend it, in one line; empty when the message says it all.
        pointer: Where it is in the data, as a JSON pointer from the file's root.
        kind: The kind of the entry it is about, if any.
        id: The id of that entry, if any.
    """

    path: str
    span: Span
    code: str
    severity: Severity
    message: str
    hint: str = ""
    pointer: str = ""
    kind: str = ""
    id: str = ""

    @property
    def full_message(self) -> str:
        """What is wrong and how to mend it, where there is one line for both."""
        return f"{self.message}. {self.hint}" if self.hint else self.message

    def sort_key(self) -> tuple[str, Span, str, str]:
        """Files in name order, each from top to bottom."""
        return (self.path, self.span, self.code, self.message)


class Summary(NamedTuple):
    """How much was checked and what came of it."""

    files: int
    entries: int
    errors: int
    warnings: int


class Report(NamedTuple):
    """What a run found, with all that is needed to show it.

    Attributes:
        findings: What is wrong, in the order of the files.
        lines: The lines that the findings point at, by path and line number.
        summary: Counts.
    """

    findings: Sequence[Finding]
    lines: Mapping[tuple[str, int], str]
    summary: Summary
