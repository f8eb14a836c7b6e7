"""Gives a message to Slack, once.

What Slack has surely not taken may be sent again. When its answer is lost nobody knows; then a note stays
behind, and a later run refuses until somebody has looked.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from socket import gaierror
from ssl import SSLError
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

from slack_sdk.webhook import WebhookClient, WebhookResponse

VARIABLE = "HANDBOOK_SLACK_WEBHOOK"
"""The variable that holds the address. Whoever has it can write to the channel, so it is shown nowhere."""

_ANSWER_WITHIN = 10
"""Seconds in which Slack has to answer."""

_WAIT_AT_MOST = 60
"""Seconds to wait, all in all, when Slack asks for patience."""

_SENDING, _SENT = "sending\n", "sent\n"
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_NOT_SENT = (ConnectionRefusedError, gaierror, SSLError)
"""What goes wrong before anything is sent."""


class SendingError(Exception):
    """The message was not sent, or nobody knows. The text says so in one line, without the address."""


class _NobodyKnowsError(SendingError):
    """Slack may have taken the message."""


def check_address(address: str) -> None:
    """Sees to it that a message can be sent there.

    Raises:
        SendingError: It is empty, or no address that keeps the message to itself.
    """
    if not address:
        raise SendingError(f"set {VARIABLE} to the address of an incoming webhook of Slack")
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        has_host = bool(parts.hostname) and address.isascii() and address.isprintable() and " " not in address
    except ValueError:
        is_safe = has_host = False
    if not is_safe or not has_host:
        raise SendingError(f"{VARIABLE} holds no address that begins with https://")


def send_once(
    message: Mapping[str, Any], address: str, notes: Path, wait: Callable[[float], None] = time.sleep
) -> bool:
    """Sends a message, unless it has been sent before.

    Args:
        message: The message.
        address: The address of the webhook.
        notes: A folder that remembers what was sent; it is made when it is not there.
        wait: Lets so many seconds pass.

    Returns:
        Whether it was sent now; false when an earlier run has sent the very same.

    Raises:
        SendingError: It was not sent, or nobody knows.
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
        raise SendingError(f"an earlier run sent this and got no answer; {_look(note)}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SendingError(f"{notes}: what was sent cannot be noted: {reason}") from error
    try:
        _send(message, address, wait)
    except _NobodyKnowsError as error:
        raise SendingError(f"{error}; {_look(note)}") from None
    except SendingError:
        note.unlink()
        raise
    try:
        note.write_text(_SENT, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SendingError(
            f"Slack has the message, but {note} can't be written: {reason}; don't send it again"
        ) from error
    return True


def _look(note: Path) -> str:
    return f"look whether it is in Slack; if not, delete {note} and run this again"


def _send(message: Mapping[str, Any], address: str, wait: Callable[[float], None]) -> None:
    # No handlers: those of the library send again where nobody knows whether the first has arrived. Its own
    # log would go to the screen, and might name the address.
    log = logging.Logger("handbook.slack")  # noqa: LOG001  # one of its own, connected to nothing
    log.addHandler(logging.NullHandler())
    client = WebhookClient(address, timeout=_ANSWER_WITHIN, retry_handlers=[], logger=log)
    waited = 0.0
    while True:
        answer = _answer(client, message)
        pause = _pause(answer)
        if pause is None or waited + pause > _WAIT_AT_MOST:
            break
        waited += pause
        wait(pause)
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    said = " ".join(answer.body.split())[:80]
    what = f"Slack answered {status}{f' ({said})' if said.isascii() and said.isprintable() and said else ''}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _NobodyKnowsError(what)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SendingError(f"{what}: too much is being sent; run this again later. Nothing was sent")
    raise SendingError(f"{what}. Nothing was sent; see whether {VARIABLE} is still right")


def _answer(client: WebhookClient, message: Mapping[str, Any]) -> WebhookResponse:
    # What an exception says may name the address, so none of it is passed on.
    try:
        return client.send_dict(dict(message))
    except URLError as error:
        if isinstance(error.reason, _NOT_SENT):
            raise SendingError("Slack cannot be reached. Nothing was sent; run this again later") from None
        raise _NobodyKnowsError("the connection to Slack broke off") from None
    except Exception:  # noqa: BLE001  # whatever it is, the message may have arrived
        raise _NobodyKnowsError("Slack gave no answer") from None


def _pause(answer: WebhookResponse) -> float | None:
    """The seconds that Slack asks to wait; `None` when it does not."""
    if answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    asked = {name.lower(): value for name, value in answer.headers.items()}.get("retry-after", "")
    return float(asked) if str(asked).isdigit() else None
