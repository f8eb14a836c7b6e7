"""Standard output and standard error, which may be full, closed, or a pipe that is no longer read."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from handbook.cli.errors import UsageError
from handbook.write.errors import reason


def open_streams() -> None:
    """Make sure that there are streams: a process may be started without any."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  # stays open


def print_text(text: str) -> None:
    """Print a text, with what the output cannot encode written as its number.

    Raises:
        UsageError: The output takes nothing, as on a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    _write_output(text.encode(encoding, "backslashreplace").decode(encoding))


def flush_output() -> None:
    """Write what was printed without `print_text`.

    Raises:
        UsageError: The output takes nothing.
    """
    _write_output("")


def print_error(message: str) -> None:
    """Print why a command could not run."""
    write_error(f"handbook: {message}\n")


def write_error(text: str) -> None:
    """Print a text on standard error. If that takes nothing, there is no one to tell."""
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
        # The reader has seen enough, as in `| head`. The command goes on and ends as it would have.
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise UsageError(f"the output can't be written: {reason(error)}") from error


def _discard(stream: TextIO) -> None:
    """Throw away what a stream still holds and gets: Python would try again when it ends, and complain."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
