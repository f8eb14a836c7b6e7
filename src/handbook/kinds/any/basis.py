"""The data that figures are calculated from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.link.catalogue import Catalogue
from handbook.read.settings import Settings


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a figure can depend on: the same sources on the same day give the same figures.

    Attributes:
        catalogue: The entries.
        settings: The settings of the handbook.
        today: The date that counts as today.
    """

    catalogue: Catalogue
    settings: Settings
    today: date
