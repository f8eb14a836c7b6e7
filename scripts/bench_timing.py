"""Measure processor time and peak memory of whole processes, as counted by the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import TypeAlias

# Without these settings, colours and warnings differ between a terminal and a pipe. On some machines, our
# modules would be compiled in every run, unlike those that pip has installed and compiled.
_ENVIRONMENT = {"NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
_CACHE = "cache"
_CACHES = ("XDG_CACHE_HOME", "LOCALAPPDATA")
"""The variables that say where programs keep what they need again."""
_RUN = """
import os, sys
_, status, used = os.wait4(os.spawnvp(os.P_NOWAIT, sys.argv[2], sys.argv[2:]), 0)
with open(sys.argv[1], "w") as file:
    print(used.ru_utime, used.ru_stime, used.ru_maxrss, file=file)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command from a small process: Linux counts the memory of its parent as that of the command."""
_UNITS_IN_A_MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a run.

    Attributes:
        user: Seconds in the program itself.
        cpu: The same, with those in the system. For a run of a tenth of a second, only the sum is exact.
        memory: Peak memory in megabytes.
    """

    user: float
    cpu: float
    memory: float


Seconds: TypeAlias = Callable[[Cost], float]
"""Which time of a run to compare."""
CPU: Seconds = attrgetter("cpu")
USER: Seconds = attrgetter("user")


def in_turn(
    commands: Sequence[Sequence[str]],
    folder: Path,
    runs: int,
    prepare: Mapping[int, Callable[[], None]] = MappingProxyType({}),
) -> list[list[Cost]]:
    """Measure commands that take turns, so that a slow machine affects all alike.

    Args:
        commands: The commands.
        folder: The working directory.
        prepare: What to do before a command, by its place. Before the others, all that earlier runs kept is
            deleted.
        runs: The number of runs of each. If more than one, each has an additional first run that is ignored.

    Raises:
        SystemExit: A command failed.
    """
    costs: list[list[Cost]] = [[] for _ in commands]
    for turn in range(runs + (runs > 1)):
        for place, (command, found) in enumerate(zip(commands, costs, strict=True)):
            prepare.get(place, partial(shutil.rmtree, folder / _CACHE, ignore_errors=True))()
            cost = _run(command, folder)
            if turn or runs == 1:
                found.append(cost)
    return costs


def _run(command: Sequence[str], folder: Path) -> Cost:
    used = folder / "used.txt"
    with (folder / "output.txt").open("w+b") as output:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _RUN, str(used), *command],
            cwd=folder,
            stdout=output,
            stderr=output,
            env=os.environ | _ENVIRONMENT | dict.fromkeys(_CACHES, str(folder / _CACHE)),
            check=False,
        )
        if done.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")[-2000:]
            sys.exit(f"{' '.join(command)}\nfailed with exit code {done.returncode}:\n{said}")
    user, system, memory = map(float, used.read_text(encoding="utf-8").split())
    return Cost(user, user + system, memory / _UNITS_IN_A_MEGABYTE)


def ratio(ours: Sequence[Cost], theirs: Sequence[Cost], seconds: Seconds = CPU) -> float:
    """Return the median of the ratios of times, turn by turn."""
    return median(seconds(one) / seconds(other) for one, other in zip(ours, theirs, strict=True))


def median_time(costs: Sequence[Cost], seconds: Seconds = CPU) -> float:
    """Return the median of the times, in seconds."""
    return median(map(seconds, costs))


def median_memory(costs: Sequence[Cost]) -> float:
    """Return the median of the peaks, in megabytes."""
    return median(cost.memory for cost in costs)
