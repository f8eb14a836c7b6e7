"""The container that serves a built handbook."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.sites import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SETTINGS = (ROOT / "container/nginx.conf").read_text(encoding="utf-8")


def test_it_has_a_user_without_rights_and_contains_nothing_but_the_site_and_the_settings() -> None:
    (user,) = re.findall(r"^USER (\d+):\d+$", DOCKERFILE, re.MULTILINE)
    assert int(user)
    copied = re.findall(r"^COPY (\w+)", DOCKERFILE, re.MULTILINE)
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["*", *(f"!{each}" for each in copied)]


def test_it_is_asked_for_its_health_at_an_address_that_it_has() -> None:
    (port, path) = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)\"", DOCKERFILE).groups()  # type: ignore[union-attr]
    assert f"EXPOSE {port}" in DOCKERFILE
    assert f"listen {port};" in SETTINGS
    assert f"location = {path} {{" in SETTINGS


def test_it_writes_to_the_folder_for_temporary_files_only() -> None:
    written = re.findall(r"^ *(?:pid|\w+_temp_path) ([^;]+);", SETTINGS, re.MULTILINE)
    assert len(written) == 6
    assert all(path.startswith("/tmp/") for path in written)  # noqa: S108  # the one folder that it gets


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of nginx, with the settings as they are but for the folders."""
    site = tmp_path / "site"
    for name in (
        "index.html",
        "404.html",
        "tools/index.html",
        "a.0123abcd.min.css",
        ".handbook-build",
        "a.ics",
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    text = SETTINGS.replace("/tmp/", f"{tmp_path}/").replace("/dev/stdout", str(tmp_path / "log"))  # noqa: S108
    text = text.replace("8080", str(number)).replace("/srv/handbook", str(site))
    settings = tmp_path / "nginx.conf"
    settings.write_text(text, encoding="utf-8")
    settings.chmod(0o644)
    with subprocess.Popen(["nginx", "-c", str(settings), "-g", "daemon off; user root;"]) as server:
        for _ in range(600):
            try:
                ask(number, "/-/health")
                break
            except OSError:
                time.sleep(0.05)
        yield number
        server.terminate()


def ask(port: int, path: str, method: str = "GET") -> tuple[int, Mapping[str, str], str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


@pytest.mark.skipif(
    not shutil.which("nginx") or os.name == "nt" or os.geteuid() != 0,
    reason="needs nginx, and root to start it",
)
def test_every_answer_is_guarded_and_only_files_with_a_hash_in_their_name_are_stored_for_good(
    port: int,
) -> None:
    for path, status, text in (
        ("/", 200, "index.html"),
        ("/tools/", 200, "tools/index.html"),
        ("/nope/", 404, "404.html"),
        ("/.handbook-build", 404, "404.html"),
        ("/a.ics", 200, "a.ics"),
        ("/a.0123abcd.min.css", 200, "a.0123abcd.min.css"),
        ("/-/health", 200, "ok\n"),
    ):
        found, headers, body = ask(port, path)
        assert (found, body) == (status, text), path
        assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert ("immutable" in headers["Cache-Control"]) == ("0123abcd" in path)
    assert ask(port, "/tools")[1]["Location"] == "/tools/"
    assert ask(port, "/a.ics")[1]["Content-Type"] == "text/calendar; charset=utf-8"
    assert ask(port, "/", "DELETE")[0] == 403
