"""What tests of commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.cli import main

Printed = Callable[..., str]


@pytest.fixture
def printed(site: Path, capsys: pytest.CaptureFixture[str]) -> Printed:  # noqa: ARG001 - where it is run
    """What a command prints that ends well, in the `site` of the test."""

    def call(*words: str) -> str:
        assert main(words) == 0
        return capsys.readouterr().out

    return call
