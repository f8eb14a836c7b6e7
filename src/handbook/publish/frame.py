"""What the frame around the text of a page shows: the counts of the sidebar, the trust card, the footer.

The templates in `theme/` show it. They receive plain values, which the adapters escape like other metadata;
only icons are markup.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from handbook.base.language import N_, _, grouped, within
from handbook.base.sentences import in_words, short_day
from handbook.base.text import words
from handbook.link.catalogue import Entry
from handbook.link.place import Place
from handbook.loaded.handbook import Handbook
from handbook.publish.navigation import titles_in
from handbook.publish.pages import GeneratedPage
from handbook.read.life import is_used
from handbook.read.pages import CHANGES_PAGE, FIND_PAGE, GUIDE_PAGE, OTHERS_PAGE
from handbook.read.schemas.kinds import Kind
from handbook.render.byline import Byline
from handbook.render.portable.addresses import markdown_path
from handbook.render.render import Renderer
from handbook.render.signs import find_drawing, sign

_OTHERS = N_("For other teams")
_EDITIONS = {
    "public": N_("Public edition"),
    "internal": N_("Internal edition"),
    "restricted": N_("Restricted edition"),
}


def make_frame(
    handbook: Handbook, renderer: Renderer, pages: Iterable[GeneratedPage], navigation: Iterable[Any] | None
) -> dict[str, Any]:
    """Return what the frame of every page shows, for the setting `extra.handbook`.

    Args:
        handbook: The handbook.
        renderer: Completes its pages.
        pages: The generated pages.
        navigation: The navigation with all its pages; without one, it has every page.
    """
    home = Place("index.md", handbook.site.directory_urls)
    shown = {page.path for page in pages} | handbook.pages.keys()
    find = FIND_PAGE if FIND_PAGE in shown else "index.md"
    return {
        "pages": dict(_pages(handbook, home)),
        "entries": dict(_entries(handbook, home, titles_in(navigation) if navigation else None)),
        "owners": dict(_owners(handbook, home)),
        "find": home.url(find),
        "foot": [{"title": title, "url": home.url(path)} for title, path in _foot(renderer, shown)],
        "edition": _edition(handbook),
        "words": {
            "about": _("About this page"),
            "contents": _("On this page"),
            "in_use": _("In use"),
            "markdown": _("Read as Markdown"),
            "more": _("%(number)s more", number="%(number)s"),
            "owner": _("Owner"),
            "path": _("Breadcrumb"),
            "print": _("Print"),
            "right": _("Still right"),
            "take": _("Take along"),
        },
    }


def _pages(handbook: Handbook, home: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the icon of a page in the sidebar, and how many entries it lists, by its URL."""
    indexes = {f"{kind.page}/index.md": kind for kind in handbook.catalogue.kinds.values()}
    yield home.url(CHANGES_PAGE), {"icon": find_drawing(handbook.site, "lucide/history") or ""}
    for path, page in handbook.pages.items():
        icon = page.meta.get("icon")
        if path not in indexes and isinstance(icon, str):
            yield home.url(path), {"icon": find_drawing(handbook.site, icon) or ""}
    for path, kind in indexes.items():
        count = len(handbook.catalogue.entries(kind.name))
        if count:
            drawing = find_drawing(handbook.site, kind.icon) or ""
            title = _("All %(entries)s", entries=within(_(kind.title)))
            yield home.url(path), {"icon": drawing, "count": grouped(count), "all": title}


def _entries(
    handbook: Handbook, home: Place, listed: Container[str] | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield how the sidebar lists an entry, by the URL of its page, with its state if it isn't used.

    It lists only pages of the navigation.
    """
    for kind in handbook.catalogue.kinds.values():
        has_marks = kind.name in {"tool", "team"}
        for entry in handbook.catalogue.entries(kind.name).values():
            if listed is not None and entry.page not in listed:
                continue
            shown = sign(handbook.site, entry) if has_marks else ""
            state = "" if is_used(entry.data) else str(words(entry.data["status"]))
            yield home.url(entry.page), {"sign": shown, "ended": state}


def _owners(handbook: Handbook, home: Place) -> Iterator[tuple[str, str]]:
    """Yield the sign of each team and role by the URL of its page."""
    for kind in ("team", "role"):
        for entry in handbook.catalogue.entries(kind).values() if kind in handbook.catalogue.kinds else ():
            yield home.url(entry.page), sign(handbook.site, entry, large=True)


def _foot(renderer: Renderer, shown: set[str]) -> Iterator[tuple[str, str]]:
    if CHANGES_PAGE in shown:
        yield _("What changed"), CHANGES_PAGE
    if OTHERS_PAGE in shown:
        yield _(_OTHERS), OTHERS_PAGE
    if renderer.has_guide:
        yield _("How this handbook works"), GUIDE_PAGE


def _edition(handbook: Handbook) -> str:
    day = in_words(handbook.context.today)
    is_fixed = handbook.context.settings.as_of
    built = _("shown as of %(day)s", day=day) if is_fixed else _("built on %(day)s", day=day)
    return f"{_(_EDITIONS[handbook.audience])} · {built}"


def make_metadata(handbook: Handbook, renderer: Renderer, path: str, about: Entry | None) -> dict[str, Any]:
    """Return what the frame of a page shows, for its metadata.

    That is the trust card, its Markdown version, and for the page of an entry the page that lists it.

    Args:
        handbook: The handbook.
        renderer: Gives the byline of the page.
        path: The path of the page in the docs folder.
        about: The entry that the page is about, if it is a generated one.
    """
    home = Place("index.md", handbook.site.directory_urls)
    found: dict[str, Any] = {}
    if path in handbook.pages:
        found["trust"] = _trust(renderer.byline(path), home)
    elif about is not None:
        found["trust"] = _trust(renderer.byline(path, about), home)
        found |= make_way_back(handbook, about.kind)
    return {**found, "markdown": quote(markdown_path(path, directory_urls=handbook.site.directory_urls))}


def make_way_back(handbook: Handbook, kind: Kind) -> dict[str, Any]:
    """Return the page that lists the entries of a kind, for the metadata of the page of one."""
    home = Place("index.md", handbook.site.directory_urls)
    return {"within": {"title": _(kind.title), "url": home.url(f"{kind.page}/index.md")}}


def _trust(found: Byline, home: Place) -> dict[str, Any]:
    owner = found.owners[0] if found.owners else None
    fresh = found.fresh
    coming = fresh.due if fresh.state != "late" else None
    shown = {
        "owner": owner.name if owner else _("No owner assigned") if found.owned else "",
        "owner_url": home.url(owner.page) if owner and not owner.is_hidden else "",
        "ask": _("Ask in %(channel)s", channel=found.channel) if found.channel else "",
        "state": fresh.state,
        "left": fresh.left,
        "reviewed": fresh.words if fresh.reviewed or fresh.state == "late" else "",
        "next": _("Next review %(day)s", day=short_day(coming)) if coming else "",
        "edit": found.edit,
        "change": found.change if found.can_change else "",
        "right": found.still_right,
        "kind": found.kind,
        "id": found.id,
        "add": found.add,
    }
    return {name: value for name, value in shown.items() if value not in ("", None)}
