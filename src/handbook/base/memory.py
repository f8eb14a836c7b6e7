"""What earlier runs found, by the content that it follows from.

Reading a file, or checking it alone, gives the same result as long as its content, the engine and everything
else that it depends on are the same. So the result is kept under a digest of all of these. Nothing has to be
removed when a file changes: its new content has another digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from handbook.base.digests import blake2b

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Memory:
    """Results of earlier runs and of this one, by key.

    Args:
        earlier: The results of earlier runs, as plain values: those of JSON, tuples and sets.
        of_engine: Those that follow from the engine alone, whatever the handbook.

    Attributes:
        results: Those that this run asked for or found. Others are of content that is gone.
        new: Those that this run found.
        of_engine: Those that follow from the engine alone.
        has_new_of_engine: Whether this run found more of these.
    """

    def __init__(
        self, earlier: Mapping[str, Any] = _NOTHING, of_engine: Mapping[str, Any] = _NOTHING
    ) -> None:
        self.results: dict[str, Any] = {}
        self.new: dict[str, Any] = {}
        self.of_engine = dict(of_engine)
        self.has_new_of_engine = False
        self._earlier = earlier

    def recall(self, key: str) -> Any:
        """Return an earlier result, or `None`."""
        found = self._earlier.get(key)
        if found is None:
            return self.of_engine.get(key)
        self.results[key] = found
        return found

    def keep(self, key: str, result: Any, *, is_of_engine: bool = False) -> None:
        """Keep a result for later runs.

        Args:
            key: What names it.
            result: The result.
            is_of_engine: Whether it follows from the engine alone.
        """
        if is_of_engine:
            self.of_engine[key] = result
            self.has_new_of_engine = True
        else:
            self.results[key] = self.new[key] = result


_CURRENT: ContextVar[Memory | None] = ContextVar("_CURRENT", default=None)


def memory() -> Memory | None:
    """Return the memory in use, if there is one."""
    return _CURRENT.get()


@contextmanager
def using(found: Memory) -> Iterator[None]:
    """Use a memory for a while."""
    token = _CURRENT.set(found)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def key_of(what: str, *parts: str | bytes) -> str:
    """Return the key of a result.

    Args:
        what: What was found.
        parts: Everything that the result follows from, besides the engine.
    """
    digest = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return f"{what}:{digest.hexdigest()}"
