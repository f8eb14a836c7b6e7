"""Escape titles, descriptions and other metadata of pages, which the theme inserts into HTML unescaped.

The templates of the theme escape nothing, so every such text is escaped before a template receives it. A text
that is already HTML, such as the text of a heading, keeps its character references.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from handbook.base.language import Language
from handbook.publish.contents import SiteContents

SHOWN_SETTINGS = ("site_name", "site_description", "site_author")
"""The settings of `mkdocs.yml` that are text and that the theme inserts into HTML unescaped."""

_TAG_MARKS = {ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&#34;"}
_MARKS = _TAG_MARKS | {ord("'"): "&#39;"}
_REFERENCE = re.compile(r"&(?=#|[A-Za-z])")


# The pages of a site say much the same, and there can be tens of thousands of them.
_same = lru_cache(maxsize=4096, typed=True)
_escaped = _same(escape)


@_same
def _without_tags(text: str) -> Markup:
    return Markup(text.translate(_MARKS))  # noqa: S704 - no tag is left in it


def plain(value: Any) -> Any:
    """Return a value of front matter with every text escaped as HTML."""
    return _mapped(value, _escaped)


def without_tags(value: Any) -> Any:
    """Return a value whose texts are already HTML, with the characters of tags escaped."""
    return _mapped(value, _without_tags)


def plain_once(value: Any) -> Any:
    """Return a value escaped for templates that escape some texts a second time.

    Characters that need no reference get none.
    """
    return _mapped(value, lambda text: Markup(_REFERENCE.sub("&amp;", text).translate(_TAG_MARKS)))  # noqa: S704 - no tag is left in it


def _mapped(value: Any, to_html: Callable[[str], Markup]) -> Any:
    if isinstance(value, str):
        return to_html(value)
    if isinstance(value, dict):
        return {_mapped(name, to_html): _mapped(each, to_html) for name, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, to_html) for each in value]
    return value


def plain_item(item: Any) -> Any:
    """Return an item of the navigation with its titles as HTML and its paths unchanged."""
    if isinstance(item, dict):
        return {plain_once(title): plain_item(value) for title, value in item.items()}
    return [plain_item(each) for each in item] if isinstance(item, list) else item


def meta_with_words(meta: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return the front matter of a page with the words for the terms that its title and description mark."""
    marked = {name: meta[name] for name in ("title", "description") if isinstance(meta.get(name), str)}
    return {**meta, **{name: language.with_words(text) for name, text in marked.items()}}


def make_page_plain(page: Any, *, is_html: bool) -> None:
    """Escape the metadata of an MkDocs page for every template that shows it.

    Args:
        page: The rendered page.
        is_html: Whether its front matter is HTML.
    """
    written = vars(page).get("title") or page.meta.get("title")
    from_meta = without_tags if is_html else plain
    title = from_meta(written) if written else without_tags(page.title)
    page.meta = from_meta(page.meta)
    page.title = title
    page.edit_url = plain(page.edit_url)
    _make_contents_plain(page.toc)


def make_file_plain(file: Any, contents: SiteContents) -> None:
    """Escape the metadata of the page of an MkDocs file, and add what its frame shows."""
    if file.page is not None:
        make_page_plain(file.page, is_html=file.src_uri in contents.pages)
        file.page.meta |= plain(dict(contents.metadata(file.src_uri)))


def _make_contents_plain(items: Iterable[Any]) -> None:
    for item in items:
        item.title = without_tags(item.title)
        item.id = plain(item.id)
        _make_contents_plain(item.children)


def make_navigation_plain(items: Iterable[Any]) -> None:
    """Escape the sections and links of a navigation."""
    for item in items:
        if not item.is_page:
            item.title = plain(item.title)
        if item.is_link:
            item.url = plain(item.url)
        make_navigation_plain(item.children or ())
