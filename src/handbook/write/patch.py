"""Show changes of files as a patch, which `git apply` accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from posixpath import normpath

from handbook.read.files import Site, repository_top
from handbook.write.files import Changes

_NONE = "/dev/null"
_NO_LINE_END = "\\ No newline at end of file\n"
_ALIKE = 0.5
"""The share of lines that a removed and a new file have in common if it was moved, as for git."""


def patch_of_site(site: Site, changes: Changes) -> str:
    """Return the changes of a site as a unified diff, with paths from the top of its repository."""
    prefix = site.root.relative_to(repository_top(site.root)).as_posix()
    return patch({normpath(f"{prefix}/{path}"): change for path, change in changes.items()})


def patch(changes: Changes) -> str:
    """Return the changes as a unified diff; empty if nothing changes. A moved file is shown as moved."""
    moved = _moves(changes)
    parts: list[str] = []
    for path, (_, after) in sorted(changes.items()):
        old = moved.get(path, path)
        before, _ = changes[old]
        if path in moved:
            names = f"similarity index {int(_ALIKE * 100)}%\nrename from {old}\nrename to {path}\n"
            parts.append(f"diff --git a/{old} b/{path}\n{names}")
        if path not in moved.values() and before != after:
            sides = f"a/{old}" if before else _NONE, f"b/{path}" if after else _NONE
            parts += _differences(sides, before, after)
    return "".join(parts)


def _moves(changes: Changes) -> dict[str, str]:
    """Return the former path of each new file with most of the lines of a removed one."""
    gone = {path: Counter(_lines(before)) for path, (before, after) in changes.items() if not after}
    found: dict[str, str] = {}
    for path, (before, after) in sorted(changes.items()):
        lines = Counter(_lines(after)) if after and not before else Counter()
        shares = {
            old: (lines & others).total() / max(lines.total(), others.total(), 1)
            for old, others in gone.items()
            if old not in found.values()
        }
        likest = max(shares, key=shares.__getitem__, default="")
        if lines and likest and shares[likest] >= _ALIKE:
            found[path] = likest
    return found


def _differences(sides: tuple[str, str], before: bytes, after: bytes) -> Iterator[str]:
    for line in unified_diff(_lines(before), _lines(after), *sides):
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"


def _lines(data: bytes) -> Sequence[str]:
    """Return the lines with their line ends. As for git, only a line feed ends one."""
    text = data.decode("utf-8", "backslashreplace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [*filter(None, [text.split("\n")[-1]])]
