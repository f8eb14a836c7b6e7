"""What figures are worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.link.catalogue import Catalogue
from handbook.read.settings import Settings


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything a figure may depend on, so that the same sources on the same day give the same figures.

    Attributes:
        catalogue: The entries.
        settings: What the company has set.
        today: The day that counts as today.
    """

    catalogue: Catalogue
    settings: Settings
    today: date
