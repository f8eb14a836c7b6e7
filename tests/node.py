"""The scripts of the pages, called without a page."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.sites import ROOT

_BROWSER = ROOT / "src/handbook/publish/browser"
_CALL = """
const given = await new Response(process.stdin).json();
const { %(function)s } = await import(%(module)s);
const results = given.map((each) => %(function)s(...each));
process.stdout.write(JSON.stringify(results.map((each) => each === undefined ? null : each)));
"""


def find_node() -> str:
    """Return the program: the one that was installed for this project, else the one on `PATH`."""
    node = shutil.which("node", path=ROOT / ".venv/node/bin") or shutil.which("node")
    assert node, "Node.js is not installed: `make editor` says how to get it"
    return node


def call(module: str, function: str, arguments: Sequence[Sequence[Any]]) -> list[Any]:
    """Return what a function of a script gives for each list of arguments."""
    code = _CALL % {"function": function, "module": json.dumps((_BROWSER / module).as_uri())}
    done = subprocess.run(
        [find_node(), "--input-type=module", "--eval", code],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))
