"""Show changes of files as a patch, which `git apply` accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from handbook.write.files import Changes

_NO_LINE_END = "\\ No newline at end of file\n"


def patch(changes: Changes, prefix: str = "") -> str:
    """Return the changes as a unified diff; empty if nothing changes.

    Args:
        changes: The changes.
        prefix: What the paths start with, from the top of the repository.
    """
    return "".join(
        line
        for path, (before, after) in sorted(changes.items())
        if before != after
        for line in _patch(f"{prefix}{path}", before, after)
    )


def _patch(path: str, before: bytes, after: bytes) -> Iterator[str]:
    old, new = _lines(before), _lines(after)
    sides = f"a/{path}" if before else "/dev/null", f"b/{path}" if after else "/dev/null"
    for line in unified_diff(old, new, *sides):
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"


def _lines(data: bytes) -> Sequence[str]:
    """Return the lines with their line ends. As for git, only a line feed ends one."""
    text = data.decode("utf-8", "backslashreplace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [*filter(None, [text.split("\n")[-1]])]
