"""The files for assistants: each page as Markdown, a list of them, and all of them in one file.

The list follows the second version of the proposal at llmstxt.org. Its links start at its own folder, so each
published version has its own.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from handbook.base.language import _
from handbook.publish.contents import SiteContents
from handbook.publish.portable_pages import PortablePage
from handbook.read.files import named_in
from handbook.read.help_pages import HELP_PAGES
from handbook.read.pages import CHANGES_PAGE, SETUP_PAGE
from handbook.render.portable.addresses import placed
from handbook.render.portable.text import heading, lowered, plain_text

LIST = "llms.txt"
WHOLE = "llms-full.txt"
_OPTIONAL = "Optional"
"""The section that a reader with little room can skip. The proposal gives its name."""
_SECOND = frozenset({*HELP_PAGES, CHANGES_PAGE, SETUP_PAGE})
"""The pages in that section: they are about the handbook, and not its content."""


def assistant_files(contents: SiteContents, published: Sequence[str]) -> dict[str, bytes]:
    """Return the files for assistants, by path.

    Args:
        contents: The contents of the site.
        published: The paths of its pages in the docs folder, each with a Markdown version.
    """
    portable = contents.portable
    pages = {path: portable.version(path) for path in published}
    names = {path: portable.path(path) for path in pages}
    files = {names[path]: placed(page.text, names[path]).encode() for path, page in pages.items()}
    sections = _sections(contents, pages)
    files[LIST] = "\n".join(_list(contents, sections, pages)).encode()
    files[WHOLE] = b"\n".join(line.encode() for line in _whole(contents, sections, pages))
    return files


def _sections(contents: SiteContents, published: Iterable[str]) -> dict[str, list[str]]:
    """Return the pages by section: in the order of the navigation, then the others by content type."""
    left = dict.fromkeys(path for path in sorted(published) if path not in _SECOND)
    found: dict[str, list[str]] = {}
    of_kind: dict[str, str] = {}
    kinds = contents.handbook.catalogue.kinds.values()
    for title, paths in _navigation(contents.navigation or ()):
        for path in paths:
            if path in left:
                del left[path]
                found.setdefault(title, []).append(path)
                of_kind.update((kind.page, title) for kind in kinds if path == f"{kind.page}/index.md")
    for kind in kinds:
        title = of_kind.get(kind.page, _(kind.title))
        paths = [path for path in left if path.startswith(f"{kind.page}/")]
        found.setdefault(title, []).extend(paths)
        for path in paths:
            del left[path]
    found.setdefault(_("More"), []).extend(left)
    return {title: paths for title, paths in found.items() if paths}


def _navigation(items: Iterable[Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the title and the pages of each section of the navigation, after the pages outside them."""
    items = list(items)
    alone = [path for item in items if not _is_section(item) for path in named_in(item)]
    yield _("Start"), alone
    for item in items:
        if _is_section(item):
            title, below = next(iter(item.items()))
            yield html.unescape(str(title)), list(named_in(below))


def _is_section(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(next(iter(item.values()), None), list)


def _opening(contents: SiteContents) -> Iterator[str]:
    handbook = contents.handbook
    site, with_words = handbook.site, handbook.language.with_words
    home = next((page for path, page in handbook.pages.items() if path == "index.md"), None)
    described = contents.own.get("site_description") or (home and home.meta.get("description")) or ""
    yield heading(1, plain_text(with_words(site.name or _("Handbook"))))
    yield ""
    yield f"> {plain_text(with_words(str(described)) or _('Handbook'))}"
    yield ""
    yield _("Contains what the audience `%(audience)s` can see.", audience=handbook.audience)
    yield ""


def _list(
    contents: SiteContents, sections: Mapping[str, Sequence[str]], pages: Mapping[str, PortablePage]
) -> Iterator[str]:
    yield from _opening(contents)
    second = {_OPTIONAL: sorted(_SECOND.intersection(pages))}
    for title, paths in {**sections, **second}.items():
        if paths:
            yield heading(2, plain_text(title))
            yield ""
            for path in paths:
                page = pages[path]
                said = f": {plain_text(page.description)}" if page.description else ""
                yield f"- [{plain_text(page.title)}]({quote(contents.portable.path(path))}){said}"
            yield ""


def _whole(
    contents: SiteContents, sections: Mapping[str, Sequence[str]], pages: Mapping[str, PortablePage]
) -> Iterator[str]:
    """Yield all pages of the sections, each below its title, with its facts."""
    yield from _opening(contents)
    for path in (path for paths in sections.values() for path in paths):
        page = pages[path]
        body = page.body.partition("\n")[2] if page.body.startswith("# ") else page.body
        yield heading(2, plain_text(page.title))
        yield ""
        facts = {"markdown": contents.portable.path(path), **page.facts}
        yield "\n".join(f"{name}: {value}  " for name, value in facts.items() if value and name != "title")
        yield ""
        yield placed(lowered(body.strip(), 1))
        yield ""
