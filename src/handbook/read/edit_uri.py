"""The path from a repository to the editor of its pages, where no setting says it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

MAIN = "main"
"""The usual name of the default branch."""


def edit_uri(repository: str, branch: str, docs: str) -> str:
    """Return the path from a repository to the editor of its pages; empty for an unknown host.

    Args:
        repository: The URL of the repository.
        branch: Its default branch.
        docs: The folder of the pages in it, such as `docs`.
    """
    host = urlsplit(repository).hostname or ""
    if "gitlab" in host:
        return f"-/edit/{quote(branch)}/{quote(docs)}/"
    return f"edit/{quote(branch)}/{quote(docs)}/" if "github" in host else ""
