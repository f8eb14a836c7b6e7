"""Findings: typed validation results with their source location. Rendering lives in `report`."""

from __future__ import annotations

from enum import StrEnum

from handbook.base.fixes import Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span

MOST_OF_A_FILE = 1_000
"""The most findings shown for one file. A file with more repeats one mistake, or is not a source at all."""


class Severity(StrEnum):
    """The severity of a finding: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """A problem, its location and its fix.

    Attributes:
        path: The file, relative to the site's folder, with forward slashes.
        span: The place in the file.
        code: The rule's code, such as `HB201`.
        severity: An error stops the build, a warning does not.
        message: The problem, on one line.
        hint: The fix, on one line; empty if the message is enough.
        pointer: The place in the data, as a JSON pointer from the file's root.
        kind: The kind of the entry concerned, if any.
        id: The ID of that entry, if any.
        fix: The edits that correct it, if they are known.
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
    fix: Fix | None = None

    @property
    def full_message(self) -> str:
        """Return the message and the hint on a single line."""
        return f"{self.message}. {self.hint}" if self.hint else self.message

    @property
    def new_texts(self) -> tuple[str, ...]:
        """Return the texts that its fix writes, without quotes."""
        return tuple(edit.text.strip("\"'") for edit in self.fix.edits) if self.fix else ()

    def sort_key(self) -> tuple[str, Span, str, str]:
        """Return the key that sorts by file name, then from top to bottom."""
        return (self.path, self.span, self.code, self.message)
