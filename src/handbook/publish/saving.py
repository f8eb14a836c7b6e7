"""Save what the form proposes to the files of a served site.

The server of `handbook serve` takes a proposal only from its own pages: on this computer, with a key that
they know. Another page in the same browser can't read the key, and one with another host name is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from secrets import compare_digest, token_urlsafe
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from handbook.base.errors import HandbookError
from handbook.loaded.site_rules import SITE_RULES
from handbook.publish.assets import FORM_FOLDER
from handbook.publish.forms import MANIFEST
from handbook.publish.own_hosts import is_local
from handbook.read.files import Site
from handbook.read.sources import read_context
from handbook.read.values import as_mapping
from handbook.read.yaml.document import json_pointer
from handbook.write.applying import apply_proposal, check_unchanged
from handbook.write.checking import Checked, check_changes
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError, reason
from handbook.write.files import put_all
from handbook.write.proposal import Proposal, read_proposal

SAVE = f"{FORM_FOLDER}/save"
_MANIFEST = f"{FORM_FOLDER}/{MANIFEST}"
_MOST_BYTES = 1 << 18
_MOST_DIGITS = len(str(_MOST_BYTES))
_TYPE = "application/json"
_OPERATIONS = frozenset({"set", "unset", "insert", "move", "add", "confirm"})
"""What the form, and the link that confirms an entry, can do."""

_Environ = Mapping[str, Any]
_Start = Callable[..., Any]
_App = Callable[[_Environ, _Start], Iterable[bytes]]


class _RefusedError(NotWrittenError):
    """Raised when the result has new errors. The text has those that the form has no field for.

    Args:
        text: The errors elsewhere, one on each line.
        problems: The errors of the entry: the place of the value in it, and the message.
    """

    def __init__(self, text: str, problems: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(text)
        self.problems = problems


def offer_saving(server: LiveReloadServer, site: Site) -> None:
    """Let the form save to the files of a site, if only this computer can reach the server."""
    address = urlsplit(server.url)
    app: Any = server.get_app()
    if is_local(address.hostname or ""):
        server.set_app(Saving(app, site, address.port or 80))


class Saving:
    """A server that also saves proposals.

    Args:
        app: The server of the pages.
        site: The site.
        port: The port of the server.
    """

    def __init__(self, app: _App, site: Site, port: int) -> None:
        self._app = app
        self._site = site
        self._hosts = {f"{host}:{port}" for host in ("localhost", "127.0.0.1", "[::1]")}
        self._token = token_urlsafe()
        # Each request has a thread of its own.
        self._saving = Lock()

    def __call__(self, environ: _Environ, start: _Start) -> Iterable[bytes]:
        """Answer a request."""
        path, method = str(environ.get("PATH_INFO", "")), environ.get("REQUEST_METHOD")
        if path.endswith(f"/{SAVE}") and method == "POST":
            status, said = self._save(environ)
            return _answer(start, status, said)
        if path.endswith(f"/{_MANIFEST}") and method == "GET" and environ.get("HTTP_HOST") in self._hosts:
            return self._with_key(environ, start, f"{path.removesuffix(MANIFEST)}save")
        return self._app(environ, start)

    def _with_key(self, environ: _Environ, start: _Start, path: str) -> Iterable[bytes]:
        """Return what the form reads first, with the address and the key to save."""
        status = ""

        def started(line: str, *_headers: Any) -> None:
            nonlocal status
            status = line

        text = b"".join(self._app(environ, started))
        if not status.startswith("200"):
            return _answer(start, status, {})
        return _answer(start, status, json.loads(text) | {"save": {"path": path, "token": self._token}})

    def _save(self, environ: _Environ) -> tuple[str, Mapping[str, Any]]:
        host = environ.get("HTTP_HOST")
        is_own = host in self._hosts and environ.get("HTTP_ORIGIN") == f"http://{host}"
        key = str(environ.get("HTTP_X_HANDBOOK_TOKEN", ""))
        if not (is_own and compare_digest(key.encode(), self._token.encode())):
            return "403 Forbidden", {"messages": ["Open the form again on a page of this server."]}
        length = str(environ.get("CONTENT_LENGTH") or "0")
        is_size = length.isdecimal() and len(length) <= _MOST_DIGITS and int(length) <= _MOST_BYTES
        if environ.get("CONTENT_TYPE") != _TYPE or not is_size:
            return "400 Bad Request", {"messages": ["This is no proposal of the form."]}
        try:
            asked = json.loads(environ["wsgi.input"].read(int(length)))
            proposal = read_proposal(json.dumps(asked["proposal"]).encode(), "proposal")
            with self._saving:
                return "200 OK", {"files": save(self._site, proposal, asked.get("seen"))}
        except HandbookError as error:
            problems = error.problems if isinstance(error, _RefusedError) else ()
            return "409 Conflict", {"messages": str(error).splitlines(), "problems": problems}
        except OSError as error:
            return "409 Conflict", {"messages": [f"Could not save the change: {reason(error)}"]}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return "400 Bad Request", {"messages": ["This is no proposal of the form."]}


def _answer(start: _Start, status: str, said: Mapping[str, Any]) -> list[bytes]:
    data = json.dumps(said).encode()
    headers = [("Content-Type", _TYPE), ("Content-Length", str(len(data))), ("Cache-Control", "no-store")]
    start(status, headers)
    return [data]


def save(site: Site, proposal: Proposal, seen: Mapping[str, Any] | None) -> list[str]:
    """Make the changes of a proposal in the files, all or none, and return the files.

    Args:
        site: The site.
        proposal: The proposal.
        seen: The entry as the form has shown it; `None` for a new one.

    Raises:
        HandbookError: An operation can't be made, a value has changed since, or the result has errors that
            the site did not have before. No file has changed then.
    """
    context = read_context(site)
    if context.schema_problems or context.layers.problems:
        raise NotWrittenError("A schema is invalid. Run `handbook validate` and fix the errors first")
    for operation in proposal.operations:
        if operation.op not in _OPERATIONS:
            raise NotWrittenError(f"The form can't make `{operation.op}`. Use `handbook apply`")
        entry = context.ids.get(operation.kind, {}).get(operation.id)
        if seen is None:
            continue
        if entry is None:
            raise NotWrittenError(
                f"`{operation.id}` is gone since you opened the form, or its file can't be read. "
                "Run `handbook validate`"
            )
        check_unchanged(entry, entry._replace(value=dict(seen)), operation, "you opened the form")
    draft = Draft(context)
    problems = list(apply_proposal(draft, proposal._replace(base=None)))
    if problems:
        raise NotWrittenError("\n".join(problems))
    checked = check_changes(draft, SITE_RULES, {}, is_proposal=True)
    if checked.new:
        raise _refused(checked, {(each.kind, each.id) for each in proposal.operations})
    put_all(site.root, checked.changes)
    return list(checked.changes)


def _refused(checked: Checked, changed: Collection[tuple[str, str]]) -> _RefusedError:
    """Return why changes are not saved. No one can see the lines of the changed entries."""
    problems, others = [], []
    for finding in checked.new:
        entry = checked.context.ids.get(finding.kind, {}).get(finding.id)
        if entry and (finding.kind, finding.id) in changed:
            place = finding.pointer.removeprefix(json_pointer(entry.at))
            problems.append({"pointer": _parts(entry.value, place), "message": finding.full_message})
        else:
            others.append(f"{finding.path}:{finding.span.line}: {finding.full_message}")
    return _RefusedError("\n".join(others), problems)


def _parts(value: Any, place: str) -> list[str | int]:
    """Return the parts of a JSON pointer into a value: names, and numbers of items."""
    parts: list[str | int] = []
    for part in place.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        parts.append(int(name) if isinstance(value, list) else name)
        value = value[int(name)] if isinstance(value, list) else as_mapping(value).get(name)
    return parts
