"""A temporary folder is gone afterwards, whatever stops its use or its removal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handbook.base.temporary import temporary_folder


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt])
def test_a_temporary_folder_goes_with_what_stops_its_use(stop: type[BaseException]) -> None:
    folders = []

    def use() -> None:
        with temporary_folder() as name:
            folders.append(Path(name))
            (folders[0] / "a").write_text("a", encoding="utf-8")
            raise stop

    with pytest.raises(stop):
        use()
    assert not folders[0].exists()


def test_an_interrupted_removal_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    remove, calls = shutil.rmtree, []

    def interrupted(folder: str, *, ignore_errors: bool) -> None:
        calls.append(folder)
        if len(calls) == 1:
            raise KeyboardInterrupt
        remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt), temporary_folder() as name:
        (Path(name) / "a").write_text("a", encoding="utf-8")
    assert not Path(name).exists()
