"""Changes one small thing in the code at a time and lists the changes that no fast test notices.

`make mutants` takes about an hour, so it is no part of the gate. A survivor is a place where a mistake would
go unnoticed: either a test is missing, or the code is not needed, or the change makes no difference. The
sample depends on the seed alone, so a run can be repeated.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/handbook")
FAST = "not browser and not editor and not slow"
_LONGEST = 300  # Seconds. A mutant that makes the tests hang is noticed as well.
_LONGEST_EXPRESSION = 30  # Lines.
_MOST_TESTS = 60
"""Test functions that are run against a mutant; those that run the least code come first."""

_NAMING = "naming_tests"
_NAMING_TESTS = """import coverage
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    coverage.Coverage.current().switch_context(item.nodeid.partition("[")[0])
    return (yield)
"""
"""Names the running test for coverage, which would take a method of Hypothesis for each property test."""

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_OPERATIONS: Mapping[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.BitOr: "&",
    ast.BitAnd: "|",
}
_JAVASCRIPT = re.compile(
    r"(?P<skip>//[^\n]*|/\*.*?\*/|`(?:[^`\\]|\\.)*`|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<token>===|!==|<=|>=|&&|\|\||(?<= )[<>+*-](?= )|\btrue\b|\bfalse\b|\b\d+\b)",
    re.DOTALL,
)
_TOKENS: Mapping[str, str] = {
    "===": "!==",
    "!==": "===",
    "<=": "<",
    ">=": ">",
    "<": "<=",
    ">": ">=",
    "&&": "||",
    "||": "&&",
    "+": "-",
    "-": "+",
    "*": "/",
    "true": "false",
    "false": "true",
}


class Mutant(NamedTuple):
    """One small change of the code.

    Attributes:
        path: The file, below the project's folder.
        line: The line, counted from 1.
        start: Where the replaced characters begin in the file.
        end: Where they end.
        replacement: What replaces them.
    """

    path: str
    line: int
    start: int
    end: int
    replacement: str

    def apply(self, text: str) -> str:
        """Return the file's text with the change."""
        return text[: self.start] + self.replacement + text[self.end :]

    def describe(self, text: str) -> str:
        """Return the place, the old and the new text."""
        return f"{self.path}:{self.line}: {text[self.start : self.end]!r} -> {self.replacement!r}"


class _Places:
    """Turns the places of Python's parser, which count bytes of a line, into places in the text."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def at(self, line: int, byte: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:byte].decode())

    def span(self, node: ast.expr) -> tuple[int, int]:
        end_line, end_byte = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.at(node.lineno, node.col_offset), self.at(end_line, end_byte)


def python_mutants(path: str, text: str) -> Iterator[Mutant]:
    """Yield every mutant of a Python file."""
    tree = ast.parse(text)
    places = _Places(text)
    skipped = set(_not_run(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr) or id(node) in skipped:
            continue
        for start, end, replacement in _changes(node, places, text):
            yield Mutant(path, node.lineno, start, end, replacement)


def _not_run(tree: ast.AST) -> Iterator[int]:
    """Yield docstrings, annotations and the parts of formatted texts, of which a change means nothing."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts = [node.value]
        elif isinstance(node, ast.JoinedStr):
            parts = [*node.values]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            parts = [node.returns]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        for part in parts:
            if part is not None:
                yield from (id(inner) for inner in ast.walk(part))


def _changes(node: ast.expr, places: _Places, text: str) -> Iterator[tuple[int, int, str]]:
    start, end = places.span(node)
    if isinstance(node, ast.Compare):
        left: ast.expr = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            gap = places.span(left)[1], places.span(right)[0]
            yield _operator(text, gap, _COMPARISONS[type(operator)])
            left = right
    elif isinstance(node, ast.BoolOp):
        word = "or" if isinstance(node.op, ast.And) else "and"
        for first, second in zip(node.values, node.values[1:], strict=False):
            yield _operator(text, (places.span(first)[1], places.span(second)[0]), word)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        gap = places.span(node.left)[1], places.span(node.right)[0]
        yield _operator(text, gap, _OPERATIONS[type(node.op)])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield start, start + len("not"), ""
    elif isinstance(node, ast.IfExp):
        span = places.span(node.test)
        yield *span, f"not ({text[slice(*span)]})"
    elif isinstance(node, ast.Constant):
        yield from ((start, end, changed) for changed in _constants(node.value))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sorted":
        yield *places.span(node.func), "_unsorted"


