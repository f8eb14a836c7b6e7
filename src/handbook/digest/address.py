"""Where readers find the pages that a digest names."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urljoin

from handbook.view.links import Place


class Address(NamedTuple):
    """Where the site is published.

    Attributes:
        url: Its address, with a slash at the end; empty when nobody has said.
        directory_urls: Whether a page is published as a folder.
    """

    url: str
    directory_urls: bool

    def of(self, page: str) -> str:
        """The address of a page below the docs folder; empty when there is none."""
        if not self.url or not page:
            return ""
        return urljoin(self.url, Place("index.md", self.directory_urls).url(page))
