"""What the engine and the scripts of the pages both calculate, as cases for both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from tests.sites import ROOT

VECTORS = Path(__file__).parent / "vectors"


class Vector(NamedTuple):
    """A call of a function of a script, and what it has to return.

    Attributes:
        function: Its name.
        arguments: Its arguments.
        result: The result. An object can have more fields than this one.
    """

    function: str
    arguments: list[Any]
    result: Any


def vectors(name: str) -> list[Vector]:
    """Return the cases of a file of `tests/vectors/`, which `vectors.test.js` tries on the script."""
    return [Vector(*case) for case in json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["cases"]]


def find_node() -> str:
    """Return the program: the one that was installed for this project, else the one on `PATH`."""
    node = shutil.which("node", path=ROOT / ".venv/node/bin") or shutil.which("node")
    assert node, "Node.js is not installed: `make editor` says how to get it"
    return node
