"""How often a law is tried: a seeded sample by default, the full count with `make test-all`."""

from __future__ import annotations

import os

FULL = os.environ.get("HANDBOOK_TEST_EFFORT") == "full"


def runs(sample: int, full: int) -> int:
    """Return how many cases to try.

    Args:
        sample: The number in the gate. The cases of one law take at most 20 seconds there.
        full: The number in `make test-all`.
    """
    return full if FULL else sample
