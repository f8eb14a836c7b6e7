"""`handbook serve` saves what the form proposes, and nothing that comes from elsewhere."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mkdocs.livereload import LiveReloadServer

from handbook.publish.own_hosts import OwnHosts, correct_address
from handbook.publish.saving import SAVE, Saving, offer_saving
from handbook.read.files import find_site
from tests.sites import TOOL, write_site

_HOST = "127.0.0.1:8000"
_SEEN = {"name": "Linear", "summary": "Plans the work.", "category": "project-management", "status": "trial"}


class Pages:
    """The server of a site, with saving around it."""

    def __init__(self, folder: Path) -> None:
        self.root = write_site(folder, {"tools_inventory.yaml": f"# Ours.\n{TOOL}"})
        self._app = Saving(_pages, find_site(self.root), 8000)
        self.key = self.ask("GET", "assets/handbook/forms/index.json")[1]["save"]["token"]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Return the status and the content of an answer."""
        data = json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": f"/{path}",
            "HTTP_HOST": _HOST,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(data)),
            "wsgi.input": io.BytesIO(data),
            **headers,
        }
        said: list[str] = []
        text = b"".join(self._app(environ, lambda status, _headers: said.append(status)))
        return int(said[0].split()[0]), json.loads(text)

    def save(self, *operations: Any, seen: Any = _SEEN, **headers: str) -> tuple[int, Any]:
        """Save operations as the form does."""
        body = {"proposal": {"proposal": 1, "operations": operations}, "seen": seen}
        own = {"HTTP_ORIGIN": f"http://{_HOST}", "HTTP_X_HANDBOOK_TOKEN": getattr(self, "key", "")}
        return self.ask("POST", SAVE, body, **own | headers)

    @property
    def text(self) -> str:
        """Return the file of the tools."""
        return (self.root / "tools_inventory.yaml").read_text(encoding="utf-8")


def _pages(_environ: Any, start: Any) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "application/json")])
    return [b'{"folder": "x"}']


def change(value: str, path: str = "/summary") -> dict[str, str]:
    """Return an operation."""
    return {"op": "set", "kind": "tool", "id": "linear", "path": path, "value": value}