def _operator(text: str, gap: tuple[int, int], replacement: str) -> tuple[int, int, str]:
    """Return the change of an operator between two operands; brackets around them stay."""
    between = text[slice(*gap)]
    found = re.search(r"not\s+in|is\s+not|in|is|and|or|[<>=!]=?|[-+*/|&]+", between)
    if found is None:
        raise ValueError(between)
    return gap[0] + found.start(), gap[0] + found.end(), replacement


def _constants(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int):
        yield repr(value + 1)
    elif isinstance(value, str) and value:
        yield repr(value[:-1])


def javascript_mutants(path: str, text: str) -> Iterator[Mutant]:
    """Yield every mutant of a JavaScript file, comments and texts left out."""
    for found in _JAVASCRIPT.finditer(text):
        token = found["token"]
        if token:
            replacement = _TOKENS.get(token) or str(int(token) + 1)
            yield Mutant(path, text.count("\n", 0, found.start()) + 1, *found.span("token"), replacement)


def choose(count: int, seed: int) -> list[Mutant]:
    """Return a sample of mutants in which each folder has its share, and a few at least.

    Args:
        count: How many.
        seed: What the sample depends on.
    """
    by_folder: dict[str, list[Mutant]] = defaultdict(list)
    for path in sorted(ROOT.joinpath(PACKAGE).rglob("*")):
        make = {".py": python_mutants, ".js": javascript_mutants}.get(path.suffix)
        # Libraries of others have tests of their own.
        if make and path.parent.name != "vendor":
            name = path.relative_to(ROOT).as_posix()
            folder = "javascript" if path.suffix == ".js" else path.relative_to(ROOT / PACKAGE).parts[0]
            by_folder[folder] += make(name, path.read_text(encoding="utf-8"))
    picked = random.Random(seed)  # noqa: S311 - a sample, no secret
    total = sum(map(len, by_folder.values()))
    chosen: list[Mutant] = []
    for _, mutants in sorted(by_folder.items()):
        share = max(3, round(count * len(mutants) / total))
        chosen += picked.sample(mutants, min(share, len(mutants)))
    picked.shuffle(chosen)
    return chosen[:count]


