"""Redirect pages for former URLs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from markupsafe import Markup, escape

from handbook.base.language import N_, current, fill, translate
from handbook.link.download import Download
from handbook.link.place import Place
from handbook.loaded.handbook import Handbook
from handbook.publish.assets import FORWARD_SCRIPT
from handbook.read.former_ids import former_name

# The script is in a separate file, so that a site can forbid inline scripts. It redirects first and keeps the
# part of a URL after `#`, which a redirect by `meta` loses.
_PAGE = Markup(
    """<!doctype html>
<html lang="{language}">
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
<p>{moved}</p>
</body>
</html>
"""
)


_MOVED = N_("This page has moved to %(link)s.")


def forwarding_page(name: str, to: str, script: str, canonical: str) -> str:
    """Return a redirect page.

    Args:
        name: The title of the target page.
        to: The URL of the target page, relative to the redirect page.
        script: The URL of the redirect script, relative to the redirect page.
        canonical: The URL of the target page for search engines.
    """
    link = Markup('<a href="{}">{}</a>').format(to, name)
    moved = Markup(fill(escape(translate(_MOVED)), {"link": link}))  # noqa: S704 - just escaped
    return _PAGE.format(
        language=current().code, name=name, to=to, script=script, canonical=canonical, moved=moved
    )


def forwarding_pages(handbook: Handbook, site_url: str = "") -> Iterator[Download]:
    """Yield a redirect page for every former URL that no current page uses, in a stable order.

    Args:
        handbook: The handbook.
        site_url: The URL of the site, if known.
    """
    catalogue, directory_urls = handbook.catalogue, handbook.site.directory_urls
    taken = set(handbook.context.page_paths)
    kinds = {**handbook.context.kinds_off, **catalogue.kinds}
    for entry in catalogue.all():
        for written in entry.data.get("former_ids", ()):
            name, former_id = former_name(entry.kind.name, written)
            before = f"{kinds[name].page}/{former_id}.md"
            if before in taken:
                continue
            taken.add(before)
            place = Place(before, directory_urls)
            to = place.url(entry.page)
            address = urljoin(site_url, Place("index.md", directory_urls).url(entry.page)) if site_url else to
            script = place.file_url(FORWARD_SCRIPT)
            yield Download(place.published, forwarding_page(entry.name, to, script, address))
