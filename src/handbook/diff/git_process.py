"""Run git, and say on one line why it failed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from handbook.base.errors import HandbookError


class GitError(HandbookError):
    """Raised when git cannot answer. The text states the cause on one line."""


def run_git(folder: Path, words: Sequence[str], given: bytes, variables: dict[str, str]) -> bytes:
    """Run git in a folder and return what it prints.

    Args:
        folder: The folder.
        words: The command and its arguments.
        given: The input.
        variables: More environment variables.

    Raises:
        GitError: Git can't run, or it fails.
    """
    command = ["git", "-C", str(folder), *words]
    # Reading must not wait for other processes in the repository, or disturb them.
    own = {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"}
    environment = os.environ | own | variables
    try:
        done = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, check=False, env=environment
        )
    except OSError as error:
        raise GitError(f"Could not run git: {(error.strerror or str(error)).lower()}") from error
    if done.returncode:
        lines = os.fsdecode(done.stderr).strip().splitlines()
        # Keep only the advice to change a setting, such as for a folder of another user.
        advice = "".join(f". Run `{line.strip()}`" for line in lines if line.startswith("\tgit config "))
        failed = f"`git {words[0]}` failed with exit code {done.returncode}"
        raise GitError(f"{lines[0]}{advice}" if lines else failed)
    return done.stdout
