"""Make sure that there is a Chromium for the browser tests, and print nothing if there is one.

The order of the search: the program that `HANDBOOK_CHROMIUM` names, a Chromium or Chrome on `PATH`, one that
this script installed, one that Playwright installed. If there is none, root on Debian gets the distribution's
package. Others on Linux get the build that is locked in `requirements/chromium/`: unlike Playwright's, it
comes from the package registry with its hash, needs no libraries of the system and is a third of the size. It
exists for x86-64 only. Where it does not run, Playwright downloads its own build.

With `--system`, only the distribution's package is tried. That needs nothing but Python, so it is done while
everything else is installed.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTING = "HANDBOOK_CHROMIUM"
# The first has no windows to draw: it shows a page in a third of the time that a whole browser takes.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Inside a folder of Playwright's, such as `chromium-1200` or `chromium_headless_shell-1200`.
_PLAYWRIGHT_PROGRAMS = (
    "chrome-linux*/chrome",
    "chrome-mac*/*.app/Contents/MacOS/*",
    "chrome-win*/chrome.exe",
    "chrome-*/headless_shell",
    "chrome-headless-shell-*/chrome-headless-shell*",
)
_LONGEST_INSTALL = 900  # Seconds.

_LOCKED = ROOT / "requirements/chromium"
_FOLDER = ROOT / ".venv/chromium"
_PROGRAM = _FOLDER / "chromium"
# The program needs libraries that not every system has, and fonts where there are none at all.
_START = """\
#!/bin/sh
folder=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$folder/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$folder/fonts.conf"
exec "$folder/headless_shell" "$@"
"""
_FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="relative">cache</cachedir></fontconfig>
"""
_DECOMPRESS = """
const { createReadStream, createWriteStream } = require("node:fs");
const { pipeline } = require("node:stream/promises");
const [from, to] = process.argv.slice(1);
pipeline(createReadStream(from), require("node:zlib").createBrotliDecompress(), createWriteStream(to));
"""


def find_chromium() -> Path | None:
    """Find a Chromium or Chrome that tests can start.

    Returns:
        Its path, or `None` if there is none. If `HANDBOOK_CHROMIUM` is set, no other program counts, so that
        a mistyped name is noticed.
    """
    named = os.environ.get(SETTING)
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    if named:
        return None
    return _PROGRAM if _PROGRAM.exists() else next(_installed_by_playwright(), None)


def main() -> int:
    """Find or install a Chromium.

    Returns:
        The exit code: 0 if there is one, otherwise 1; with `--system`, always 0.
    """
    if find_chromium():
        return 0
    if sys.argv[1:] == ["--system"]:
        if not os.environ.get(SETTING):
            _install_with_apt()
        return 0
    if os.environ.get(SETTING):
        print(f"Invalid {SETTING}: {os.environ[SETTING]} is not an executable program.", file=sys.stderr)
        return 1
    for install in (_install_with_apt, _install_with_npm, _install_with_playwright):
        install()
        if find_chromium():
            return 0
    print(
        f"Missing Chromium for the browser tests: install Chromium or Chrome, or set {SETTING} to its path.",
        file=sys.stderr,
    )
    return 1


def _installed_by_playwright() -> Iterator[Path]:
    """Return the programs in the folder of Playwright's downloads, the latest without windows first."""
    folders = [
        folder
        for name in ("chromium_headless_shell", "chromium")
        for folder in sorted(_playwright_folder().glob(f"{name}-*"), key=_revision, reverse=True)
    ]
    for folder in folders:
        for pattern in _PLAYWRIGHT_PROGRAMS:
            for program in sorted(folder.glob(pattern)):
                if program.is_file() and os.access(program, os.X_OK):
                    yield program


def _playwright_folder() -> Path:
    """Return the folder of Playwright's browsers on this system."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen and chosen != "0":
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Local" / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _revision(folder: Path) -> int:
    """Return the number at the end of the name of a folder of Playwright."""
    number = folder.name.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _install_with_apt() -> None:
    """Install Debian's package, which only root can do."""
    if sys.platform == "win32" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _run(["apt-get", "update"])
    for package in ("chromium-headless-shell", "chromium"):  # Older releases have the second only.
        if not find_chromium():
            _run(["apt-get", "install", "-y", package])


def _install_with_npm() -> None:
    """Install the locked build, and remove it again if it does not run here."""
    programs = ROOT / ".venv/node/bin"
    if sys.platform != "linux" or platform.machine() != "x86_64" or not (programs / "npm").exists():
        return
    package = "node_modules/@sparticuz/chromium/bin"
    decompress = [str(programs / "node"), "--eval", _DECOMPRESS]
    # No code of the package runs, neither now nor later: it only brings the archives.
    steps = [
        [str(programs / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        [*decompress, f"{package}/chromium.br", "headless_shell"],
    ]
    for archive in ("al2023.tar", "fonts.tar", "swiftshader.tar"):
        steps += [[*decompress, f"{package}/{archive}.br", archive], ["tar", "-xf", archive]]
    steps += [["rm", "-r", "node_modules"], ["chmod", "+x", "headless_shell", "chromium"]]
    shutil.rmtree(_FOLDER, ignore_errors=True)
    shutil.copytree(_LOCKED, _FOLDER)
    _PROGRAM.write_text(_START, encoding="utf-8")
    if all(_run(step, _FOLDER) for step in [*steps, [str(_PROGRAM), "--version"]]):
        (_FOLDER / "fonts.conf").write_text(_FONTS, encoding="utf-8")
    else:
        shutil.rmtree(_FOLDER, ignore_errors=True)


def _install_with_playwright() -> None:
    """Let Playwright download its own build, if Playwright is installed."""
    if find_spec("playwright"):
        _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: Sequence[str], folder: Path = ROOT) -> bool:
    """Run a command without output, and return whether it succeeded."""
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_INSTALL,
            env={
                **os.environ,
                "DEBIAN_FRONTEND": "noninteractive",
                "PATH": f"{ROOT / '.venv/node/bin'}{os.pathsep}{os.environ['PATH']}",
            },
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
