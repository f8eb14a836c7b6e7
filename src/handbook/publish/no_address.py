"""Finish a site without `site_url`, which cannot name its own address: missing pages and the sitemap."""

from __future__ import annotations

import re
from pathlib import Path

from handbook.publish.assets import read_script

MISSING = "404.html"
"""The page for missing pages. Hosts know this name, and show the page at the address of the missing page."""

_FROM_TOP = re.compile(r"""(\b(?:href|src)=["']?|"search": ?")/(?!/)""")
_TOP = re.compile(r"""(\bURL\("|"base": ?")/(?=")""")


def relative_page(page: str) -> str:
    """Return the page with links from its own folder. The engines write links from the top of the host."""
    return _TOP.sub(r"\1.", _FROM_TOP.sub(r"\1./", page))


def find_site_script() -> str:
    """Return the script that opens the page in the site's folder, where its links work."""
    return read_script("missing.js")


def remove_empty_sitemap(url: str, folder: Path) -> None:
    """Remove the sitemap of a site without an address, which has no entries: search engines reject it.

    Args:
        url: The address of the site; empty if unknown.
        folder: The folder of the built site.
    """
    for name in () if url else ("sitemap.xml", "sitemap.xml.gz"):
        (folder / name).unlink(missing_ok=True)
