"""Install locked Python packages into the environment that runs this, with uv and, where uv fails, with pip.

uv takes a tenth of pip's time but does not read pip's configuration. So that a mirror configured for pip is
used, uv gets the settings that say where packages are. pip knows more ways to sign in than uv, so it is tried
when uv fails, and its message is the one to read. Both check every hash.
"""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
# With a hash for each file, it does not matter which of several indexes a file is from.
_UV = [
    str(Path(sysconfig.get_path("scripts"), "uv")),
    "--system-certs",
    "--no-config",
    "pip",
    "install",
    "--python",
    sys.executable,
    "--index-strategy",
    "unsafe-best-match",
]
_SETTINGS = {
    "cert": "SSL_CERT_FILE",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
    "proxy": "ALL_PROXY",
    "trusted-host": "UV_INSECURE_HOST",
}


def read_pip_settings(listing: str) -> dict[str, str]:
    """Translate pip's configuration for uv.

    Args:
        listing: The output of `pip config list`.

    Returns:
        The variables to set for uv.
    """
    values: dict[str, str] = {}
    # Lowest priority first: for all commands, for `pip install`, in the environment.
    for section in ("global", "install", ":env:"):
        for line in listing.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(f"{section}."):
                values[name.removeprefix(f"{section}.")] = " ".join(ast.literal_eval(value).split())
    settings = {_SETTINGS[name]: value for name, value in values.items() if name in _SETTINGS}
    if "UV_FIND_LINKS" in settings:  # The one list that uv separates by commas.
        settings["UV_FIND_LINKS"] = settings["UV_FIND_LINKS"].replace(" ", ",")
    return settings


def install(*arguments: str, settings: dict[str, str]) -> bool:
    """Install packages.

    Args:
        arguments: What follows `pip install`.
        settings: The variables to set for uv.

    Returns:
        Whether the packages are installed. If not, pip has printed why.
    """
    environment = settings | os.environ
    if subprocess.run([*_UV, *arguments], env=environment, capture_output=True, check=False).returncode == 0:
        return True
    return subprocess.run([*_PIP, "install", "--quiet", *arguments], check=False).returncode == 0


def main() -> int:
    """Install the packages of a lock file.

    Returns:
        The exit code: 0 if everything is installed, otherwise 1.
    """
    parser = argparse.ArgumentParser(description="Install the packages of a lock file.")
    parser.add_argument("lock", type=Path, help="a file in requirements/")
    parser.add_argument("--project", action="store_true", help="also install this project, to be edited")
    chosen = parser.parse_args()
    listing = subprocess.run([*_PIP, "config", "list"], capture_output=True, text=True, check=False).stdout
    settings = read_pip_settings(listing)
    done = install("--require-hashes", "-r", str(chosen.lock), settings=settings)
    if done and chosen.project:
        # Its build back end is in the lock file, so nothing is fetched for it without a hash.
        done = install("--no-deps", "--no-build-isolation", "--editable", str(ROOT), settings=settings)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
