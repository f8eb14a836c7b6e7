"""Compare the engine's speed, memory and pages with their budgets, and print one table.

Each figure is a ratio to a peer that takes turns with it, a time in a browser, a size, or points of
Lighthouse. The budgets are the project's own. Exceeding one is reported but is not a failure: this is a
measurement, not a test. With `--record`, the figures are kept in `bench/history.csv` as those of this
version, and `bench/README.md` shows them.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from io import StringIO
from itertools import chain
from pathlib import Path

from bench_measure import Measure

ROOT = Path(__file__).parents[1]
HISTORY = ROOT / "bench/history.csv"
PAGE = ROOT / "bench/README.md"
_COLUMNS = ("version", "day", "machine", "measure", "peer", "value", "unit", "budget")
_WIDTHS = (42, 38, 11, 9, 11, 60, 4)
_HEADS = ("what", "compared with, or of", "figure", "budget", "", "figures", "runs")
_INTRODUCTION = """# Benchmarks

`make bench` measures speed, memory and pages. `make bench RECORD=--record` also keeps the figures of this
version in [`history.csv`](history.csv) and makes this page. A ratio (x) compares with a peer in the same run,
so it holds on any machine. Times in a browser (ms) depend on the machine: compare them only with those of the
same one.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all measurements, print the table, and keep it if asked to."""
    parser = argparse.ArgumentParser(description="Measure speed, memory and pages against their budgets.")
    parser.add_argument("--record", action="store_true", help="keep the figures as those of this version")
    options = parser.parse_args(arguments)
    peers = ", ".join(
        f"{name} {version(name)}" for name in ("check-jsonschema", "PyYAML", "mkdocs", "mkdocs-material")
    )
    print(f"{_machine()}; {peers}.\n")
    _print_row(_HEADS)
    _print_row(["-" * 3] * len(_HEADS))
    found = []
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        for measure in _measures(Path(folder)):
            _print_row(measure.cells)
            found.append(measure)
    if options.record:
        record(found)
    return 0


def _measures(folder: Path) -> Iterator[Measure]:
    # What they need is installed for the benchmark only, and the test of the page has none of it.
    from bench_gate import gate  # noqa: PLC0415
    from bench_growth import growth  # noqa: PLC0415
    from bench_pages import pages  # noqa: PLC0415
    from bench_search import searches  # noqa: PLC0415
    from bench_serve import edits  # noqa: PLC0415
    from bench_times import times  # noqa: PLC0415

    yield from chain(
        times(folder), growth(folder), edits(folder), searches(folder), pages(folder), gate(folder)
    )


def _machine() -> str:
    """Return the class of this machine: what figures in milliseconds depend on."""
    model = ""
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    kind = model or platform.machine()
    return f"{platform.system()}, {os.cpu_count()} processors ({kind}), Python {platform.python_version()}"


def _print_row(cells: Sequence[str]) -> None:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
    print("| " + " | ".join(padded).rstrip() + " |", flush=True)


def record(measures: Iterable[Measure]) -> None:
    """Add the figures of this version to the history, instead of those it had, and write the page."""
    now = version("product-handbook")
    rows = [row for row in read_history() if row["version"] != now]
    about = {"version": now, "day": f"{datetime.now(tz=UTC):%Y-%m-%d}", "machine": _machine()}
    rows += [
        {
            **about,
            "measure": each.what,
            "peer": each.peer,
            "value": f"{each.value:.3g}",
            "unit": each.unit,
            "budget": "" if each.budget is None else f"{each.budget:.3g}",
        }
        for each in measures
    ]
    HISTORY.parent.mkdir(exist_ok=True)
    with HISTORY.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    PAGE.write_text(page(rows), encoding="utf-8")


def read_history() -> list[dict[str, str]]:
    """Return the rows of the history, oldest first."""
    text = HISTORY.read_text(encoding="utf-8") if HISTORY.exists() else ""
    return list(csv.DictReader(StringIO(text)))


def page(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the page of a history: a chart of the last version, and a table of all."""
    versions = list(dict.fromkeys(row["version"] for row in rows))
    last = [row for row in rows if row["version"] == versions[-1]]
    ratios = [row for row in last if row["unit"] == "x" and row["budget"]]
    shares = [round(100 * float(row["value"]) / float(row["budget"])) for row in ratios]
    about = "".join(
        f"- **{name}:** {next(row for row in rows if row['version'] == name)['day']}, "
        f"{next(row for row in rows if row['version'] == name)['machine']}\n"
        for name in versions
    )
    numbers = ", ".join(str(number) for number in range(1, len(ratios) + 1))
    chart = (
        "```mermaid\nxychart-beta\n"
        f'    title "Ratios of {versions[-1]}, in % of their budgets"\n'
        f"    x-axis [{numbers}]\n"
        f'    y-axis "%" 0 --> {max([100, *shares])}\n'
        f"    bar [{', '.join(map(str, shares))}]\n"
        f"    line [{', '.join(['100'] * len(shares))}]\n```\n"
    )
    legend = "".join(
        f"{number}. {row['measure']}, compared with {row['peer']}\n" for number, row in enumerate(ratios, 1)
    )
    keys = list(dict.fromkeys((row["measure"], row["peer"], row["unit"]) for row in rows))
    figures = {(row["version"], row["measure"], row["peer"], row["unit"]): row for row in rows}
    heads = ["What", "Compared with, or of", "Budget", *versions]
    table = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for key in keys:
        found = [figures.get((name, *key)) for name in versions]
        budget = next((row["budget"] for row in reversed(found) if row), "")
        sign = "≥" if key[2] == "points" else "≤"
        cells = [*key[:2], f"{sign} {budget}" if budget else ""]
        cells += [f"{row['value']} {row['unit']}" if row else "" for row in found]
        table.append(f"| {' | '.join(cells)} |")
    parts = [_INTRODUCTION, about, "## Budgets\n", chart, legend, "## History\n", "\n".join(table) + "\n"]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
