"""The page of the benchmark shows what its history says."""

from __future__ import annotations

from bench import PAGE, page, read_history


def test_the_page_is_made_from_the_history() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read_history())
