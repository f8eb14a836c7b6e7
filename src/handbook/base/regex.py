"""Regular expressions that are compiled when they are first used.

Compiling all of them takes a fifth of the start, and most runs use a few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

_compile = re.compile


class _Regex:
    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __reduce__(self) -> tuple[Any, tuple[str, int]]:
        """Say how to copy it: as a compiled expression."""
        return _compile, (self._text, self._flags)

    def __getattr__(self, name: str) -> Any:
        """Return a method of the compiled expression. From then on, the object has it itself."""
        found = getattr(_compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression, to be used like one from `re.compile`."""
    return cast("re.Pattern[str]", _Regex(text, flags))


@contextmanager
def compiled_on_use(package: str) -> Iterator[None]:
    """Treat the regular expressions of a package as if `regex` made them, if it is first imported here.

    Args:
        package: The package, which has expressions for text only, and calls their methods.
    """
    try:
        if package not in sys.modules:
            re.compile = regex  # type: ignore[assignment]  # as it says
        yield
    finally:
        re.compile = _compile
