"""Show the changes of files as a patch that `git apply` takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff

from handbook.write.files import Change

_NONE = "/dev/null"


def patch(changes: Mapping[str, Change], moves: Mapping[str, str]) -> str:
    """Return changes as a patch. Bytes that are not UTF-8 are surrogates.

    Args:
        changes: The changes.
        moves: The new path of each moved file.
    """
    moved = {to: path for path, to in moves.items() if path in changes and to in changes}
    parts = []
    for path, change in sorted(changes.items()):
        if path in moved:
            old = moved[path]
            head = f"similarity index 50%\nrename from {old}\nrename to {path}\n"
            before = changes[old].before
            parts += [f"diff --git a/{old} b/{path}\n", head, *_differences(old, before, path, change.after)]
        elif path not in moved.values():
            parts += [
                f"diff --git a/{path} b/{path}\n",
                *_differences(path, change.before, path, change.after),
            ]
    return "".join(parts)


def _differences(old: str, before: bytes | None, new: str, after: bytes | None) -> Iterator[str]:
    if before is None:
        yield "new file mode 100644\n"
    if after is None:
        yield "deleted file mode 100644\n"
    names = (_NONE if before is None else f"a/{old}", _NONE if after is None else f"b/{new}")
    for line in unified_diff(_lines(before), _lines(after), *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes | None) -> list[str]:
    """Return lines with their line ends; only a line feed ends a line, as in git."""
    text = (data or b"").decode("utf-8", "surrogateescape")
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *filter(None, [last])]
