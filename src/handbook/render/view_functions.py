"""The functions that views can call on the page that is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from markupsafe import Markup

from handbook.base.language import _
from handbook.base.text import Plain, words
from handbook.draw.network import Tool, draw_network
from handbook.link.selection import UnknownFieldError
from handbook.render.downloads import Downloads, download_path
from handbook.render.repository import Repository
from handbook.render.signs import sign, tile
from handbook.render.to_tick import Company, to_tick
from handbook.render.values import EntryView, RenderContext, entry_of


class CurrentPage:
    """The page that is being written, for functions that are the same for every page.

    Attributes:
        context: The context of its values.
        rest: The section with the fields that the view leaves out, until the view has put it in its place.
    """

    __slots__ = ("context", "rest")

    def __init__(self, context: RenderContext) -> None:
        self.begin(context)

    def begin(self, context: RenderContext, rest: str = "") -> None:
        """Start to write a page, or a part of one."""
        self.context = context
        self.rest = rest

    def take_rest(self) -> str:
        """Return the section once; empty after that."""
        section, self.rest = self.rest, ""
        return section

    def more(self) -> Markup:
        """Return the section once, for the view that puts it in its place."""
        return Markup(self.take_rest())  # noqa: S704 - from a view

    def anchor(self, *parts: str) -> str:
        """Return the anchor of a part of the entry."""
        return self.context.anchor(*parts)

    def site_file(self, path: str) -> str:
        """Return the URL of a file of the site."""
        return self.context.place.file_url(path)


def view_functions(
    current: CurrentPage,
    repository: Repository,
    calculate: Callable[..., object],
    downloads: Downloads,
    company: Company,
) -> dict[str, Callable[..., Any]]:
    """Return the functions that views can call.

    Args:
        current: The page that is being written.
        repository: The site, which can have icons of its own, and the form for a new issue with a checklist.
        calculate: Returns a figure by its name, for entries.
        downloads: The downloads of entries.
        company: What the settings say to every checklist.
    """

    def address(view: EntryView) -> str | None:
        """Return the URL of the page of an entry; `None` if readers can't see it."""
        return current.context.place.url(entry_of(view).page)

    def used_by(view: EntryView) -> list[tuple[str, list[EntryView]]]:
        """Return the entries that refer to this one, once each, by the title of their content type."""
        groups: dict[str, dict[str, EntryView]] = {}
        for use in current.context.catalogue.uses(entry_of(view)):
            found = groups.setdefault(_(use.entry.kind.title), {})
            found.setdefault(use.entry.id, current.context.entry(use.entry))
        return [(title, list(found.values())) for title, found in groups.items()]

    def referring_items(view: EntryView, field: str) -> list[tuple[EntryView, Any]]:
        """Return the list items in other entries that refer to this one, with those entries."""
        return [
            (current.context.entry(use.entry), current.context.entry(use.entry)[field][use.pointer[1]])
            for use in current.context.catalogue.uses(entry_of(view))
            if use.pointer[0] == field
        ]

    def figure(name: str, *views: EntryView) -> Any:
        """Return a figure for entries; `None` if the schemas of the site don't have what it needs."""
        with suppress(UnknownFieldError):
            return current.context.present(calculate(name, *(entry_of(view) for view in views)))
        return None

    def list_to_tick(view: EntryView, groups: str, items: str) -> Plain:
        """Return the checklist data for the browser script."""
        prefix = f"{current.context.prefix}-" if current.context.prefix else ""
        return to_tick(view, groups, items, prefix, repository.issues, company=company)

    def kind_tile(kind: str, *, large: bool = False) -> Markup:
        """Return the tile of a content type by its name; empty if the site has no such type."""
        found = current.context.catalogue.kinds.get(kind)
        return tile(repository.site, found, large=large) if found else Markup()

    def network(exchanges: Iterable[Any], connections: Iterable[Any], title: object) -> Markup:
        """Return a diagram of the tools that exchange data, and of the connections between them."""
        tools = [
            Tool(
                key=each.tool.id,
                name=each.tool.name,
                url=address(each.tool),
                note=words(each.tool.status if each.is_ending else each.tool.category),
                is_ending=each.is_ending,
            )
            for each in exchanges
        ]
        return draw_network(tools, connections, title)

    def page_url(path: str) -> str:
        """Return the URL of a page that readers have; empty if there is none."""
        lists = any(path == f"{kind.page}/index.md" for kind in current.context.catalogue.kinds.values())
        is_written = any((site.docs / path).is_file() for site in repository.site.upwards)
        has_page = (lists or is_written) and path not in current.context.catalogue.gate.hidden_pages
        return current.context.place.url(path) if has_page else ""

    return {
        "address": address,
        "anchor": current.anchor,
        "used_by": used_by,
        "referring_items": referring_items,
        "figure": figure,
        "download": lambda view, suffix: current.site_file(download_path(entry_of(view), suffix)),
        "download_text": lambda view, suffix: downloads.text(entry_of(view), suffix),
        "more": current.more,
        "network": network,
        "page_url": page_url,
        "sign": lambda view, large=False: (
            # An ID of a kind that the handbook doesn't have is a plain text.
            sign(repository.site, entry_of(view), large=large) if isinstance(view, EntryView) else Markup()
        ),
        "tile": kind_tile,
        "to_tick": list_to_tick,
        "site_file": current.site_file,
    }
