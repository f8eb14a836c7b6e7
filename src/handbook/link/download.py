"""A file published with the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file published with the page of an entry.

    Attributes:
        path: Its path in the site.
        text: Its text.
    """

    path: str
    text: str
