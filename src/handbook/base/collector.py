"""Pause Python's cyclic collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Turn off Python's cyclic collector for a while.

    Composing creates millions of objects and no garbage, so every pass of the collector is wasted, and the
    passes grow with the tree: composing becomes quadratic. Only the thread that turned the collector off
    turns it on again, so overlapping threads leave it as the first one found it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
