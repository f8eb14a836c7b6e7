"""Send a message to a chat exactly once.

A message that the chat has certainly not received can be sent again. If its answer is lost, the state is
unknown: a note remains, and later runs fail until you have checked.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from socket import gaierror
from ssl import SSLError
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

from slack_sdk.webhook import WebhookClient, WebhookResponse

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.write.errors import reason

_ANSWER_WITHIN = 10
"""The most seconds to wait for an answer."""

_WAIT_AT_MOST = 60
"""The most seconds to wait in total if the chat limits the rate."""

_SENDING, _SENT = "sending\n", "sent\n"
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_NOT_SENT = (ConnectionRefusedError, gaierror, SSLError)
"""Errors that occur before anything is sent."""


class Chat(NamedTuple):
    """A chat that takes messages at the address of a webhook.

    Attributes:
        name: Its name.
        variable: The variable of the environment with the address. Anyone with the address can post to the
            channel, so it is never shown.
    """

    name: str
    variable: str


SLACK = Chat("Slack", "HANDBOOK_SLACK_WEBHOOK")
TEAMS = Chat("Microsoft Teams", "HANDBOOK_TEAMS_WEBHOOK")


class SendingError(HandbookError):
    """Raised if a message was not sent, or its state is unknown. The text never contains the address."""


class _UnknownStateError(SendingError):
    """Raised if the chat might have received the message."""


def address_of(chat: Chat) -> str:
    """Return the address to which messages for a chat go; empty if none is set.

    Raises:
        SendingError: The address does not protect the message.
    """
    address = os.environ.get(chat.variable, "").strip()
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        has_host = bool(parts.hostname) and address.isascii() and address.isprintable() and " " not in address
    except ValueError:
        is_safe = has_host = False
    if address and not (is_safe and has_host):
        raise SendingError(f"{chat.variable} must contain a URL that starts with https://")
    return address


def send_once(
    message: Mapping[str, Any],
    chat: Chat,
    address: str,
    notes: Path,
    wait: Callable[[float], None] = time.sleep,
) -> bool:
    """Send a message, unless it was sent before.

    Args:
        message: The message.
        chat: The chat.
        address: The address of its webhook.
        notes: A folder for notes on sent messages; created if it does not exist.
        wait: Waits for a number of seconds.

    Returns:
        Whether the message was sent now; false if an earlier run sent the same message.

    Raises:
        SendingError: The message was not sent, or its state is unknown.
    """
    text = json.dumps(message, sort_keys=True)
    note = notes / sha256(f"{address}\n{text}".encode()).hexdigest()[:32]
    try:
        notes.mkdir(parents=True, exist_ok=True)
        with note.open("x", encoding="utf-8") as file:
            file.write(_SENDING)
    except FileExistsError:
        if note.read_text(encoding="utf-8") == _SENT:
            return False
        raise SendingError(
            f"An earlier run sent this digest and got no answer. {_advice(chat, note)}"
        ) from None
    except OSError as error:
        with suppress(OSError):
            note.unlink()
        raise SendingError(f"Could not write to {notes}: {reason(error)}. Nothing was sent") from error
    try:
        _send(message, chat, address, wait)
    except _UnknownStateError as error:
        raise SendingError(f"{error}. {_advice(chat, note)}") from None
    except SendingError:
        note.unlink()
        raise
    try:
        note.write_text(_SENT, encoding="utf-8")
    except OSError as error:
        raise SendingError(
            f"The digest was sent, but {note} could not be written: {reason(error)}"
        ) from error
    return True


def _advice(chat: Chat, note: Path) -> str:
    return f"Check whether the message is in {chat.name}. If not, delete {note} and run this command again"


def _send(message: Mapping[str, Any], chat: Chat, address: str, wait: Callable[[float], None]) -> None:
    # The client posts any JSON, so it serves every chat. No handlers: those of the library retry even if the
    # first message might have arrived. Its log would go to the screen and might contain the address.
    log = logging.Logger("handbook.chat")  # noqa: LOG001  # one of its own, connected to nothing
    log.addHandler(logging.NullHandler())
    client = WebhookClient(address, timeout=_ANSWER_WITHIN, retry_handlers=[], logger=log)
    waited = 0.0
    while True:
        answer = _answer(client, chat, message)
        pause = _pause(answer)
        if pause is None or waited + pause > _WAIT_AT_MOST:
            break
        waited += pause
        wait(pause)
    status = answer.status_code
    # A workflow of Teams accepts a message before it posts it.
    if status in (HTTPStatus.OK, HTTPStatus.ACCEPTED):
        return
    body = " ".join(answer.body.split())[:80]
    said = f" ({body})" if body.isascii() and body.isprintable() and body else ""
    problem = f"{chat.name} answered {status}{said}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _UnknownStateError(problem)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SendingError(f"{problem}: rate limit reached. Nothing was sent; try again later")
    raise SendingError(f"{problem}. Nothing was sent. Check that {chat.variable} is still correct")


def _answer(client: WebhookClient, chat: Chat, message: Mapping[str, Any]) -> WebhookResponse:
    # The text of an exception might contain the address, so it is never passed on.
    try:
        return client.send_dict(dict(message))
    except URLError as error:
        if isinstance(error.reason, _NOT_SENT):
            raise SendingError(f"Could not reach {chat.name}. Nothing was sent; try again later") from None
        raise _UnknownStateError(f"The connection to {chat.name} was lost") from None
    except Exception:  # noqa: BLE001  # after any other error, the message might have arrived
        raise _UnknownStateError(f"{chat.name} gave no answer") from None


def _pause(answer: WebhookResponse) -> float | None:
    """Return the seconds that Slack asks to wait, or `None`."""
    if answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    asked = {name.lower(): value for name, value in answer.headers.items()}.get("retry-after", "")
    return float(asked) if str(asked).isdigit() else None
