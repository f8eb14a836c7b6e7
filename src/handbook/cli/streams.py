"""Write to standard output and standard error, even if they are full or closed, or if no one reads them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from handbook.cli.errors import UsageError
from handbook.write.errors import reason


def open_streams() -> None:
    """Make sure that the streams exist: a process can be started without any."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # stays open


def print_text(text: str) -> None:
    """Print a text, with escapes for characters that the output cannot encode.

    Raises:
        UsageError: The output cannot be written, as on a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    _write_output(text.encode(encoding, "backslashreplace").decode(encoding))


def flush_output() -> None:
    """Flush text that was printed without `print_text`.

    Raises:
        UsageError: The output cannot be written.
    """
    _write_output("")


def print_error(message: str) -> None:
    """Print why a command could not run, with a full stop if the message has none."""
    write_error(f"handbook: error: {sentence(message)}\n")


def sentence(message: str) -> str:
    """Return a message with a full stop if it has no end."""
    is_sentence = message.endswith((".", "?", "!")) or "\n" in message
    return message if is_sentence else f"{message}."


def print_warning(message: str) -> None:
    """Print a warning about a command that runs all the same."""
    write_error(f"handbook: warning: {message}\n")


def print_note(message: str) -> None:
    """Print what someone might want to know about the output of a command."""
    write_error(f"handbook: note: {message}\n")


def write_error(text: str) -> None:
    """Print a text on standard error, or drop it if standard error cannot be written."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def _write_output(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe, as in `| head`. The command continues to its usual end.
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise UsageError(f"Could not write the output: {reason(error)}.") from error


def _discard(stream: TextIO) -> None:
    """Discard the text of a stream, now and later: Python would retry on exit and fail."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
