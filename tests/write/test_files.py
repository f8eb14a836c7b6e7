"""A file is written whole or not at all, and only in the repository."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from handbook.write import journal
from handbook.write.errors import NotWrittenError
from handbook.write.files import put, put_all, undo_stopped_change
from handbook.write.hidden_names import ALL, RECORD, workspace_of
from tests.effort import runs
from tests.sites import ROOT
from tests.trees import tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site in a part of a repository."""
    for name in ("repository/.git/hooks", "repository/site/sources", "victim"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "victim/precious.yaml").write_text("precious", encoding="utf-8")
    return tmp_path / "repository/site"


def test_a_file_is_replaced_with_its_mode_and_nothing_stays_next_to_it(root: Path) -> None:
    put(root, "sources/new/a.yaml", b"one", b"")
    (root / "sources/new/a.yaml").chmod(0o640)
    put(root, "sources/new/a.yaml", b"two", b"one")
    assert (root / "sources/new/a.yaml").read_bytes() == b"two"
    assert stat.S_IMODE((root / "sources/new/a.yaml").stat().st_mode) == 0o640
    assert [path.name for path in (root / "sources/new").iterdir()] == ["a.yaml"]


def test_a_file_above_the_site_is_written_too(root: Path) -> None:
    put(root, "../CODEOWNERS", b"text", b"")
    assert (root / "../CODEOWNERS").read_bytes() == b"text"


def test_what_another_process_has_changed_meanwhile_stays(root: Path) -> None:
    (root / "sources/a.yaml").write_bytes(b"theirs")
    with pytest.raises(NotWrittenError, match="was changed by another process"):
        put(root, "sources/a.yaml", b"ours", b"before")
    assert (root / "sources/a.yaml").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("sources/a.yaml", "b.yaml"),
        ("sources/a.yaml", "../../../victim/precious.yaml"),
        ("sources/a.yaml", "../../../victim/new.yaml"),
        ("sources/a.yaml", "../../.git/hooks/pre-commit"),
        (".vscode/settings.json", "../../victim"),
    ],
)
def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path, path: str, leads_to: str) -> None:
    link = root / path
    link = link.parent if link.name == "settings.json" else link
    link.symlink_to(leads_to)
    before = tree(tmp_path)
    with pytest.raises(NotWrittenError, match=f"Could not write {path}: "):
        put(root, path, b"text", b"")
    assert tree(tmp_path) == before


def test_what_is_no_file_is_not_replaced(root: Path, tmp_path: Path) -> None:
    (root / "sources/a.yaml").mkdir()
    before = tree(tmp_path)
    with pytest.raises(NotWrittenError, match="it is not a file"):
        put(root, "sources/a.yaml", b"text", b"")
    assert tree(tmp_path) == before


def test_a_full_disk_leaves_the_file_as_it_was(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "sources/a.yaml", b"old", b"")
    before = tree(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(NotWrittenError, match=r"Could not write sources/a\.yaml: no space left on device"):
        put(root, "sources/a.yaml", b"new", b"old")
    monkeypatch.undo()
    assert tree(tmp_path) == before


def test_several_files_change_together_or_not_at_all(root: Path) -> None:
    for name in ("a", "gone", "z"):
        (root / f"sources/{name}.yaml").write_bytes(b"old")
    changes = {
        "sources/a.yaml": (b"old", b"new"),
        "sources/gone.yaml": (b"old", b""),
        "sources/new/b.yaml": (b"", b"new"),
        "sources/z.yaml": (b"other", b"new"),
    }
    before = tree(root)
    with pytest.raises(NotWrittenError, match=r"z\.yaml was changed by another process"):
        put_all(root, changes)
    assert tree(root) == before
    put_all(root, changes | {"sources/z.yaml": (b"old", b"new")})
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert names == {"sources/a.yaml", "sources/new/b.yaml", "sources/z.yaml"}


def test_where_nothing_changes_nothing_is_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    denied = Mock(side_effect=PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    monkeypatch.setattr("handbook.write.files.workspace", denied)
    put_all(root, {})


def test_if_a_file_cannot_be_replaced_the_others_get_their_content_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "sources/a.yaml").write_bytes(b"old")
    (root / "sources/gone.yaml").write_bytes(b"old")
    before, whole = tree(root), Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "gone.yaml":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        whole(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    changes = {"sources/a.yaml": (b"old", b"new"), "sources/b.yaml": (b"", b"new")}
    with pytest.raises(NotWrittenError, match=r"Could not write sources/gone\.yaml: permission denied"):
        put_all(root, changes | {"sources/gone.yaml": (b"old", b"")})
    assert tree(root) == before


def test_a_folder_that_may_not_be_changed_is_said_with_a_file_of_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(NotWrittenError, match=r"Could not write sources/a\.yaml: permission denied"):
        put_all(root, {"sources/a.yaml": (b"", b"new")})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed halfway")
def test_a_change_of_several_files_that_is_killed_at_any_line_is_undone_by_the_next_command(
    tmp_path: Path,
) -> None:
    words = [sys.executable, "-m", "tests.write.stopping_files", str(tmp_path), "18"]
    words.append(str(runs(sample=5, full=1_000)))
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["mixed"] >= 8


def record(root: Path) -> Path:
    """Change two files, and be killed between them."""
    (root / "sources/a.yaml").write_bytes(b"old")
    room = workspace_of(root / ALL)
    room.mkdir()
    (room / ".gitignore").write_text("*\n", encoding="utf-8")
    journal.begin(room, {"sources/a.yaml": (b"old", b"new"), "sources/b.yaml": (b"old", b"new")})
    (root / "sources/a.yaml").write_bytes(b"new")
    (root / "sources/b.yaml").write_bytes(b"someone else's")
    return room / RECORD


def test_what_was_changed_after_the_command_was_killed_stays(root: Path) -> None:
    record(root)
    assert undo_stopped_change(root) == [("sources/a.yaml", True), ("sources/b.yaml", False)]
    assert (root / "sources/a.yaml").read_bytes() == b"old"
    assert (root / "sources/b.yaml").read_bytes() == b"someone else's"


def test_a_record_that_was_put_into_a_repository_changes_nothing(root: Path, tmp_path: Path) -> None:
    planted = record(root)
    shutil.copy2(planted, tmp_path / "copy")
    (tmp_path / "copy").replace(planted)
    assert undo_stopped_change(root) == []
    assert (root / "sources/a.yaml").read_bytes() == b"new"


def test_a_record_behind_a_link_changes_nothing(root: Path, tmp_path: Path) -> None:
    planted = record(root)
    planted.replace(tmp_path / "record")
    planted.symlink_to(tmp_path / "record")
    assert undo_stopped_change(root) == []
    assert (root / "sources/a.yaml").read_bytes() == b"new"
