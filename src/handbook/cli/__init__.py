"""Command line: parse the arguments, run one function and return its result as the exit code.

Exit codes: 0 for success, 1 for findings or a failed build, 2 if the command could not run, 130 if the user
interrupted it, 143 if another program ended it, such as a CI job that is cancelled. While Python starts,
which takes some hundredths of a second, an interrupt ends the process in Python's own way: silently, or with
its traceback. No line of ours can run then, and nothing has begun.
"""

# ruff: noqa: PLC0415 - importing takes long enough to be interrupted, so `main` does it

from __future__ import annotations

import os
import sys

# Without the enumerations of `signal`, which take long to make.
from _signal import SIG_IGN, SIGINT, SIGTERM, signal  # type: ignore[import-not-found]  # only in C

TYPE_CHECKING = False
"""Type checkers take it for true."""

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sys import UnraisableHookArgs

    from handbook.cli.modules import Modules

INTERRUPTED = 130
TERMINATED = 143

_COLLECTED = (200_000, 10, 10)
"""When Python's collector runs. Most commands end before; at the usual 700, it is a tenth of a short one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: The words after `handbook`. By default, those of the process, which ends with the command.
    """
    codes: list[int] = []
    interrupted = [INTERRUPTED]

    def terminate(*_: object) -> None:
        """Clean up as for an interrupt, and end with another exit code."""
        interrupted[0] = TERMINATED
        raise KeyboardInterrupt

    try:
        if arguments is None:
            signal(SIGTERM, terminate)
            sys.unraisablehook = _interrupt_again
            import atexit
            import gc

            from handbook.cli.modules import Modules

            gc.set_threshold(*_COLLECTED)
            command = "".join(sys.argv[1:2])
            modules = Modules(command if command.isalpha() else "help")
            sys.meta_path.insert(0, modules)
            # What is registered first is called last.
            atexit.register(_end_at_once, codes, modules)
        from handbook.cli.program import run

        codes.append(run(sys.argv[1:] if arguments is None else arguments))
        return codes[0]
    except KeyboardInterrupt:
        return interrupted[0]
    except RuntimeError as error:
        # So Python 3.11 raises an interrupt while it makes a class.
        if isinstance(error.__cause__, KeyboardInterrupt):
            return interrupted[0]
        raise
    finally:
        if arguments is None:
            # Python is about to end. An interrupt would now show a traceback.
            signal(SIGINT, SIG_IGN)
            signal(SIGTERM, SIG_IGN)


def _end_at_once(codes: list[int], modules: Modules) -> None:
    """End the process. Python would first free every object, and the system takes back all memory at once.

    Args:
        codes: The exit code of the command; none if it did not come to its end.
        modules: The modules to keep for the next run.
    """
    if codes:
        modules.keep()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(codes[0])


def _interrupt_again(swallowed: UnraisableHookArgs) -> None:
    """Raise an interrupt again if Python could not raise it, such as in a callback."""
    if isinstance(swallowed.exc_value, KeyboardInterrupt):
        import _thread
        import time

        def interrupt() -> None:
            time.sleep(0.1)
            _thread.interrupt_main()

        # An interrupt raised now would be swallowed again, so raise it after this function has ended. `Timer`
        # would wait here until its thread runs.
        _thread.start_new_thread(interrupt, ())
    else:
        sys.__unraisablehook__(swallowed)
