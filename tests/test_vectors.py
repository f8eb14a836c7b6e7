"""The scripts of the pages calculate what the engine does: both are tried on `tests/vectors/`."""

from __future__ import annotations

import subprocess

import pytest

from tests.node import VECTORS, find_node


@pytest.mark.node
def test_the_scripts_give_the_results_of_the_shared_cases() -> None:
    done = subprocess.run(
        [find_node(), "--test", VECTORS / "vectors.test.js"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
