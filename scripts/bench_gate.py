"""Measure the test command of the README as on a new machine, with everything that it installs."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench_inputs import ROOT
from bench_measure import Measure

_LONGEST = 6
"""The most minutes on two cores."""


def gate(folder: Path) -> Iterator[Measure]:
    """Yield the minutes that `make test` takes in a fresh clone, with nothing downloaded before."""
    clone, caches = folder / "clone", str(folder / "downloads")
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    # Variables of the benchmark's own environment would point the tests at it.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    empty = {"XDG_CACHE_HOME": caches, "npm_config_cache": caches}
    began = time.perf_counter()
    subprocess.run(["make", "test"], cwd=clone, env=kept | empty, check=True, capture_output=True)
    minutes = (time.perf_counter() - began) / 60
    yield Measure("make test, with all it installs", minutes, "min", _LONGEST, peer="a new clone")
