"""A client of the YAML language server, which is what the YAML extensions of editors ask.

It speaks as much of the Language Server Protocol as the tests need.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from tests.node import find_node
from tests.sites import ROOT

PROGRAM = ROOT / ".venv/node/node_modules/yaml-language-server/bin/yaml-language-server"

_PATIENCE = 60
"""Seconds to wait for an answer; on a busy machine the first one may take ten."""


class LanguageServer:
    """One server, working for an editor that has a folder open.

    Args:
        folder: The folder.
        settings: What `.vscode/settings.json` says; no schemas from the network are asked for.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self._folder = folder
        self._settings = _sections({**settings, "yaml.schemaStore.enable": False, "yaml.validate": True})
        self._process = subprocess.Popen(
            [find_node(), str(PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._received: Queue[dict[str, Any] | None] = Queue()
        self._reader = Thread(target=self._receive, daemon=True)
        self._reader.start()
        self._numbers = count(1)
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._answered = 0
        try:
            self._begin()
        except BaseException:
            self.stop()
            raise

    def _begin(self) -> None:
        completion = {"completionItem": {"snippetSupport": True}}
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": completion}}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self._folder.as_uri(),
                "workspaceFolders": [{"uri": self._folder.as_uri(), "name": self._folder.name}],
                "capabilities": capabilities,
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})
        # What is asked before the server has read its settings is answered without them.
        while not self._answered:
            self._take()

    def diagnostics(self, path: str, text: str | None = None) -> list[tuple[int, str]]:
        """What is underlined in a file: the lines, counted from 1, and the messages.

        Args:
            path: The file, relative to the folder.
            text: What the editor shows of it; by default what stands in the file.
        """
        uri = self._open(path, text)
        return [(found["range"]["start"]["line"] + 1, found["message"]) for found in self._diagnostics[uri]]

    def completions(self, path: str, text: str, after: str) -> dict[str, str]:
        """The names that are offered behind the first `after` in a text, each with its description."""
        answer = self._ask("textDocument/completion", self._place(path, text, after))
        return {item["label"]: _text(item.get("documentation", "")) for item in answer["items"]}

    def hover(self, path: str, text: str, after: str) -> str:
        """What is shown to somebody who points behind the first `after` in a text."""
        return _text(self._ask("textDocument/hover", self._place(path, text, after))["contents"])

    def stop(self) -> None:
        """Ends the server."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdout.close()
        with suppress(BrokenPipeError):
            self._process.stdin.close()

    def _open(self, path: str, text: str | None) -> str:
        file = self._folder / path
        uri = file.as_uri()
        shown = file.read_text(encoding="utf-8") if text is None else text
        document = {"uri": uri, "languageId": "yaml", "version": next(self._numbers), "text": shown}
        self._diagnostics.pop(uri, None)
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:
            self._take()
        return uri

    def _place(self, path: str, text: str, after: str) -> dict[str, Any]:
        before = text[: text.index(after) + len(after)]
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return {"textDocument": {"uri": self._open(path, text)}, "position": position}

    def _ask(self, method: str, parameters: Mapping[str, Any]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def _tell(self, method: str, parameters: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """The next message, after what the server asks of an editor has been answered."""
        try:
            message = self._received.get(timeout=_PATIENCE)
        except Empty:
            raise TimeoutError(f"the language server said nothing for {_PATIENCE} seconds") from None
        assert message, f"the language server has ended: {self._process.wait()}"
        if message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            self._diagnostics[found["uri"]] = found["diagnostics"]
        elif "method" in message and "id" in message:
            result = None
            if message["method"] == "workspace/configuration":
                result = [self._settings.get(item["section"], {}) for item in message["params"]["items"]]
                self._answered += 1
            self._send({"id": message["id"], "result": result})
        return message

    def _receive(self) -> None:
        assert self._process.stdout
        while header := self._process.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = self._process.stdout.readline()
            self._received.put(json.loads(self._process.stdout.read(length)))
        self._received.put(None)


def _sections(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with dotted names as the mappings that a server is given."""
    sections: dict[str, Any] = {}
    for name, value in settings.items():
        *parents, last = name.split(".")
        section = sections
        for parent in parents:
            section = section.setdefault(parent, {})
        section[last] = value
    return sections


def _text(content: Any) -> str:
    return str(content["value"] if isinstance(content, dict) else content)
