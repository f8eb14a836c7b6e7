"""The base of the errors that callers can expect."""

from __future__ import annotations


class HandbookError(Exception):
    """Raised when something can't be done. The text states the cause on one line.

    Attributes:
        hint: The fix, on one line; empty if the text is enough.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def full_message(self) -> str:
        """Return the message and the hint on a single line."""
        return f"{self}. {self.hint}" if self.hint else str(self)
