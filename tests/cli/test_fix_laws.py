"""What holds for the corrections of any mistake, tried on the files of this repository's own handbook.

Each run makes a mistake in every second file. A full run prints how many were found and corrected.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.loaded.fixing import find_fixes
from handbook.loaded.handbook import load
from handbook.read.files import Site, find_site
from handbook.read.yaml.document import read_document
from tests.conftest import TODAY
from tests.effort import FULL, runs
from tests.mutations import RANDOM, SAFE
from tests.sites import copy_shipped_site

RUNS = runs(1, 390)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The handbook without its pages, which only take time."""
    folder = copy_shipped_site(tmp_path_factory.mktemp("fixes") / "site")
    (folder / ".git").mkdir()
    for page in (folder / "docs").rglob("*.md"):
        page.unlink()
    return find_site(folder)


def _what(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.code, finding.message


def findings(site: Site) -> list[Finding]:
    return list(load(site, TODAY).findings)


def test_corrections_make_nothing_worse(copy: Site) -> None:
    files = sorted([copy.root / "tools_inventory.yaml", *(copy.root / "sources").rglob("*.yaml")])
    right = {path: path.read_bytes() for path in files}
    before = set(map(_what, findings(copy)))
    statistics: Counter[tuple[str, str]] = Counter()
    choose = random.Random(18)  # noqa: S311 - no secret
    try:
        for _ in range(RUNS):
            mutated = _mutate(right, choose)
            for path, (_, data) in mutated.items():
                path.write_bytes(data)
            _try(copy, right, mutated, before, statistics)
            for path in mutated:
                path.write_bytes(right[path])
    finally:
        if FULL:
            _print(statistics)


def _mutate(right: dict[Path, bytes], choose: random.Random) -> dict[Path, tuple[str, bytes]]:
    """A mistake in about half of the files."""
    mutated = {}
    for path, data in right.items():
        name, mutate = choose.choice([*SAFE.items(), *SAFE.items(), *RANDOM.items()])
        text = mutate(data.decode(), choose) if choose.random() < 0.5 else None
        if text is not None and text.encode() != data:
            mutated[path] = (name, text.encode())
    return mutated


def _try(
    site: Site,
    right: dict[Path, bytes],
    mutated: dict[Path, tuple[str, bytes]],
    before: set[tuple[str, str, str]],
    statistics: Counter[tuple[str, str]],
) -> None:
    handbook = load(site, TODAY)
    fixes = find_fixes(handbook, lambda _: True)
    for path, (old, new) in fixes.changes.items():
        file = site.root / path
        assert file.read_bytes() == old
        assert file in mutated, f"{path} was right"
        file.write_bytes(new)
    found = {each.path for each in handbook.findings if _what(each) not in before}
    left = [each for each in findings(site) if _what(each) not in before]
    remaining = {each.path for each in left}
    for file, (name, data) in mutated.items():
        path = file.relative_to(site.root).as_posix()
        result = file.read_bytes()
        is_corrected = path in fixes.changes and path not in remaining
        means_the_same = read_document(result).value == read_document(right[file]).value
        statistics[name, "made"] += 1
        statistics[name, "found"] += path in found
        statistics[name, "corrected"] += is_corrected
        statistics[name, "to the same meaning"] += is_corrected and means_the_same
        statistics[name, "to the same bytes"] += is_corrected and result == right[file]
        if name in SAFE and is_corrected:
            assert means_the_same, (name, path, _around(right[file], data), _around(right[file], result))
    # A file that can be read again no longer hides what is wrong elsewhere.
    is_all_corrected = all(file.read_bytes() == right[file] for file in mutated)
    assert not (left and is_all_corrected), left
    again = find_fixes(load(site, TODAY), lambda _: True)
    assert not again.changes, again.fixed


def _around(right: bytes, other: bytes) -> str:
    """The lines that differ."""
    pairs = zip(right.decode().splitlines(), other.decode().splitlines(), strict=False)
    return next((f"{a!r} -> {b!r}" for a, b in pairs if a != b), "the end")


def _print(statistics: Counter[tuple[str, str]]) -> None:
    columns = ("made", "found", "corrected", "to the same meaning", "to the same bytes")
    names = [*SAFE, *RANDOM]
    rows = [(name, [statistics[name, column] for column in columns]) for name in names]
    rows.append(("all", [sum(row[index] for _, row in rows) for index in range(len(columns))]))
    sys.stdout.write("\n" + f"{'mistake':36}" + "".join(f"{column:>24}" for column in columns))
    for name, numbers in rows:
        sys.stdout.write(f"\n{name:36}" + "".join(f"{number:>24,}" for number in numbers))
