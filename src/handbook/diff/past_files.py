"""Write the files of a handbook and its layers, as they were at a commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from handbook.diff.git import GitRepository
from handbook.diff.git_process import GitError
from handbook.read.files import CONFIG, Site, find_site
from handbook.read.layer_folders import PACKAGE
from handbook.read.layers import layer_names

_SUFFIXES = (".yaml", ".yml", ".json", ".md")


def write_past_files(site: Site, repository: GitRepository, commit: str, top: Path) -> Site | None:
    """Write the files of a commit and return the handbook in them; `None` if there was none.

    Layers in the repository and its submodules are those of the commit; packages are as installed. A layer
    that is not in this clone is missing from the result.

    Args:
        site: The handbook in the checkout.
        repository: The repository that contains it.
        commit: The commit.
        top: An empty folder, for the top of the repository.

    Raises:
        GitError: The files of the handbook are not in this clone.
    """
    folder = repository.prefix.rstrip("/")
    _write(repository.files(commit, _SUFFIXES, folder), top / folder)
    if not (top / folder / CONFIG).is_file():
        return None
    docs = site.docs.relative_to(site.root) if site.docs.is_relative_to(site.root) else "docs"
    then = site._replace(root=top / folder, docs=top / folder / docs)
    # The layers are in one repository with it.
    (top / ".git").mkdir()
    written = {folder}
    waiting = list(_named(then, folder))
    while waiting:
        layer = waiting.pop()
        if layer not in written:
            written.add(layer)
            _write(_files_of_layer(repository, commit, layer), top / layer)
            if (top / layer / CONFIG).is_file():
                waiting += _named(find_site(top / layer), layer)
    return then


def _named(site: Site, folder: str) -> Iterator[str]:
    """Yield the folders of the layers that a handbook names, from the top of the repository."""
    for name in layer_names(site).values():
        layer = normpath(join(folder, name))
        if not name.startswith((PACKAGE, "/")) and not layer.startswith(".."):
            yield "" if layer == "." else layer


def _files_of_layer(repository: GitRepository, commit: str, folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder that can be in a submodule, at the commit that the repository names."""
    above = folder
    while above:
        pinned = repository.submodule(commit, above)
        if pinned:
            try:
                inner = GitRepository(repository.top / above)
                yield from inner.files(pinned, _SUFFIXES, folder.removeprefix(above).lstrip("/"))
            except GitError:  # not in this clone
                return
            return
        above = dirname(above)
    yield from repository.files(commit, _SUFFIXES, folder)


def _write(files: Iterator[tuple[str, bytes]], folder: Path) -> None:
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
