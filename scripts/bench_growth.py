"""Show what grows faster than the handbook: every command, and every page, at several sizes.

The handbooks have the entries of the shipped one again and again, under new IDs and with sentences that a
small grammar makes, so that no two texts are the same. What grows faster than the entries by a tenth or more
is marked. The arguments are the numbers of entries; by default 181 and 1,000.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench_inputs import ROOT, write_copy
from bench_measure import Measure
from bench_timing import in_turn, median_time
from handbook.link.catalogue import Entry
from handbook.loaded.handbook import load
from handbook.read.schemas.shapes import Shape

_USUAL = (181, 1_000)
_LARGE = (1_000, 10_000)
"""The numbers of entries between which growth has a budget."""
_STEEP = 1.1
"""The growth that is marked, as a part of that of the entries."""
_LEAST = 50
"""The kilobytes from which on the size of a page matters."""
_LONG = 60
"""The characters of a text from which on it is replaced by sentences."""
_FIXED = frozenset({"team", "role"})
"""Kinds of which a large company hasn't many more."""
_ENGINE = Path(sys.executable).with_name("handbook")
_COMMANDS = (
    ("validate",),
    ("list", "tool"),
    ("show", "tool", "linear"),
    ("search", "who", "approves", "a", "launch"),
    ("codeowners",),
    ("status",),
    ("audit",),
    ("pick", "--team-size=8", "--workflows=simple", "--integrations=few"),
    ("export", "backstage"),
    ("digest", "--since", "HEAD"),
    ("build", "--site-dir", "site"),
)
_WHO = ("account", "admin", "analyst", "buyer", "champion", "customer", "designer", "founder", "reader")
_DOES = (
    "accepts",
    "adds",
    "answers",
    "asks for",
    "books",
    "changes",
    "checks",
    "closes",
    "compares",
    "copies",
)
_WHAT = ("an alert", "a backlog", "a board", "a budget", "a chart", "a contract", "a forecast", "an invoice")
_HOW = ("by hand", "each morning", "in one place", "on request", "with a colleague", "without a meeting")
_WHEN = ("after a release", "before the review", "during the trial", "once a quarter", "when plans change")


