"""Regular expressions that are compiled when they are first used.

Compiling all of them takes a fifth of the start, and most runs use a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

_compile = re.compile


class _Regex:
    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return a method of the compiled expression. From then on, the object has it itself."""
        found = getattr(_compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression, to be used like one from `re.compile`."""
    return cast("re.Pattern[str]", _Regex(text, flags))


@contextmanager
def compiled_on_use() -> Iterator[None]:
    """Treat the regular expressions of the modules that are imported meanwhile as if `regex` made them."""
    re.compile = regex  # type: ignore[assignment]  # these are never bytes
    try:
        yield
    finally:
        re.compile = _compile
