"""Resolve links relative to their page."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote, unquote

from handbook.base.named_tuples import NamedTuple


class Place(NamedTuple):
    """The page being written.

    Attributes:
        page: Its path in the docs folder, such as `tools/index.md`.
        directory_urls: Whether `a/b.md` is published at `a/b/` (otherwise at `a/b.html`).
        from_source: Whether links are relative to the folder of the source. Zensical rewrites all links of a
            page from there, even in HTML; MkDocs does not change HTML.
    """

    page: str
    directory_urls: bool = True
    from_source: bool = False

    @property
    def published(self) -> str:
        """The published file of the page, in the site."""
        return _published(self.page, directory_urls=self.directory_urls)

    def url(self, path: str) -> str:
        """Return the URL of a page or file in the docs folder, relative to this page."""
        return self.file_url(_published(path, directory_urls=self.directory_urls))

    def file_url(self, published: str) -> str:
        """Return the URL of a file in the published site, relative to this page."""
        base = posixpath.dirname(self.page if self.from_source else self.published)
        folder, name = posixpath.split(published)
        relative = _relative(folder, base)
        if name == "index.html" and self.directory_urls:
            return _quoted(f"{relative}/")
        return _quoted(name if relative == "." else f"{relative}/{name}")

    def resolve(self, target: str) -> str | None:
        """Return the URL of a link in a YAML text; `None` if the link is not allowed.

        Links with https, http or mailto are allowed, and links relative to the docs folder.
        """
        scheme, colon, rest = target.partition(":")
        if colon and not set(scheme) & set("/?#"):
            web = scheme.lower() in {"http", "https"} and rest.startswith("//")
            return target if web or scheme.lower() == "mailto" else None
        if target.startswith("//") or any(ord(char) < ord("!") for char in target):
            return None
        if target.startswith(("#", "/", "?")):
            return target
        end = min((target.find(mark) for mark in "?#" if mark in target), default=len(target))
        return self.url(posixpath.normpath(unquote(target[:end]))) + target[end:]


_quoted = lru_cache(maxsize=4096)(quote)


def _relative(folder: str, base: str) -> str:
    """Return the way from one folder to another."""
    if folder.startswith("..") or base.startswith(".."):
        return posixpath.relpath(folder or ".", base or ".")
    theirs, ours = (path.split("/") if path else [] for path in (folder, base))
    shared = 0
    for their, our in zip(theirs, ours, strict=False):
        if their != our:
            break
        shared += 1
    return "/".join([".."] * (len(ours) - shared) + theirs[shared:]) or "."


@lru_cache(maxsize=4096)
def _published(path: str, *, directory_urls: bool) -> str:
    """Return the path of the published file of a page or file."""
    if not path.endswith(".md"):
        return path
    folder, name = posixpath.split(path[: -len(".md")])
    if name in {"index", "README"}:
        return posixpath.join(folder, "index.html")
    return posixpath.join(folder, name, "index.html") if directory_urls else f"{path[: -len('.md')]}.html"
