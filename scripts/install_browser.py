"""Sees to it that there is a Chromium for the browser tests; prints nothing when there is one.

Looked for in this order: the program that `HANDBOOK_CHROMIUM` names, a Chromium or Chrome on `PATH`, one that
Playwright installed. When none is found, root on Debian gets the distribution's package and everybody else
the build that Playwright downloads.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

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


def find_chromium() -> Path | None:
    """Finds a Chromium or Chrome that tests can start.

    Returns:
        Its path, or `None` where there is none. A program named by `HANDBOOK_CHROMIUM` is the only one that
        counts, so that a mistyped name is noticed.
    """
    named = os.environ.get(SETTING)
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None if named else next(_installed_by_playwright(), None)


def main() -> int:
    """Finds or installs a Chromium.

    Returns:
        The exit code: 0 when there is one, 1 when there is none.
    """
    if find_chromium():
        return 0
    if os.environ.get(SETTING):
        print(f"{SETTING} names no program that can be run: {os.environ[SETTING]}", file=sys.stderr)
        return 1
    for install in (_install_with_apt, _install_with_playwright):
        install()
        if find_chromium():
            return 0
    print(
        f"No Chromium for the browser tests: install Chromium or Google Chrome, or name one in {SETTING}.",
        file=sys.stderr,
    )
    return 1


def _installed_by_playwright() -> Iterator[Path]:
    """Programs in the folder that Playwright downloads to, the newest without windows first."""
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
    """Where Playwright keeps its browsers on this system."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen and chosen != "0":
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Local" / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _revision(folder: Path) -> int:
    """The number at the end of a folder of Playwright's."""
    number = folder.name.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _install_with_apt() -> None:
    """Installs Debian's package, for root only: nobody else may."""
    if sys.platform == "win32" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _run(["apt-get", "update"])
    for package in ("chromium-headless-shell", "chromium"):  # Older releases have the second only.
        if not find_chromium():
            _run(["apt-get", "install", "-y", package])


def _install_with_playwright() -> None:
    """Has Playwright download its own build, if Playwright is there."""
    if find_spec("playwright"):
        _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: Sequence[str]) -> None:
    """Runs a command without a word; whether it worked shows in what is there afterwards."""
    try:
        subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_INSTALL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return


if __name__ == "__main__":
    sys.exit(main())
