"""Where "Edit this page" leads: to the file a page comes from, at the right line."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from handbook.read.files import Site


def edit_url(
    repo_url: str | None, edit_uri: str | None, site: Site, path: str, line: int | None = None
) -> str | None:
    """The address that opens a file in the web editor of GitHub or GitLab.

    Args:
        repo_url: The repository, such as `https://github.com/acme/handbook`.
        edit_uri: What MkDocs puts between the repository and a page, such as `edit/main/docs/`.
        site: The site, whose docs folder that address leads to.
        path: The file, relative to the site's folder.
        line: The line to open, counted from 1.

    Returns:
        The address, or `None` when the site names no repository or has its pages elsewhere.
    """
    if not repo_url or not edit_uri or not site.docs.is_relative_to(site.root):
        return None
    base = edit_uri if "://" in edit_uri else f"{repo_url.rstrip('/')}/{edit_uri.lstrip('/')}"
    scheme, _, rest = base.partition("://")
    host, _, folder = rest.partition("/")
    up = posixpath.relpath(".", site.relative(site.docs))
    root = posixpath.normpath(posixpath.join(f"/{folder}", up))
    return f"{scheme}://{host}{root}/{quote(path)}{f'#L{line}' if line else ''}"