def test_a_proposal_is_saved_and_a_conflict_is_shown(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    assert pages.save(change("Plans all.")) == (200, {"files": ["tools_inventory.yaml"]})
    saved = f"# Ours.\n{TOOL}".replace("Plans the work.", "Plans all.")
    assert pages.text == saved
    status, said = pages.save(change("Plans nothing."))
    assert status == 409
    assert (
        "has changed since you opened the form from `Plans the work.` to `Plans all.`" in said["messages"][0]
    )
    status, said = pages.save(change("unknown", "/status"), seen={**_SEEN, "summary": "Plans all."})
    assert status == 409
    # The form shows it at its field: the line would be one of a file that is not written.
    assert said["messages"] == []
    assert said["problems"][0]["pointer"] == ["status"]
    assert said["problems"][0]["message"].startswith("Invalid value `unknown` for `status`")
    status, said = pages.save(change("[A](b.md)", "/notes"), seen={**_SEEN, "summary": "Plans all."})
    assert (status, said["problems"][0]["pointer"]) == (409, ["notes"])
    # People decide about warnings.
    assert pages.save(change("TBC", "/vendor"), seen={**_SEEN, "summary": "Plans all."})[0] == 200
    saved = f"{saved}    vendor: TBC\n"
    status, said = pages.save({"op": "confirm", "kind": "tool", "id": "linear"}, seen=None)
    assert (status, "next" in said["messages"][0]) == (409, True)
    status, said = pages.save({"op": "rename", "kind": "tool", "id": "linear", "to": "line"})
    assert status == 409
    assert pages.text == saved


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_HOST": "evil.example:8000", "HTTP_ORIGIN": "http://evil.example:8000"}, 403),
        ({"HTTP_X_HANDBOOK_TOKEN": "guessed"}, 403),
        ({"HTTP_X_HANDBOOK_TOKEN": "ü"}, 403),
        ({"CONTENT_TYPE": "text/plain"}, 400),
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "99999999"}, 400),
        ({"CONTENT_LENGTH": "9" * 5000}, 400),
        ({"CONTENT_LENGTH": "7"}, 400),
    ],
)
def test_what_does_not_come_from_the_form_is_refused(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    pages = Pages(tmp_path)
    assert pages.save(change("Hacked."), **headers)[0] == status
    assert "Hacked" not in pages.text


def test_another_host_learns_no_key(tmp_path: Path) -> None:
    found = Pages(tmp_path).ask("GET", "assets/handbook/forms/index.json", HTTP_HOST="evil.example:8000")
    assert found == (200, {"folder": "x"})


def test_changes_at_the_same_time_are_saved_one_after_the_other(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    changes = [change("Plans all."), change("Line", "/name"), change("Ask first.", "/notes")]
    with ThreadPoolExecutor() as at_once:
        assert [status for status, _ in at_once.map(pages.save, changes)] == [200, 200, 200]
    assert all(f": {each['value']}" in pages.text for each in changes)


def test_files_that_cannot_be_read_are_named_as_the_reason(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    (pages.root / "tools_inventory.yaml").write_text("tools: [\n", encoding="utf-8")
    status, said = pages.save(change("Plans all."))
    assert status == 409
    assert "or its file can't be read. Run `handbook validate`" in said["messages"][0]
    shutil.rmtree(pages.root)
    status, said = pages.save(change("Plans all."))
    assert status == 409
    assert said["messages"][0].startswith("Could not save the change: ")


@pytest.mark.parametrize(
    ("url", "asked", "status"),
    [
        ("http://127.0.0.1:8000/", "127.0.0.1:8000", 200),
        ("http://127.0.0.1:8000/", "LOCALHOST:9000", 200),
        ("http://[::1]:8000/", "[::1]:8000", 200),
        ("http://127.0.0.1:8000/", "evil.example:8000", 403),
        ("http://127.0.0.1:8000/", "127.0.0.1.evil.example", 403),
        ("http://127.0.0.1:8000/", "localhost@evil.example", 403),
        ("http://127.0.0.1:8000/", "desk.lan:8000", 403),
        ("http://0.0.0.0:8000/", "desk.lan:8000", 200),
        ("http://0.0.0.0:8000/", "desk.local", 200),
        ("http://0.0.0.0:8000/", "192.168.1.7:8000", 200),
        ("http://0.0.0.0:8000/", "evil.example", 403),
        ("http://127.0.0.1:8000/", "[::1", 403),
        ("http://127.0.0.1:8000/", "", 403),
    ],
)
def test_only_names_of_this_computer_are_answered(
    url: str, asked: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Desk.lan")
    monkeypatch.setattr("socket.getfqdn", lambda: "desk.lan")
    said: list[str] = []
    text = OwnHosts(_pages, url)({"HTTP_HOST": asked}, lambda line, _headers: said.append(line))
    assert said[0].startswith(f"{status} ")
    refusal = b"".join(text).decode()
    own = url.split("/")[2]
    assert status == 200 or (f"Open {url} instead" in refusal and f"send the header `Host: {own}`" in refusal)


@pytest.mark.parametrize(
    ("host", "url"), [("::1", "http://[::1]:8000/"), ("127.0.0.1", "http://127.0.0.1:8000/"), ("::", "")]
)
def test_only_a_server_of_this_computer_offers_saving(host: str, url: str, tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, host, 8000, root=str(tmp_path))
    correct_address(server)
    offer_saving(server, find_site(write_site(tmp_path, {})))
    server.server_close()
    assert isinstance(server.get_app(), Saving) == bool(url)
    assert not url or server.url == url


def test_a_review_is_confirmed_without_the_form(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    confirmed = {"op": "confirm", "kind": "tool", "id": "linear", "next": "9999-01-01"}
    assert pages.save(confirmed, seen=None) == (200, {"files": ["tools_inventory.yaml"]})
    assert "next: 9999-01-01" in pages.text
