"""Links to the data of a content type, at the end of its index page."""

from __future__ import annotations

from markupsafe import Markup

from handbook.base.language import _
from handbook.base.text import escape
from handbook.link.catalogue import Catalogue
from handbook.link.place import Place
from handbook.render.downloads import list_path


def data_links(catalogue: Catalogue, page: str, place: Place) -> str:
    """Return links to the data of a content type for its index page; otherwise nothing.

    Args:
        catalogue: The entries.
        page: The path of the page in the docs folder.
        place: The page, from which the links start.
    """
    kind = next((kind for kind in catalogue.kinds.values() if f"{kind.page}/index.md" == page), None)
    if kind is None or not catalogue.entries(kind.name):
        return ""
    urls = (escape(place.file_url(list_path(kind, suffix))) for suffix in ("csv", "json"))
    links = Markup(
        '<p class="hb-data" data-search-exclude>{} <a href="{}" download>CSV</a>, <a href="{}">JSON</a></p>'
    ).format(_("Export:"), *urls)
    return f"\n\n{links}"