class Coverage(NamedTuple):
    """Which test functions run which code.

    Attributes:
        lines: The tests of each line, by file and line.
        files: The tests of each file, for lines that run at import, with how many of its lines each runs.
        sizes: How many lines each test runs: the fewer, the more it says about each.
    """

    lines: Mapping[tuple[str, int], frozenset[str]]
    files: Mapping[str, Mapping[str, int]]
    sizes: Mapping[str, int]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Return the tests that can notice a mutant, the most telling first."""
        if mutant.path.endswith(".js"):
            return sorted(_tests_of_scripts())
        # Of an expression on several lines, often only the first is measured.
        above = range(mutant.line, max(mutant.line - _LONGEST_EXPRESSION, 0), -1)
        tests = next(filter(None, (self.lines.get((mutant.path, line)) for line in above)), None)
        if tests:
            return sorted(tests, key=lambda test: (self.sizes[test], test))[:_MOST_TESTS]
        # A line that runs at import belongs to the tests that are mostly about its file.
        shares = self.files.get(mutant.path, {})
        return sorted(shares, key=lambda test: (-shares[test] / self.sizes[test], test))[:_MOST_TESTS]


def measure_coverage(folder: Path) -> Coverage:
    """Run the fast tests once and return which of them run which lines.

    Args:
        folder: A copy of the project.
    """
    data = folder / "coverage.json"
    settings = folder / "coverage.ini"
    settings.write_text(
        f"[run]\nsource = {folder / PACKAGE}\ndata_file = {data}.db\n[json]\nshow_contexts = true\n",
        encoding="utf-8",
    )
    (folder / f"{_NAMING}.py").write_text(_NAMING_TESTS, encoding="utf-8")
    tests = ["-m", "pytest", "-p", "no:xdist", "-p", _NAMING, "-m", FAST]
    for command in (["run", f"--rcfile={settings}", *tests], ["json", f"--rcfile={settings}", f"-o{data}"]):
        subprocess.run(
            [sys.executable, "-m", "coverage", *command],
            check=True,
            cwd=folder,
            env=_environment(folder),
            stdout=subprocess.DEVNULL,
        )
    lines: dict[tuple[str, int], frozenset[str]] = {}
    files: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sizes: dict[str, int] = defaultdict(int)
    for name, measured in json.loads(data.read_text(encoding="utf-8"))["files"].items():
        path = (folder / name).relative_to(folder).as_posix()
        for line, contexts in measured["contexts"].items():
            tests_of_line = frozenset(filter(None, contexts))
            lines[path, int(line)] = tests_of_line
            for test in tests_of_line:
                files[path][test] += 1
                sizes[test] += 1
    return Coverage(lines, files, sizes)


def _tests_of_scripts() -> Iterator[str]:
    """Yield the files with tests that call the scripts of the pages without a browser."""
    for path in ROOT.joinpath("tests").rglob("test_*.py"):
        if "tests.node" in path.read_text(encoding="utf-8"):
            yield path.relative_to(ROOT).as_posix()


def survives(mutant: Mutant, folder: Path, tests: Sequence[str]) -> bool:
    """Tell whether no test notices a mutant.

    Args:
        mutant: The change.
        folder: A copy of the project, which is as before afterwards.
        tests: The tests to run.
    """
    file = folder / mutant.path
    text = file.read_text(encoding="utf-8")
    changed = mutant.apply(text)
    if "_unsorted(" in changed:
        changed += "\n\ndef _unsorted(items, **_):\n    return list(items)\n"
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-x", "-m", FAST]
    file.write_text(changed, encoding="utf-8")
    try:
        done = subprocess.run(
            [*command, *tests],
            check=False,
            cwd=folder,
            env=_environment(folder),
            capture_output=True,
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        file.write_text(text, encoding="utf-8")
    # Where no test was chosen from the files, there was nothing to notice it.
    return done.returncode in {0, 5}


def _environment(folder: Path) -> dict[str, str]:
    paths = os.pathsep.join(str(folder / name) for name in ("src", "scripts", "."))
    # The copies have no virtual environment, and so no Node of their own.
    programs = os.pathsep.join((str(ROOT / ".venv" / "node" / "bin"), os.environ["PATH"]))
    return {**os.environ, "PATH": programs, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}


def _copy(folder: Path) -> None:
    """Copy what belongs to the project, as it is."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the mutants that survive, and how many there were."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=300, help="number of mutants (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample (default: 1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="number of mutants at a time")
    options = parser.parse_args(None if arguments is None else list(arguments))
    mutants = choose(options.count, options.seed)
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        free: Queue[Path] = Queue()
        for job in range(options.jobs):
            folder = Path(name) / str(job)
            _copy(folder)
            free.put(folder)
        coverage = measure_coverage(Path(name) / "0")

        def try_out(mutant: Mutant) -> bool:
            folder = free.get()
            try:
                tests = coverage.tests_for(mutant)
                return not tests or survives(mutant, folder, tests)
            finally:
                free.put(folder)

        with ThreadPoolExecutor(options.jobs) as pool:
            survivors = 0
            for mutant, alive in zip(mutants, pool.map(try_out, mutants), strict=True):
                if alive:
                    survivors += 1
                    print(mutant.describe((ROOT / mutant.path).read_text(encoding="utf-8")), flush=True)
    print(f"{survivors} of {len(mutants)} mutants survived (seed {options.seed}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
