"""A shelf gives back the texts that it has kept."""

from __future__ import annotations

import copy
import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from handbook.base.shelf import Keep, Shelf, in_memory

# Together, they are too large for the part of the shelf that is in the memory.
_TEXTS = ["", "a\r\nb", "x" * 3_000_000, "Ü\U0001f600", "\ud800", *("y" * number for number in range(200))]


@pytest.mark.parametrize("keep", [Shelf().keep, in_memory])
def test_every_text_comes_back_in_any_order(keep: Keep) -> None:
    reads = [keep(text) for text in _TEXTS]
    assert [reads[3](), keep("last")()] == [_TEXTS[3], "last"]
    assert [read() for read in reversed(reads)] == _TEXTS[::-1]
    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(lambda read: read(), reads * 5)] == _TEXTS * 5


@pytest.mark.parametrize("call", ["open", "write"])
def test_texts_stay_in_the_memory_where_no_file_can_be_written(
    monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object, **_options: object) -> None:
        raise OSError(28, os.strerror(28))

    shelf = Shelf()
    before = [shelf.keep(text) for text in _TEXTS]
    monkeypatch.setattr("handbook.base.shelf.TemporaryFile" if call == "open" else "os.write", full)
    after = [(shelf if call == "write" else Shelf()).keep(text) for text in _TEXTS]
    monkeypatch.undo()
    assert [read() for read in before + after] == _TEXTS * 2


def test_plugins_can_copy_what_gives_back_a_text() -> None:
    shelf = Shelf()
    read = shelf.keep(_TEXTS[2])
    copied = [copy.copy(read), copy.deepcopy(read), pickle.loads(pickle.dumps(read))]  # noqa: S301 - its own
    assert [each() for each in copied] == [_TEXTS[2]] * 3
    assert pickle.loads(pickle.dumps(copy.deepcopy(shelf).keep))("a")() == "a"  # noqa: S301 - its own
