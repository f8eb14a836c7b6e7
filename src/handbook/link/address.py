"""Addresses of the pages that a digest links to."""

from __future__ import annotations

from urllib.parse import urljoin

from handbook.base.named_tuples import NamedTuple
from handbook.link.place import Place


class Address(NamedTuple):
    """The address of the published site.

    Attributes:
        url: The address, with a slash at the end; empty if it is not set.
        directory_urls: Whether a page is published as a folder.
    """

    url: str
    directory_urls: bool

    def of(self, page: str) -> str:
        """Return the address of a page below the docs folder; empty if there is none."""
        if not self.url or not page:
            return ""
        return urljoin(self.url, Place("index.md", self.directory_urls).url(page))
