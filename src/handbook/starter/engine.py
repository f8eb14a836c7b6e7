"""Find out which wheel the engine was installed from, so that CI can install the same."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any
from urllib.parse import urlsplit

from handbook.base.version import __version__
from handbook.write.upgrading.packages import Engine

_NAME = "product-handbook"
_SECONDS = 30


def read_engine() -> Engine:
    """Return where the engine was installed from.

    pip notes it for a wheel that was named by its address. For one from an index, pip asks the index again.
    """
    try:
        noted = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return Engine()
    if not noted:
        return Engine(_digest_in_index())
    origin = json.loads(noted)
    digest, address = _digest_in(origin), str(origin.get("url", ""))
    return Engine(digest, address if digest and _is_for_all(address) else "")


def _is_for_all(address: str) -> bool:
    """Return whether CI can use an address, and whether it holds no secret, which would be committed."""
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.username is None and not parts.query


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
