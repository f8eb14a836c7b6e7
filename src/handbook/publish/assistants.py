"""The files for assistants: each page as Markdown, a list of them, and all of them in one file.

The list follows the second version of the proposal at llmstxt.org. Its links start at its own folder, so each
published version has its own.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any
from urllib.parse import quote

from handbook.base.language import _
from handbook.link.download import Download
from handbook.publish.contents import SiteContents
from handbook.publish.made_files import MadeFiles, kept, of_texts
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


def assistant_files(contents: SiteContents, published: Sequence[str]) -> MadeFiles:
    """Return the files for assistants.

    Args:
        contents: The contents of the site.
        published: The paths of its pages in the docs folder, each with a Markdown version.
    """
    portable, keep = contents.portable, contents.keep
    lines: dict[str, str] = {}
    chapters: dict[str, Callable[[], str]] = {}

    def versions() -> Iterator[Download]:
        for path in published:
            page, name = portable.version(path), portable.path(path)
            lines[path] = _line(page, name)
            chapters[path] = keep("\n".join(_chapter(page, name)))
            yield Download(name, placed(page.text, name))

    files = kept(versions(), keep)
    sections = _sections(contents, published)
    listed = "\n".join(_list(contents, sections, lines))
    whole = partial(
        _whole,
        "\n".join(_opening(contents)),
        [chapters[path] for path in chain.from_iterable(sections.values())],
    )
    return files | of_texts({LIST: lambda: (listed,), WHOLE: whole})


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
    contents: SiteContents, sections: Mapping[str, Sequence[str]], lines: Mapping[str, str]
) -> Iterator[str]:
    yield from _opening(contents)
    second = {_OPTIONAL: sorted(_SECOND.intersection(lines))}
    for title, paths in {**sections, **second}.items():
        if paths:
            yield heading(2, plain_text(title))
            yield ""
            yield from (lines[path] for path in paths)
            yield ""


def _line(page: PortablePage, address: str) -> str:
    """Return the line of the list with a page."""
    said = f": {plain_text(page.description)}" if page.description else ""
    return f"- [{plain_text(page.title)}]({quote(address)}){said}"


def _whole(opening: str, chapters: Iterable[Callable[[], str]]) -> Iterator[str]:
    """Yield the parts of all pages in one file."""
    yield opening
    for read in chapters:
        yield f"\n{read()}"


def _chapter(page: PortablePage, address: str) -> Iterator[str]:
    """Yield the lines of a page below its title, with its facts."""
    body = page.body.partition("\n")[2] if page.body.startswith("# ") else page.body
    yield heading(2, plain_text(page.title))
    yield ""
    facts = {"markdown": address, **page.facts}
    yield "\n".join(f"{name}: {value}  " for name, value in facts.items() if value and name != "title")
    yield ""
    yield placed(lowered(body.strip(), 1))
    yield ""
