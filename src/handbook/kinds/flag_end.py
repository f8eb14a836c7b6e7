"""Whether a feature flag expires soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.kinds.deadlines import due_state
from handbook.kinds.flag.dates import flag_expiry
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class FlagEnd:
    """When a flag expires.

    Attributes:
        day: The expiry date.
        state: `soon` or `overdue`; empty if there is time.
    """

    day: date
    state: str


@figure({"flag": ("expires_on",)})
def flag_end(basis: Basis, flag: Entry) -> FlagEnd | None:
    """Return when a flag expires; nothing without an expiry date.

    Args:
        basis: The data that figures are calculated from.
        flag: An entry of the content type `flag`.
    """
    day = flag_expiry(flag.data)
    return FlagEnd(day, due_state("flag", flag.data, day, basis.today)) if day else None
