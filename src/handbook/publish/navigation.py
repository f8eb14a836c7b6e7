"""The navigation. A folder in it is replaced by its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from handbook.base.language import _, current
from handbook.publish.pages import GeneratedPage
from handbook.read.files import named_in


def expand(
    nav: Iterable[Any], pages: Iterable[GeneratedPage], written: Iterable[str], hidden: Collection[str] = ()
) -> list[Any]:
    """Return a navigation with every folder replaced by its pages: the index first, then the listed entries.

    Args:
        nav: The navigation as `mkdocs.yml` has it. An item such as `tools/` is the folder of a content type,
            under its title unless it has another.
        pages: The generated pages, in the order to list them.
        written: The hand-written pages; those in a listed folder are between its index and its entries.
        hidden: The pages that readers cannot see. They are omitted, with sections that have no other pages.
    """
    folders: dict[str, list[Any]] = defaultdict(list)
    nav = list(nav)
    # A page that the navigation names has its place there.
    named = frozenset(named_in(nav))
    for path in sorted(written):
        if path not in named or path.endswith("/index.md"):
            folders[path.rpartition("/")[0]].append(path)
    short: dict[str, str] = {}
    titles: dict[str, str] = {}
    for page in pages:
        if page.in_navigation:
            folder = page.kind.page if page.kind else page.path.rpartition("/")[0]
            folders[folder].append(page.path)
            if page.kind:
                titles[folder] = _(page.kind.title)
            if page.short_title != page.title:
                short[page.path] = page.short_title
    for folder, paths in folders.items():
        paths.sort(key=lambda path: not path.endswith("/index.md"))
        folders[folder] = [{short[path]: path} if path in short else path for path in paths]
    return _without(frozenset(hidden), [_expand_item(item, folders, titles) for item in nav])


def _without(hidden: frozenset[str], items: Iterable[Any]) -> list[Any]:
    """Return a navigation without some pages, and without sections that have no pages."""
    left = []
    for item in items:
        title, value = next(iter(item.items())) if isinstance(item, dict) and item else (None, item)
        if isinstance(value, list):
            value = _without(hidden, value)
        if value not in ([], None) and (isinstance(value, list) or value not in hidden):
            left.append(value if title is None else {title: value})
    return left


def _expand_item(item: Any, folders: dict[str, list[Any]], titles: Mapping[str, str]) -> Any:
    if isinstance(item, dict):
        return {
            current().with_words(str(title)): _expand_value(value, folders, titles)
            for title, value in item.items()
        }
    if isinstance(item, str) and item.endswith("/"):
        folder = item.rstrip("/")
        return {titles.get(folder) or _as_title(folder): _expand_value(item, folders, titles)}
    return item


def _as_title(folder: str) -> str:
    """Return the title of a folder without a content type, as the engine makes it of the name."""
    title = folder.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return title.capitalize() if title.islower() else title


def _expand_value(value: Any, folders: dict[str, list[Any]], titles: Mapping[str, str]) -> Any:
    if isinstance(value, str) and value.endswith("/"):
        return list(folders.get(value.rstrip("/"), ()))
    if isinstance(value, list):
        return [_expand_item(item, folders, titles) for item in value]
    return value


def titles_in(navigation: Iterable[Any]) -> dict[str, Any]:
    """Return the titles that a navigation gives to pages, by their path."""
    found: dict[str, Any] = {}
    for item in navigation:
        title, value = next(iter(item.items())) if isinstance(item, dict) and item else (None, None)
        inner = titles_in(value) if isinstance(value, list) else {value: title} if value else {}
        for path, said in inner.items():
            found.setdefault(path, said)
    return found


def without_titles(navigation: Iterable[Any]) -> list[Any]:
    """Return a navigation without the titles that it gives to pages."""
    items = []
    for item in navigation:
        title, value = next(iter(item.items())) if isinstance(item, dict) and item else (None, item)
        items.append({title: without_titles(value)} if isinstance(value, list) else value)
    return items
