"""The live preview follows what product ops and developers change."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from handbook.cli import main
from handbook.publish.watching import follow
from handbook.read.files import find_site
from tests.sites import CONFIG, TOOL, run, write_site


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(site: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`handbook serve`, for a while; what it says goes into a file."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "handbook", "serve", "--port", str(port)],
            cwd=site,
            stdout=file,
            stderr=file,
            env={**os.environ, "TMPDIR": str(log.parent)},
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            pytest.fail(f"never: {what}")
        time.sleep(0.05)


def wait_for(url: str, text: str) -> None:
    """Waits until a page shows a text."""

    def shows() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own server
                return text in answer.read().decode()
        except OSError:
            return False

    wait_until(shows, f"{text!r} on {url}")


def wait_for_words(log: Path, words: str) -> None:
    """Waits until a log has some words."""
    wait_until(lambda: words in log.read_text(encoding="utf-8"), words)


def write(file: Path, text: str) -> None:
    """Writes a file, in a folder that may be new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


SCHEMA = (Path(__file__).parents[2] / "schemas/tool.schema.json").read_text(encoding="utf-8")


def test_a_change_of_whatever_a_site_is_made_of_is_noticed(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"schemas/tool.schema.json": SCHEMA})
    builds: list[dict[str, str]] = [{}]

    def build() -> None:
        files = [path for path in root.rglob("*.*") if path.is_file()]
        builds.append({path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files})

    def change(name: str, text: str) -> None:
        write(root / name, text)
        wait_until(lambda: builds[-1].get(name) == text, f"{name}: {text}")

    def is_watching() -> bool:
        write(root / f"begun-{time.monotonic_ns()}.yaml", "")
        return len(builds) > 1

    server = LiveReloadServer(build, "127.0.0.1", 0, str(root), polling_interval=0.05, shutdown_delay=0.05)
    server.watch(str(root / "docs"))
    follow(server, find_site(root))
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        wait_until(is_watching, "that it watches")
        change("tools_inventory.yaml", TOOL.replace("the work.", "it all."))
        # Folders and files that were not there when it started.
        change("macros/tool.jinja", "First view.\n")
        change("macros/tool.jinja", "Second view.\n")
        change("sources/glossary.yaml", "terms: [{id: arr, name: ARR, summary: A.}]\n")
        change("sources/teams/ops.yaml", "name: Operations\nsummary: A.\n")
        change("more.yaml", "tools: []\n")
        change("more.yaml", "tools: []  # None yet.\n")
        change("schemas/tool.schema.json", SCHEMA.replace('"title": "Tools"', '"title": "Instruments"'))
        change("mkdocs.yml", CONFIG.replace("Test", "Other"))
        shutil.rmtree(root / "macros")
        wait_until(lambda: "macros/tool.jinja" not in builds[-1], "that the folder is gone")
        change("macros/tool.jinja", "Third view.\n")
        (root / "docs").rename(root / "away")
        wait_until(lambda: "docs/index.md" not in builds[-1], "that the pages are gone")
        change("docs/index.md", "# First\n")
        change("docs/index.md", "# Second\n")
    finally:
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_changes_show_by_themselves_in_what_is_served(tmp_path: Path) -> None:
    port = free_port()
    files = {"schemas/tool.schema.json": SCHEMA, "tools_inventory.yaml": "tools: [\n"}
    site = write_site(tmp_path / "site", files)
    address = f"http://127.0.0.1:{port}/"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    log = temporary / "log.txt"
    with serving(site, port, log) as process:
        # It starts even with mistakes, and tells them.
        wait_for(f"{address}livereload/handbook", "tools_inventory.yaml:1:8: HB004 error")
        asked = urllib.request.Request(address, headers={"Host": "other.example"})
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(asked, timeout=5)  # noqa: S310  # our own server
        write(site / "tools_inventory.yaml", TOOL)
        wait_for(f"{address}tools/linear/", "Plans the work.")
        write(site / "docs/index.md", "# Welcome\n")
        wait_for(address, "Welcome")
        for name, text in (
            ("macros/tool.jinja", "Our view: {{ entry.summary }}\n"),
            ("sources/glossary.yaml", "terms: [{id: arr, name: ARR, summary: A.}]\n"),
            ("sources/teams/ops.yaml", "name: Operations\nsummary: A.\n"),
            ("schemas/tool.schema.json", SCHEMA.replace('"title": "Tools"', '"title": "Instruments"')),
            ("tools_inventory.yaml", TOOL.replace("the work.", "it all.")),
        ):
            write(site / name, text)
        for page, shown in (
            ("tools/linear/", "Our view: Plans it all."),
            ("glossary/", "ARR"),
            ("teams/ops/", "Operations"),
            ("tools/", "Instruments"),
        ):
            wait_for(address + page, shown)
        shutil.rmtree(site / "macros")
        wait_for(f"{address}tools/linear/", "Project management")
        # Mistakes are told, and outlived.
        for name, wrong, told in (
            (
                "tools_inventory.yaml",
                TOOL.replace("trial", "Trial"),
                "tools_inventory.yaml:6:13: HB104 error",
            ),
            ("mkdocs.yml", f"{CONFIG}nav: [\n", "HB004 error: Bracket is not closed"),
        ):
            write(site / name, wrong)
            wait_for_words(log, told)
        write(site / "mkdocs.yml", CONFIG)
        write(site / "tools_inventory.yaml", TOOL.replace("Linear", "Lunar"))
        wait_for(f"{address}tools/linear/", "Lunar")
        done = run(site, "serve", "--port", str(port))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert f"'handbook serve --port {port + 1}'" in done.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    said = log.read_text(encoding="utf-8")
    assert [words for words in ("Traceback", "Config macros") if words in said] == []
    assert [path.name for path in temporary.iterdir()] == ["log.txt"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--port", "0"], "0 is not a port; use a number from 1 to 65535"),
        (["--port", "http"], "http is not a port"),
        (["--port", "65536"], "65536 is not a port"),
        (["--host", "example"], "example is not an IP address"),
    ],
)
def test_an_address_that_is_none_is_refused(
    words: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", *words])
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "words", "settings"),
    [
        ("127.0.0.1", ["--port", "{port}"], ""),
        ("127.0.0.1", [], "dev_addr: 127.0.0.1:{port}\n"),
        ("127.0.0.2", ["--host", "127.0.0.2"], "dev_addr: 127.0.0.1:{port}\n"),
        ("127.0.0.1", ["--host", "127.0.0.1", "--port", "{port}"], "dev_addr: nothing\n"),
    ],
)
def test_a_port_that_is_taken_is_named_with_another_one(  # noqa: PLR0917  # three cases, three fixtures
    host: str,
    words: list[str],
    settings: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind((host, 0))
        taken.listen()
        port = taken.getsockname()[1]
        write_site(tmp_path, {"mkdocs.yml": CONFIG + settings.format(port=port)})
        monkeypatch.chdir(tmp_path)
        assert main(["serve", *(word.format(port=port) for word in words)]) == 2
    assert capsys.readouterr().err == (
        f"handbook: error: Can't use port {port} of {host}: address already in use. "
        f"Run 'handbook serve --port {port + 1}' to use another port.\n"
    )
