"""Compare the time and memory of checking and building with those of named peers.

Figures are the user and system time of whole processes, without waiting, and their peak memory. Builds write
thousands of files, and what that costs the system depends on what others on the machine write: of these, only
the user time counts. The commands of a measure take turns, after one run each that does not count, except for
single runs. A ratio of times is the median of the turns' ratios; the figures next to it are medians. Input:
the shipped handbook with its tools repeated under new IDs and references. A first run is the first in a
handbook: the engine itself has run before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench_inputs import (
    TOOLS,
    change_summary,
    write_collection_schema,
    write_copy,
    write_files,
    write_generated_site,
    write_handbook,
    write_written_site,
)
from bench_measure import Measure
from bench_timing import CPU, USER, Cost, Seconds, in_turn, median_memory, median_time, ratio

ROOT = Path(__file__).parents[1]
PEER = "check-jsonschema"

_COMPOSE = "import sys, yaml; yaml.compose(open(sys.argv[1], 'rb'), Loader=yaml.CSafeLoader)"
_VALIDATE = (str(Path(sys.executable).with_name("handbook")), "validate")


def times(folder: Path) -> Iterator[Measure]:
    """Yield the measures, each when it is taken."""
    imports = [sys.executable, "-c", "import yaml, jsonschema"]
    commands = [[*_VALIDATE, str(ROOT)], [*_VALIDATE, str(ROOT)], imports]
    # The first deletes what the run before has kept; the others need it.
    kept = {1: _nothing, 2: _nothing}
    first, again, peer = in_turn(commands, folder, runs=15, prepare=kept)
    yield _time("validate the shipped handbook, first run", "import yaml, jsonschema", [first, peer], 2.5)
    yield _time("validate the shipped handbook, second run", "import yaml, jsonschema", [again, peer], 2.0)
    for words in (("list", "tool"), ("show", "tool", "linear")):
        # They take no path, so they run in a copy of the handbook.
        copy = folder / words[0]
        pair = [[_VALIDATE[0], *words], [*_VALIDATE]]
        yield _time(" ".join(words), "validate", in_turn(pair, write_copy(copy), runs=9, prepare=kept), 1)
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
    yield _time("validate 10,000 tools", f"{PEER}, same file and schema", against, 1 / 30)
    yield _memory("validate 10,000 tools, memory", f"{PEER}, same file and schema", against)
    growth = in_turn([[*_VALIDATE, str(sites[size])] for size in reversed(sizes)], folder, runs=3)
    largest, larger, small = growth
    yield _time("validate 10,000 tools", "1,000 tools", [larger, small], 11)
    yield _time("validate 50,000 tools", "10,000 tools", [largest, larger], 5.5)
    yield _memory("validate 50,000 tools, memory", "10,000 tools", [largest, larger])
    yield from _builds(folder)


def _builds(folder: Path) -> Iterator[Measure]:
    build = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-q", "-f"]
    costs = {}
    # With few pages, the modules of the two need more memory than all that is built.
    for pages, runs, memory in ((1_000, 3, None), (10_000, 1, 0.85)):
        generated = write_generated_site(folder / f"generated-{pages}", pages)
        written = write_written_site(folder / f"written-{pages}", generated)
        built = in_turn([[*build, str(site / "mkdocs.yml")] for site in (generated, written)], folder, runs)
        costs[pages] = built[0]
        yield _time(f"build {pages:,} generated pages", "the same Markdown as files", built, 0.85, USER)
        yield _memory(f"build {pages:,} generated pages, memory", "the same Markdown as files", built, memory)
    small, large = costs.values()
    yield _time("build 10,000 generated pages", "1,000 pages", [large[:1], small[:1]], 10.5, USER)


def _nothing() -> None:
    """Leave what the run before has kept."""


def _time(
    what: str, peer: str, costs: Sequence[Sequence[Cost]], most: float | None, seconds: Seconds = CPU
) -> Measure:
    ours, theirs = costs
    figures = f"{median_time(ours, seconds):.2f} s / {median_time(theirs, seconds):.2f} s"
    found = ratio(ours, theirs, seconds)
    return Measure(what, found, "x", most, peer=peer, figures=figures, runs=len(ours))


def _memory(what: str, peer: str, costs: Sequence[Sequence[Cost]], most: float | None = None) -> Measure:
    ours, theirs = map(median_memory, costs)
    figures = f"{ours:.0f} MB / {theirs:.0f} MB"
    return Measure(what, ours / theirs, "x", most, peer=peer, figures=figures, runs=len(costs[0]))
