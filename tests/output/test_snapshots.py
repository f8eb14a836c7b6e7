"""What each format says about one list of findings, byte for byte.

After a change that is meant, delete the snapshot and run the test: it writes a new one and fails once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import __version__
from handbook.output import FORMATS, renderer
from handbook.output.github import render_summary
from tests.output.sample import SAMPLE

SNAPSHOTS = Path(__file__).parent / "snapshots"

SAID = {name: renderer(name)(SAMPLE) for name in FORMATS} | {"github-summary": render_summary(SAMPLE)}


@pytest.mark.parametrize("name", SAID)
def test_a_format_says_what_it_has_always_said(name: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    # The version changes with every release and stands in no snapshot.
    said = SAID[name].replace(f'"{__version__}"', '"VERSION"').encode("utf-8", "backslashreplace")
    if not path.exists():
        path.write_bytes(said)
        pytest.fail(f"{path} is new: look at it")
    assert said.decode() == path.read_bytes().decode()


def test_every_snapshot_is_of_a_format() -> None:
    assert {path.stem for path in SNAPSHOTS.iterdir()} == set(SAID)