class Grammar:
    """Makes sentences and names, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable, and no secret

    def text(self, length: int) -> str:
        """Return sentences of about a number of characters."""
        sentences: list[str] = []
        while sum(map(len, sentences)) < length:
            who, does, what, how, when = map(self._random.choice, (_WHO, _DOES, _WHAT, _HOW, _WHEN))
            sentences.append(f"The {who} {does} {what} {how} {when}, item {self._random.randrange(10**6)}.")
        return " ".join(sentences)

    def name(self, name: str, turn: int) -> str:
        """Return a name that no other entry has."""
        return f"{name} {self._random.choice(_WHO)} {turn}"


def write_grown(folder: Path, entries: int) -> Path:
    """Write the shipped handbook with about a number of entries, and return its folder.

    Args:
        folder: The folder.
        entries: The number; at least that of the shipped handbook, which is written as it is.
    """
    write_copy(folder)
    shipped = [*load(ROOT).catalogue.all()]
    grown = [entry for entry in shipped if entry.kind.name not in _FIXED]
    grammar = Grammar(entries)
    for number in range(max(0, entries - len(shipped))):
        turn, place = divmod(number, len(grown))
        entry = grown[place]
        # Every kind has a folder with a file for each entry.
        source = next(each for each in entry.kind.sources if each.endswith("/"))
        file = folder / source / f"{entry.id}-{turn}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(
            _grown(entry, turn, grammar), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True
        )
        file.write_text(text, encoding="utf-8")
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=-", "-c", "user.email=-", "commit", "-qm", "All"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def _grown(entry: Entry, turn: int, grammar: Grammar) -> dict[str, Any]:
    """Return an entry with a name and texts of its own, and without what only one entry can have."""
    left_out = {"id", "former_ids", "short_name", "aliases", "name"}
    kept = {name: value for name, value in entry.data.items() if name not in left_out}
    data = _with_texts(kept, entry.kind.shape, grammar)
    return {"name": grammar.name(entry.name, turn), **data}


def _with_texts(value: Any, shape: Shape | None, grammar: Grammar) -> Any:
    """Return a value with other sentences in place of each long text."""
    if isinstance(value, Mapping):
        return {
            name: _with_texts(inner, shape.field(name) if shape else None, grammar)
            for name, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_with_texts(inner, shape.items if shape else None, grammar) for inner in value]
    is_text = isinstance(value, str) and len(value) > _LONG and shape is not None and shape.is_prose
    return grammar.text(len(value)) if is_text else value


def _times(sites: Sequence[Path]) -> Iterator[tuple[str, list[float]]]:
    """Yield what each command costs in each handbook, in seconds of processor time."""
    for words in _COMMANDS:
        runs = [in_turn([[str(_ENGINE), *words]], site, runs=1)[0] for site in sites]
        yield " ".join(words), [median_time(each) for each in runs]


def _sizes(sites: Sequence[Path]) -> Iterator[tuple[str, list[float]]]:
    """Yield the kilobytes of each page that all sites have, and of each other large file."""
    built = [site / "site" for site in sites]
    for file in sorted(
        each for each in built[0].rglob("*") if each.suffix in (".html", ".json", ".txt", ".ics")
    ):
        path = file.relative_to(built[0])
        found = [each / path for each in built]
        if all(each.exists() for each in found):
            yield path.as_posix(), [each.stat().st_size / 1_000 for each in found]


def growth(folder: Path) -> Iterator[Measure]:
    """Yield how much more each command costs with ten times the entries, and the page that grows most."""
    sites = [write_grown(folder / f"grown-{size}", size) for size in _LARGE]
    budget = _STEEP * _LARGE[1] / _LARGE[0]
    peer = f"{_LARGE[0]:,} entries"
    for name, (small, large) in _times(sites):
        figures = f"{large:.2f} s / {small:.2f} s"
        what = f"{name}, {_LARGE[1]:,} entries"
        yield Measure(what, large / small, "x", budget, peer=peer, figures=figures)
    pages = [(large / small, path, large, small) for path, (small, large) in _sizes(sites) if large >= _LEAST]
    most, path, large, small = max(pages)
    figures = f"{large:.0f} kB / {small:.0f} kB"
    yield Measure(f"{path}, which grows most", most, "x", budget, peer=peer, figures=figures)


def _print(head: str, sizes: Sequence[int], rows: Iterable[tuple[str, list[float]]], least: float) -> None:
    """Print each row whose last figure is large enough to matter."""
    fixed = sum(1 for entry in load(ROOT).catalogue.all() if entry.kind.name in _FIXED)
    usual = (sizes[-1] - fixed) / (sizes[0] - fixed)
    print(f"\n{head:<44}" + "".join(f"{size:>12,}" for size in sizes) + "  growth", flush=True)
    for name, figures in rows:
        growth = figures[-1] / figures[0]
        if figures[-1] >= least:
            mark = "  STEEP" if growth > _STEEP * usual else ""
            print(
                f"{name:<44}" + "".join(f"{each:>12,.2f}" for each in figures) + f"  x {growth:.1f}{mark}",
                flush=True,
            )


def main(arguments: Sequence[str]) -> None:
    """Measure all sizes and print what each command and page costs, with its growth."""
    sizes = [int(each) for each in arguments] or _USUAL
    with tempfile.TemporaryDirectory(prefix="handbook-growth-") as name:
        sites = [write_grown(Path(name) / str(size), size) for size in sizes]
        _print("seconds of processor time", sizes, _times(sites), 0)
        _print("kilobytes", sizes, _sizes(sites), _LEAST)


if __name__ == "__main__":
    main(sys.argv[1:])
