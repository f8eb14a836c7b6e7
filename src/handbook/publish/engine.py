"""Run a site engine as a program of its own.

Where the system can copy a process, the engine is a copy of this one, which has loaded the modules and the
handbook. Elsewhere, it starts from nothing.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from handbook.loaded.handbook import Handbook
from handbook.publish.loading import give

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)


def run_engine(
    words: Sequence[str], folder: Path, added: Mapping[str, str], handbook: Handbook | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a module as `python -m` does, and capture what it says.

    Args:
        words: The module and its arguments.
        folder: The working folder.
        added: Variables to add to its environment.
        handbook: What it builds, if it has our plugin.
    """
    if _can_copy():
        return _run_copy(words, folder, added, handbook)
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", *words],
        check=False,
        cwd=folder,
        env={**os.environ, **added},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        # The engine holds the lock of its target folder, even when this process is killed.
        close_fds=False,
    )


def _can_copy() -> bool:
    # A copy has only one of the threads. Libraries of macOS start some of their own.
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _run_copy(
    words: Sequence[str], folder: Path, added: Mapping[str, str], handbook: Handbook | None
) -> subprocess.CompletedProcess[str]:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    reading, writing = os.pipe()
    # Where ended children are ignored, no one learns how the copy ended.
    usual = signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # An interrupt of the copy before it is a program of its own would clean up after this one.
    signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTS)
    copy = os.fork()
    if not copy:
        # When this process is killed, the copy must not wait until someone reads what it says.
        os.close(reading)
        _become(words, folder, added, handbook, writing)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)
        os.close(writing)
        with open(reading, encoding="utf-8", errors="replace") as said:  # noqa: PTH123 - it is open already
            output = said.read()
        _, status = os.waitpid(copy, 0)
    except BaseException:
        with suppress(OSError):  # It can have ended.
            os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)
        raise
    finally:
        signal.signal(signal.SIGCHLD, usual)
    return subprocess.CompletedProcess(words, os.waitstatus_to_exitcode(status), output)


def _become(
    words: Sequence[str], folder: Path, added: Mapping[str, str], handbook: Handbook | None, output: int
) -> NoReturn:
    """Run the module in this process, which ends with it and cleans up nothing of the other one."""
    code = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)
        for number in (1, 2):
            os.dup2(output, number)
        sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", errors="replace", buffering=1)  # noqa: SIM115
        os.chdir(folder)
        os.environ.update(added)
        sys.argv = list(words)
        sys.path.insert(0, str(folder))
        give(handbook)
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)  # noqa: T201 - as Python does
    except BaseException:  # noqa: BLE001 - as Python does at the end of a program
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
        finally:
            os._exit(code)
