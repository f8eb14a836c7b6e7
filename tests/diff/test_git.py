"""What git says of a working tree, also in the middle of a merge."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handbook.diff.git import GitRepository
from tests.diff.repositories import commit, git, write


def test_a_file_that_is_being_merged_is_a_change_and_a_deleted_one_is_gone(tmp_path: Path) -> None:
    base = commit(tmp_path, {"a.md": "One\n", "b.md": "One\n", "c.md": "One\n"})
    git(tmp_path, "checkout", "-q", "-b", "other")
    commit(tmp_path, {"a.md": "Other\n"})
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, {"a.md": "Main\n"})
    with pytest.raises(subprocess.CalledProcessError):
        git(tmp_path, "merge", "-q", "other")
    write(tmp_path, {"b.md": None, "new.md": "New\n"})
    assert GitRepository(tmp_path).changed_since(base) == {"a.md": "100644", "b.md": "", "new.md": "100644"}
