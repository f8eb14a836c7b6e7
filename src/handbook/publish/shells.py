"""Render what is around the text of pages once for the pages that share it.

Outside the navigation, the pages of a content type differ in their text, title, address, contents and little
else. The theme renders one of them with marks instead of these values. The result is a shell, which gets the
values of each page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.icons import MATERIAL, THEME, material

_TEMPLATE = "main.html"
_MARK = "\ue000{}\ue001"
"""Characters for private use, which templates leave as they are."""
_MARKS = regex("\ue000([a-z ]+)\ue001")
_ITEM, _ITEM_TITLE = _MARK.format("item"), _MARK.format("item title")
_ITEMS = regex(f"{_ITEM}(.*?){_ITEM_TITLE}(.*?){_ITEM}\\1{_ITEM_TITLE}", re.DOTALL)
_META = ("title", "description")
_TRUST = ("edit", "id", "left", "next", "reviewed", "right")
"""The metadata of a page, and of its trust card, that templates write as it is or leave out."""
_HEADING = "<h1"
"""The theme adds a title to a text that has none."""


class Shell(NamedTuple):
    """What is around the text of pages.

    Attributes:
        parts: Its text, with the names of values in between.
        text: The parts without these names.
        within: What is between the anchor and the title of an item of the contents.
        between: What is between two items.
    """

    parts: Sequence[str]
    text: str
    within: str
    between: str

    def fill(self, page: FittingPage) -> str:
        """Return a page."""
        items = self.between.join(f"{each.id}{self.within}{each.title}" for each in page.items)
        values = {**page.values, "items": items}
        filled = list(self.parts)
        filled[1::2] = (str(values.get(name, _MARK.format(name))) for name in filled[1::2])
        return "".join(filled)


class FittingPage(NamedTuple):
    """A page that fits into a shell.

    Attributes:
        key: What its shell depends on.
        folder: The folder of its URL.
        address: The rest of its URL.
        values: What only this page has, by name.
        items: The items of its contents, below its title.
    """

    key: Hashable
    folder: str
    address: str
    values: Mapping[str, Any]
    items: Sequence[AnchorLink]


def with_shells(env: Environment, config: MkDocsConfig, paths: Collection[str]) -> Environment:
    """Return an environment of the theme that renders pages with shells.

    Templates and plugins of others can show anything on a page. With them, every page is rendered.

    Args:
        env: The environment, which stays as it is.
        config: The configuration.
        paths: The paths of generated pages outside the navigation, in the docs folder.
    """
    if config.theme.name != MATERIAL or config.plugins.events["page_context"] or _has_other_templates(env):
        return env
    shared = env.overlay()
    main = MainTemplate(env.get_template(_TEMPLATE), paths)

    def get_template(name: str, parent: str | None = None, **options: Any) -> Template | MainTemplate:
        return main if name == _TEMPLATE and parent is None else env.get_template(name, parent, **options)

    # An attribute of the object overrides the method of its class.
    vars(shared)["get_template"] = get_template
    return shared


def _has_other_templates(env: Environment) -> bool:
    """Return whether a template can be of others than us and the theme."""
    if not isinstance(env.loader, FileSystemLoader):
        return True
    known = {THEME, *(folder / "templates" for folder in material())}
    others = [folder for folder in map(Path, env.loader.searchpath) if folder not in known]
    return any(True for folder in others for _ in folder.rglob("*.html"))


class MainTemplate:
    """The main template of the theme, which renders pages with shells.

    Args:
        template: The template of the theme itself.
        paths: The paths of pages that can have a shell, in the docs folder.

    Attributes:
        template: The template of the theme itself.
    """

    def __init__(self, template: Template, paths: Collection[str]) -> None:
        self.template = template
        self._paths = paths
        self._begun: set[Hashable] = set()
        self._shells: dict[Hashable, Shell] = {}

    def render(self, context: Mapping[str, Any]) -> str:
        """Return a page, as the template renders it."""
        page = context["page"]
        fitting = _fit(page) if page.file.src_uri in self._paths else None
        if fitting is None:
            return self.template.render(context)
        if fitting.key not in self._begun:
            # A shell costs a page, so the first one has none: it can be the only one.
            self._begun.add(fitting.key)
            return self.template.render(context)
        shell = self._shells.get(fitting.key)
        if shell is None:
            return self._begin(fitting, context)
        # Links to the page itself and below it differ on this page.
        return self.template.render(context) if fitting.address in shell.text else shell.fill(fitting)

    def _begin(self, fitting: FittingPage, context: Mapping[str, Any]) -> str:
        """Return a page, and keep its shell for others if both show the same."""
        output = self.template.render(context)
        shell = _cut(self.template.render({**context, "page": _marked(context["page"], fitting)}))
        if fitting.address not in shell.text:
            if shell.fill(fitting) == output:
                self._shells[fitting.key] = shell
            else:
                # The theme does more with the values than this module knows.
                self._paths = ()
        return output


def _fit(page: Page) -> FittingPage | None:
    """Return what a shell shows of a page; `None` if it can't show all of it."""
    text, toc = page.content or "", list(page.toc)
    heading = _HEADING if text.startswith(_HEADING) else ""
    if len(toc) != 1 or toc[0].level != 1 or (_HEADING in text and not heading):
        return None
    meta = dict(page.meta)
    trust = dict(meta.pop("trust", {}))
    folder, name, suffix = _split(page.url)
    place, markdown = posixpath.split(meta.pop("markdown", ""))
    values = {
        **{each: meta.pop(each) for each in _META if each in meta},
        **{f"trust {each}": trust.pop(each) for each in _TRUST if each in trust},
        "name": name,
        "markdown": markdown,
        "heading": page.title,
        "canonical": page.canonical_url,
        "source": page.edit_url,
        "content": text.removeprefix(_HEADING),
        "top": toc[0].id,
    }
    items = toc[0].children
    named = tuple(each for each, value in values.items() if value)
    # Metadata of any kind can be compared as text.
    key = (folder, suffix, place, heading, id(page.parent), len(items[:2]), named, repr((meta, trust)))
    return FittingPage(key, folder, f"{name}{suffix}", values, items)


