"""The Markdown version of each page, which assistants read: from values, with front matter."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import urljoin

from handbook.base.as_yaml import as_yaml
from handbook.base.language import _
from handbook.base.named_tuples import NamedTuple
from handbook.kinds.any.ownership import owners_of
from handbook.link.catalogue import Entry
from handbook.link.place import Place
from handbook.link.selection import default_order, select
from handbook.loaded.handbook import Handbook
from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.publish.pages import GeneratedPage
from handbook.read.schemas.kinds import Kind
from handbook.read.values import day_at
from handbook.render.downloads import list_path
from handbook.render.macros import Macro
from handbook.render.portable.addresses import ROOT, markdown_path, rooted_target
from handbook.render.portable.macros import PortableMacros
from handbook.render.portable.pages import calculated, without_html
from handbook.render.portable.text import heading, plain_text
from handbook.render.portable.values import PortableValues
from handbook.render.render import Renderer

_DATA = ("json", "csv")


class PortablePage(NamedTuple):
    """The Markdown version of a page.

    Attributes:
        title: Its title, as text.
        description: A sentence about it, as text; empty without one.
        facts: Its front matter.
        body: Its text with a title. Its links start with the mark of the site's folder.
    """

    title: str
    description: str
    facts: Mapping[str, str]
    body: str

    @property
    def text(self) -> str:
        """Return the text with front matter."""
        lines = (f"{name}: {as_yaml(value)}\n" for name, value in self.facts.items() if value)
        return f"---\n{''.join(lines)}---\n\n{self.body}"


class PortablePages:
    """Writes the Markdown versions of the pages of one build.

    Args:
        handbook: The handbook.
        renderer: Gives the text of hand-written pages.
        made: The generated pages.
        url: The URL of the site; empty if unknown.
    """

    def __init__(
        self, handbook: Handbook, renderer: Renderer, made: Iterable[GeneratedPage], url: str
    ) -> None:
        self._handbook = handbook
        self._renderer = renderer
        self._url = f"{url.rstrip('/')}/" if url else ""
        self._urls = handbook.site.directory_urls
        gone = handbook.context.gone_pages
        self._made = {page.path: page for page in made if page.path not in gone}
        self._kept: dict[str, str] = {}

    def has(self, path: str) -> bool:
        """Return whether a page has a Markdown version. Those of removed entries have none."""
        return path in self._made or path in self._handbook.pages

    def path(self, page: str) -> str:
        """Return the path of the Markdown version of a page, in the site."""
        return markdown_path(page, directory_urls=self._urls)

    def source(self, path: str) -> str | None:
        """Return the text of a hand-written page before its macros are rendered; `None` for another page."""
        page = self._handbook.pages.get(path)
        return self._renderer.text(page.body, path) if page else None

    def keep(self, path: str, text: str) -> None:
        """Keep the text of a page whose macros were rendered."""
        self._kept[path] = text

    @cached_property
    def macros(self) -> Mapping[str, Macro]:
        """The macros that write Markdown, by name."""
        return PortableMacros(self._renderer, str, tuple(RULEBOOK.values()), CHAPTERS).all()

    @cached_property
    def _values(self) -> PortableValues:
        return PortableValues(self._handbook.catalogue, self._urls)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The entries by their pages."""
        return {entry.page: entry for entry in self._handbook.catalogue.all()}

    def version(self, path: str) -> PortablePage:
        """Return the Markdown version of a page."""
        made = self._made.get(path)
        if made is None:
            return self._written(path)
        if made.kind is None:
            return self._other(made)
        entry = self.entries.get(path)
        return self._of_kind(made.kind, path) if entry is None else self._of_entry(entry)

    def _of_entry(self, entry: Entry) -> PortablePage:
        summary = str(entry.data.get("summary", ""))
        facts = self._facts(entry.name, entry.kind.name, entry.page, entry)
        figures = self._without_html(calculated(self._made[entry.page].markdown), entry.page).strip()
        return PortablePage(entry.name, summary, facts, self._values.entry(entry, figures=figures))

    def _of_kind(self, kind: Kind, path: str) -> PortablePage:
        title, description = _(kind.title), _(kind.description) if kind.description else ""
        entries = self._handbook.catalogue.entries(kind.name).values()
        groups: dict[str, list[Entry]] = {}
        for entry in select(kind, entries, sort=default_order(kind)):
            groups.setdefault(entry.namespace, []).append(entry)
        blocks = [heading(1, plain_text(title)), plain_text(description)]
        for name in sorted(groups):
            blocks += [heading(2, plain_text(name)) if name else "", self._values.entries(kind, groups[name])]
        data = ", ".join(f"[{suffix.upper()}]({ROOT}{list_path(kind, suffix)})" for suffix in _DATA)
        blocks.append(f"{_('Export:')} {data}")
        body = "\n\n".join(filter(None, blocks)) + "\n"
        return PortablePage(title, description, self._facts(title, "list", path, None), body)

    def _written(self, path: str) -> PortablePage:
        page, imprint = self._handbook.pages[path], self._handbook.catalogue.imprints.get(path)
        text = self._without_html(self._kept.get(path) or self._renderer.text(page.body, path), path)
        shown = self._handbook.language.with_words
        title = shown(
            str(page.meta.get("title") or (imprint.name if imprint else "") or _first_title(text) or path)
        )
        description = shown(str(page.meta.get("description") or ""))
        return PortablePage(title, description, self._facts(title, "page", path, imprint), text)

    def _other(self, page: GeneratedPage) -> PortablePage:
        front, _separator, body = page.markdown.partition("\n---\n")
        title = html.unescape(page.title)
        found = next((line for line in front.split("\n") if line.startswith("description: ")), "")
        description = html.unescape(found.partition(": ")[2].strip("\"'"))
        facts = self._facts(title, "page", page.path, None)
        return PortablePage(title, description, facts, self._without_html(body, page.path))

    def _facts(self, title: str, kind: str, path: str, about: Entry | None) -> dict[str, str]:
        data = about.data if about else {}
        owners = owners_of(self._handbook.basis, about) if about else ()
        reviewed = day_at(data, ("review", "last"))
        address = Place("index.md", self._urls).url(path).removeprefix("./")
        return {
            "title": title,
            "kind": kind,
            "owner": ", ".join(owner.name for owner in owners),
            "reviewed": reviewed.isoformat() if reviewed else "",
            "version": str(data.get("version") or ""),
            "address": urljoin(self._url, address) if self._url else "",
        }

    def _without_html(self, text: str, path: str) -> str:
        """Return the text of a page without HTML. Links in HTML start where the page is published."""
        place = Place(path, self._urls, self._renderer.from_source)
        folder = posixpath.dirname(path)
        base = folder if place.from_source else posixpath.dirname(place.published)
        return without_html(
            text,
            lambda target: rooted_target(target, folder, directory_urls=self._urls),
            lambda target: self._of_page(target, base),
        )

    def _of_page(self, target: str, base: str) -> str:
        """Return the target of a link to a published page: the Markdown version of that page."""
        rooted = rooted_target(target, base, directory_urls=self._urls)
        found = self._published.get(rooted.removeprefix(ROOT)) if rooted.startswith(ROOT) else None
        return rooted if found is None else f"{ROOT}{found}"

    @cached_property
    def _published(self) -> Mapping[str, str]:
        """The path of the Markdown version of each page, by where links to the page lead."""
        paths = {path: Place(path, self._urls).published for path in (*self._made, *self._handbook.pages)}
        found = {published: self.path(path) for path, published in paths.items()}
        folders = {posixpath.dirname(published) or ".": path for published, path in found.items()}
        return found | (folders if self._urls else {})


def _first_title(text: str) -> str:
    line = next((line for line in text.split("\n") if line.startswith("# ")), "")
    return line[2:].strip()
