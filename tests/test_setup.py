"""What `make` installs: from where pip is told to, and in versions that go together."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import install_browser
from install_node import OLDEST
from install_packages import read_pip_settings
from tests.sites import ROOT


def test_a_mirror_that_is_set_for_pip_is_used() -> None:
    listing = (
        ":env:.find-links='/wheels /more wheels'\n"
        "global.cert='/company.pem'\n"
        "global.index-url='https://everywhere.example/simple'\n"
        "global.timeout='60'\n"
        "install.extra-index-url='\\nhttps://one.example/simple\\nhttps://two.example/simple'\n"
        "install.index-url='https://mirror.example/simple'\n"
    )
    assert read_pip_settings(listing) == {
        "SSL_CERT_FILE": "/company.pem",
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_EXTRA_INDEX_URL": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/wheels,/more,wheels",
    }


def test_pip_without_a_configuration_changes_nothing() -> None:
    assert read_pip_settings("") == {}


def lowest(engines: str) -> tuple[int, ...]:
    """The lowest version of Node.js that a package accepts."""
    numbers = re.findall(r"(\d+)(?:\.(\d+))?[\d.x*]*", engines)
    return min(((int(major), int(minor or 0)) for major, minor in numbers), default=(0, 0))


def test_the_oldest_nodejs_that_is_accepted_is_the_one_that_the_packages_need() -> None:
    packages = json.loads((ROOT / "requirements/package-lock.json").read_text(encoding="utf-8"))["packages"]
    needed = {name: lowest(each.get("engines", {}).get("node", "")) for name, each in packages.items()}
    assert max(needed.values()) == OLDEST, max(needed, key=lambda name: needed[name])


def test_a_browser_that_is_named_is_the_only_one_that_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "chromium"
    locked.touch(mode=0o755)
    monkeypatch.setattr(install_browser, "_PROGRAM", locked)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert install_browser.find_chromium() == locked
    monkeypatch.setenv(install_browser.SETTING, str(tmp_path / "mistyped"))
    assert install_browser.find_chromium() is None
