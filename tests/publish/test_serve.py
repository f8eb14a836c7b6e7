"""The live preview follows what product ops and developers change."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sites import CONFIG, TOOL, write_site


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(site: Path) -> Iterator[None]:
    """`handbook serve`, for a while."""
    process = subprocess.Popen(
        [sys.executable, "-m", "handbook", "serve"],
        cwd=site,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def wait_for(url: str, text: str, seconds: float = 30) -> None:
    """Waits until a page shows a text."""
    end = time.monotonic() + seconds
    seen = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own server
                seen = answer.read().decode()
        except OSError as error:
            seen = str(error)
        if text in seen:
            return
        time.sleep(0.2)
    pytest.fail(f"{url} never showed {text!r}")


SCHEMA = (Path(__file__).parents[2] / "schemas/tool.schema.json").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_change_of_a_source_a_schema_a_view_or_a_page_shows_by_itself(tmp_path: Path) -> None:
    port = free_port()
    files = {
        "mkdocs.yml": f"{CONFIG}dev_addr: 127.0.0.1:{port}\n",
        "schemas/tool.schema.json": SCHEMA,
        "macros/tool.jinja": "First view.\n",
    }
    site = write_site(tmp_path, files)
    address = f"http://127.0.0.1:{port}/"
    with serving(site):
        wait_for(f"{address}tools/linear/", "Plans the work.")
        changes = (
            (
                "tools_inventory.yaml",
                TOOL.replace("Plans the work.", "Plans it all."),
                "tools/linear/",
                "Plans it all.",
            ),
            ("macros/tool.jinja", "Second view.\n", "tools/linear/", "Second view."),
            ("docs/index.md", "# Welcome\n", "", "Welcome"),
            (
                "schemas/tool.schema.json",
                SCHEMA.replace('"title": "Tools"', '"title": "Instruments"'),
                "tools/",
                "Instruments",
            ),
        )
        for name, text, page, shown in changes:
            (site / name).write_text(text, encoding="utf-8")
            wait_for(address + page, shown)


@pytest.mark.slow
def test_the_preview_outlives_a_mistake_and_its_mend(tmp_path: Path) -> None:
    port = free_port()
    site = write_site(tmp_path, {"mkdocs.yml": f"{CONFIG}dev_addr: 127.0.0.1:{port}\n"})
    address = f"http://127.0.0.1:{port}/tools/linear/"
    with serving(site):
        wait_for(address, "Plans the work.")
        (site / "tools_inventory.yaml").write_text(TOOL.replace("active", "Active"), encoding="utf-8")
        time.sleep(2)
        (site / "tools_inventory.yaml").write_text(
            TOOL.replace("Plans the work.", "Mended."), encoding="utf-8"
        )
        wait_for(address, "Mended.")
