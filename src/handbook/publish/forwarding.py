"""Pages at former addresses: whoever has an old link or bookmark is led to the page that took its place."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from markupsafe import Markup

from handbook.handbook import Handbook
from handbook.publish.assets import FORWARD_SCRIPT
from handbook.read.former_ids import former_name
from handbook.view.downloads import Download
from handbook.view.links import Place

# The script stands in a file of its own, so that a site may forbid scripts inside pages. It leads on before
# anything else does and keeps the part of an address behind `#`, which the other ways lose.
_PAGE = Markup(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{name}</title>
<link rel="canonical" href="{canonical}">
<link rel="alternate" href="{to}">
<script src="{script}"></script>
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
</head>
<body>
<p>Go on to <a href="{to}">{name}</a>.</p>
</body>
</html>
"""
)


def forwarding_page(name: str, to: str, script: str, canonical: str) -> str:
    """A page that leads on.

    Args:
        name: What the page is called that it leads to.
        to: The address of that page, seen from this one.
        script: The address of the script that leads on, seen from this one.
        canonical: The address of that page to search engines.
    """
    return _PAGE.format(name=name, to=to, script=script, canonical=canonical)


def forwarding_pages(handbook: Handbook, site_url: str = "") -> Iterator[Download]:
    """A page at every former address that has no page of its own, in a stable order.

    Args:
        handbook: The handbook.
        site_url: The address the site will have, when it is known.
    """
    catalogue, directory_urls = handbook.catalogue, handbook.site.directory_urls
    taken = set(handbook.context.page_paths)
    for entry in catalogue.all():
        for written in entry.data.get("former_ids", ()):
            name, former_id = former_name(entry.kind.name, written)
            before = f"{catalogue.kind(name).page}/{former_id}.md"
            if before in taken:
                continue
            taken.add(before)
            place = Place(before, directory_urls)
            to = place.url(entry.page)
            address = urljoin(site_url, Place("index.md", directory_urls).url(entry.page)) if site_url else to
            script = place.file_url(FORWARD_SCRIPT)
            yield Download(place.published, forwarding_page(entry.name, to, script, address))
