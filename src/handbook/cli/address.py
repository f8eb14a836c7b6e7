"""The address at which readers find the site."""

from __future__ import annotations

from urllib.parse import urljoin

from handbook.link.address import Address
from handbook.read.files import Site
from handbook.release.pages_branch import PagesBranch
from handbook.release.versions import LATEST


def published_address(site: Site, pages: PagesBranch) -> Address:
    """Return the address of the site: that of the latest version, once there is one."""
    published = pages.shelf(pages.tip()).published()
    url = urljoin(site.url, f"{LATEST}/") if site.url and published else site.url
    return Address(url, site.directory_urls)
