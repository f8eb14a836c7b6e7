"""Where links lead, seen from the page they stand on."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True)
class Place:
    """The page that is being written.

    Attributes:
        page: Its path below the docs folder, such as `tools/index.md`.
        directory_urls: Whether `a/b.md` is published at `a/b/` (otherwise at `a/b.html`).
        from_source: Whether links start at the folder of the page's source. Zensical turns every link of a
            page, those in HTML too, from there to the page's own address; MkDocs leaves HTML as it is.
    """

    page: str
    directory_urls: bool = True
    from_source: bool = False

    @property
    def published(self) -> str:
        """The file this page is published as, below the site."""
        return _published(self.page, directory_urls=self.directory_urls)

    def url(self, path: str) -> str:
        """The address of a page or file of the docs folder, relative to this page."""
        return self.file_url(_published(path, directory_urls=self.directory_urls))

    def file_url(self, published: str) -> str:
        """The address of a file of the finished site, relative to this page."""
        base = posixpath.dirname(self.page if self.from_source else self.published)
        folder, name = posixpath.split(published)
        relative = posixpath.relpath(folder or ".", base or ".")
        if name == "index.html" and self.directory_urls:
            return quote(f"{relative}/")
        return quote(name if relative == "." else f"{relative}/{name}")

    def resolve(self, target: str) -> str | None:
        """The address behind a link in a YAML text; `None` for one that must not be followed.

        A relative link starts at the docs folder. Allowed are https, http, mailto and relative links.
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


def _published(path: str, *, directory_urls: bool) -> str:
    """The path of the file that a page or file is published as."""
    if not path.endswith(".md"):
        return path
    folder, name = posixpath.split(path[: -len(".md")])
    if name in {"index", "README"}:
        return posixpath.join(folder, "index.html")
    return posixpath.join(folder, name, "index.html") if directory_urls else f"{path[: -len('.md')]}.html"
