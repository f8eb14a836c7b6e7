"""Call the API of a host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from handbook.base.errors import HandbookError
from handbook.base.words import one_line, visible

_ANSWER_WITHIN = 30
"""The most seconds to wait for an answer."""

_MOST_OF_AN_ANSWER = 16 * 2**20
_PAGE = 100
_MOST_PAGES = 20
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class CallError(HandbookError):
    """Raised if a host refuses a call or doesn't answer. The text never contains the token.

    Attributes:
        status: The status of the answer; 0 without one.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: it would send the token to another address."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        """Return no new request."""


class Api:
    """The API of a host."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        """Take the address, and the headers of every call.

        Raises:
            CallError: The address does not protect the token.
        """
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise CallError("The address of the API must start with https://")
        self._url = url.rstrip("/")
        self._headers = dict(headers)

    def call(self, method: str, path: str, body: Any = None, **query: str | int) -> Any:
        """Call the API and return its answer; `None` without one.

        Args:
            method: The method of HTTP.
            path: The path, with a slash first.
            body: What to send, as JSON.
            query: The parameters of the address.

        Raises:
            CallError: The host refuses, or does not answer.
        """
        url = f"{self._url}{path}{f'?{urlencode(query)}' if query else ''}"
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers, **({} if data is None else {"Content-Type": "application/json"})}
        request = Request(url, data, headers, method=method)  # noqa: S310 - the scheme was checked
        try:
            with build_opener(_Stay).open(request, timeout=_ANSWER_WITHIN) as answer:
                text = answer.read(_MOST_OF_AN_ANSWER)
                return None if answer.status == HTTPStatus.NO_CONTENT or not text else json.loads(text)
        except HTTPError as error:
            raise CallError(f"{method} {path}: {error.code}{_reason(error)}", error.code) from None
        except (URLError, OSError) as error:
            why = getattr(error, "reason", error)
            raise CallError(f"{method} {path}: no answer ({visible(one_line(str(why)))[:100]})") from None
        except ValueError:
            raise CallError(f"{method} {path}: the answer is no JSON") from None

    def all(self, path: str, **query: str | int) -> list[Any]:
        """Return all items of a list.

        Raises:
            CallError: As for `call`.
        """
        found: list[Any] = []
        for page in range(1, _MOST_PAGES + 1):
            items = self.call("GET", path, None, **query, per_page=_PAGE, page=page)
            found += items if isinstance(items, list) else []
            if not isinstance(items, list) or len(items) < _PAGE:
                break
        return found


def _reason(error: HTTPError) -> str:
    """Return what the host says of an error, as the end of a sentence."""
    try:
        value = json.loads(error.read(10_000))
        message = value.get("message") or value.get("error") or ""
        said = message if isinstance(message, str) else json.dumps(message)
        details = value.get("errors")
        more = f" {json.dumps(details)}" if details else ""
        return f" ({visible(one_line(said + more))[:300]})" if said else ""
    except (OSError, ValueError, AttributeError):
        return ""