def _marked(page: Page, fitting: FittingPage) -> Page:
    """Return a page with a mark for each of its values."""
    marks = {name: _MARK.format(name) if value else value for name, value in fitting.values.items()}
    shown, trust = copy(page), page.meta.get("trust", {})
    shown.meta = {
        **page.meta,
        **{name: marks[name] for name in _META if name in page.meta},
        "trust": trust | {name: marks[f"trust {name}"] for name in _TRUST if name in trust},
        "markdown": posixpath.join(posixpath.dirname(page.meta.get("markdown", "")), marks["markdown"]),
    }
    shown.title, shown.canonical_url, shown.edit_url = marks["heading"], marks["canonical"], marks["source"]
    heading = _HEADING if (page.content or "").startswith(_HEADING) else ""
    shown.content = f"{heading}{marks['content']}"
    shown.file = copy(page.file)
    shown.file.url = posixpath.join(fitting.folder, f"{marks['name']}{_split(page.url)[2]}")
    top = AnchorLink("", marks["top"], 1)
    top.children = [AnchorLink(_ITEM_TITLE, _ITEM, 2) for _ in fitting.items[:2]]
    shown.toc = TableOfContents([top])
    return shown


def _cut(page: str) -> Shell:
    """Return the shell of a page with marks."""
    within = between = ""
    if found := _ITEMS.search(page):
        within, between = found.groups()
        page = f"{page[: found.start()]}{_MARK.format('items')}{page[found.end() :]}"
    parts = _MARKS.split(page)
    return Shell(parts, "\n".join(parts[::2]), within, between)


def _split(url: str) -> tuple[str, str, str]:
    """Return the folder of the URL of a page, its name, and what comes after the name."""
    folder, name = posixpath.split(url.removesuffix("/"))
    return (folder, name, "/") if url.endswith("/") else (folder, *posixpath.splitext(name))
