"""Find the code in two versions of a repository, including the targets of links."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from handbook.diff.trees import LINK, FileTree, TreeChanges
from handbook.read.code_paths import CodePath, code_paths, is_workflow

_MOST_LINKS = 10
"""The most links to follow in a chain."""


def code_of(changes: TreeChanges) -> list[CodePath]:
    """Return the code before or after a change.

    A file becomes code when a setting or a link names it. A change that removes the name can still change the
    code.
    """
    found: dict[CodePath, None] = {}
    for tree in (changes.before, changes.after):
        workflows = [path for path in tree.modes if is_workflow(path)]
        found |= dict.fromkeys(code_paths(tree.read, changes.prefix, workflows))
        links = {path: _target(tree, path) for path, mode in tree.modes.items() if mode == LINK}
        for _ in range(_MOST_LINKS):
            known = len(found)
            for path, target in links.items():
                found |= {new: None for code in list(found) for new in _behind_link(code, path, target)}
            if len(found) == known:
                break
    return list(found)


def _target(tree: FileTree, link: str) -> str:
    """Return the target of a link, from the top of the repository."""
    return normpath(join(dirname(link), (tree.read(link) or b"").decode("utf-8", "surrogateescape")))


def _behind_link(code: CodePath, link: str, target: str) -> Iterator[CodePath]:
    """Yield the code behind a link that is code itself, or part of the path to code."""
    if code.matches(link):
        # The pattern matches files and folders.
        yield code._replace(pattern=f"/{target}/")
    elif code.pattern.startswith(f"/{link}/"):
        yield code._replace(pattern=f"/{target}/{code.pattern.removeprefix(f'/{link}/')}")
