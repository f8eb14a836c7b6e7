"""Compare the engine's speed and memory with its budgets, and print one table of ratios.

Every figure is a ratio of two commands that take turns in the same run, so it is valid on any machine. The
budgets are the project's own. Exceeding one is reported but is not a failure: this is a measurement, not a
test.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench_inputs import (
    TOOLS,
    change_summary,
    write_collection_schema,
    write_files,
    write_generated_site,
    write_handbook,
    write_written_site,
)
from bench_timing import Cost, in_turn, median_cpu, median_memory, ratio

ROOT = Path(__file__).parents[1]
PEER = "check-jsonschema"

_COMPOSE = "import sys, yaml; yaml.compose(open(sys.argv[1], 'rb'), Loader=yaml.CSafeLoader)"
_VALIDATE = (str(Path(sys.executable).with_name("handbook")), "validate")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: The measured command.
        peer: The command to compare with.
        ratio: The ratio to the peer.
        most: The budget for the ratio, or `None`.
        figures: The two figures of the ratio.
        runs: The number of runs of each command.
    """

    what: str
    peer: str
    ratio: float
    most: float | None
    figures: str
    runs: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the line as text."""
        budget = "" if self.most is None else f"≤ {self.most:.3g}"
        verdict = "" if self.most is None else "kept" if self.ratio <= self.most else "OVER BUDGET"
        return (self.what, self.peer, f"{self.ratio:.3g}", budget, verdict, self.figures, str(self.runs))


def main() -> int:
    """Run all measurements and print the table."""
    peers = ", ".join(f"{name} {version(name)}" for name in (PEER, "PyYAML", "mkdocs", "mkdocs-material"))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors; {peers}.\n"
        "Figures are user and system time of whole processes (without waiting) and their peak memory. The\n"
        "commands of a line take turns, after one run each that does not count, except for single runs. A\n"
        "ratio of times is the median of the turns' ratios; the figures next to it are medians. Input: the\n"
        "shipped handbook with its tools repeated under new IDs and references. A first run is the first in\n"
        "a handbook: the engine itself has run before.\n"
    )
    heads = ("what", "compared with", "ratio", "budget", "", "figures", "runs")
    _print_row(heads)
    _print_row(["-" * 3] * len(heads))
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        for row in _rows(Path(folder)):
            _print_row(row.cells)
    return 0


def _print_row(cells: Sequence[str]) -> None:
    widths = (38, 38, 6, 7, 11, 22, 4)
    print(
        "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)) + " |",
        flush=True,
    )


def _rows(folder: Path) -> Iterator[Row]:
    imports = [sys.executable, "-c", "import yaml, jsonschema"]
    first, again, peer = in_turn(
        [[*_VALIDATE, str(ROOT)], [*_VALIDATE, str(ROOT)], imports], folder, runs=15, prepare={1: _nothing}
    )
    yield _time("validate the shipped handbook, first run", "import yaml, jsonschema", [first, peer], 2.5)
    yield _time("validate the shipped handbook, second run", "import yaml, jsonschema", [again, peer], 2.0)
    many = write_files(folder / "files", 500)
    edited = next((many / "sources" / "tools").iterdir())
    first, again = in_turn(
        [[*_VALIDATE, str(many)]] * 2, folder, runs=9, prepare={1: lambda: change_summary(edited)}
    )
    yield _time("validate 500 files, one changed", "the first run", [again, first], 0.4)
    sizes = (1_000, 10_000, 50_000)
    sites = {size: write_handbook(folder / f"tools-{size}", size) for size in sizes}
    middle = sites[10_000]
    bare = in_turn(
        [[*_VALIDATE, str(middle)], [sys.executable, "-c", _COMPOSE, str(middle / TOOLS)]], folder, runs=5
    )
    yield _time("validate 10,000 tools", "libyaml composing the file", bare, 1.6)
    yield _memory("validate 10,000 tools, memory", "libyaml composing the file", bare)
    schema = write_collection_schema(folder / "schemas")
    against = in_turn(
        [
            [*_VALIDATE, str(middle)],
            [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(middle / TOOLS)],
        ],
        folder,
        runs=1,
    )
    yield _time("validate 10,000 tools", f"{PEER}, same file and schema", against, 1 / 15)
    yield _memory("validate 10,000 tools, memory", f"{PEER}, same file and schema", against)
    growth = in_turn([[*_VALIDATE, str(sites[size])] for size in reversed(sizes)], folder, runs=3)
    largest, larger, small = growth
    yield _time("validate 10,000 tools", "1,000 tools", [larger, small], 11)
    yield _time("validate 50,000 tools", "10,000 tools", [largest, larger], 5.5)
    yield _memory("validate 50,000 tools, memory", "10,000 tools", [largest, larger])
    generated = write_generated_site(folder / "generated", 1_000)
    written = write_written_site(folder / "written", generated)
    build = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-q", "-f"]
    built = in_turn([[*build, str(site / "mkdocs.yml")] for site in (generated, written)], folder, runs=3)
    yield _time("build 1,000 generated pages", "the same Markdown as files", built, 0.85)


def _nothing() -> None:
    """Leave what the run before has kept."""


def _time(what: str, peer: str, costs: Sequence[Sequence[Cost]], most: float | None) -> Row:
    ours, theirs = costs
    figures = f"{median_cpu(ours):.2f} s / {median_cpu(theirs):.2f} s"
    return Row(what, peer, ratio(ours, theirs), most, figures, len(ours))


def _memory(what: str, peer: str, costs: Sequence[Sequence[Cost]]) -> Row:
    ours, theirs = map(median_memory, costs)
    return Row(what, peer, ours / theirs, None, f"{ours:.0f} MB / {theirs:.0f} MB", len(costs[0]))


if __name__ == "__main__":
    sys.exit(main())
