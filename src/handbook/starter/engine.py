"""Find out which wheel the engine was installed from, so that a new handbook can pin it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from handbook.base.version import __version__

_NAME = "product-handbook"
_SECONDS = 30


def engine_digest() -> str:
    """Return the hash of the wheel that the engine was installed from; empty if it is unknown.

    pip notes it for a wheel that was named by its address. For one from an index, pip asks the index again.
    """
    try:
        noted = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    return _digest_in(json.loads(noted)) if noted else _digest_in_index()


def _digest_in_index() -> str:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    ask = ["--dry-run", "--no-deps", "--ignore-installed", "--only-binary", ":all:", "--report", "-"]
    with suppress(OSError, subprocess.SubprocessError, ValueError, LookupError):
        done = subprocess.run(  # noqa: S603 - the interpreter that runs this
            [*pip, *ask, f"{_NAME}=={__version__}"], capture_output=True, check=True, timeout=_SECONDS
        )
        return _digest_in(json.loads(done.stdout)["install"][0]["download_info"])
    return ""


def _digest_in(origin: Any) -> str:
    """Return the hash in what pip says about the origin of a package."""
    digest: str = origin.get("archive_info", {}).get("hashes", {}).get("sha256", "")
    return digest
