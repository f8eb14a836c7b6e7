"""Find the handbook that comes with the engine: the source of a new one."""

from __future__ import annotations

from pathlib import Path

_IN_WHEEL = "demonstration"


def home() -> Path:
    """Return the folder of the handbook.

    In a wheel it is inside the package; in a checkout it is the top of the repository.
    """
    package = Path(__file__).parents[1]
    packaged = package / _IN_WHEEL
    return packaged if packaged.is_dir() else package.parents[1]
