"""The page with what is still to be decided, until nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from handbook.base.language import _
from handbook.base.span import Span
from handbook.base.text import escape
from handbook.loaded.handbook import Handbook
from handbook.publish.pages import GeneratedPage
from handbook.read.audiences import AUDIENCES
from handbook.read.pages import SETUP_PAGE
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.status.task import Place, Task
from handbook.status.tasks import tasks

_FRONT = "---\ntitle: {}\nhide: [toc]\nsearch: {{exclude: true}}\n---\n\n"
_MOST = 10
"""The most places to list for a task."""


def setup_page(handbook: Handbook, renderer: Renderer) -> Iterator[GeneratedPage]:
    """Yield the page, unless a hand-written page replaces it or nothing is left to decide.

    The public never sees it. A demonstration, which is shown as of a day, has nothing to decide. If the
    navigation names the page, it stays and says that everything is decided.

    Args:
        handbook: The handbook.
        renderer: Renders the byline.
    """
    context, named = handbook.context, handbook.site.navigation
    is_named = SETUP_PAGE in (named or ())
    if handbook.audience == AUDIENCES[0] or any(page.path == SETUP_PAGE for page in context.pages):
        return
    left = () if context.settings.as_of else tasks(context, handbook.catalogue, handbook.findings)
    if left or is_named:
        title = _("Set up")
        write = partial(_text, title, left, renderer)
        yield GeneratedPage(SETUP_PAGE, title, title, write, "", Span, None, in_navigation=named is None)


def with_setup(
    nav: list[Any], pages: Sequence[GeneratedPage], named: Sequence[str] | None, section: Any
) -> list[Any]:
    """Return a navigation with the page, if there is one and the navigation doesn't name it.

    Args:
        nav: The navigation.
        pages: The generated pages.
        named: The pages that the navigation of the site names.
        section: The title of the section for people who change the handbook, which has no tab. Without it,
            the page is the last one.
    """
    page = next((page for page in pages if page.path == SETUP_PAGE), None)
    if page is None or SETUP_PAGE in (named or ()):
        return nav
    item = {page.title: page.path}
    for index, part in enumerate(nav):
        inner = part.get(section) if isinstance(part, dict) else None
        if isinstance(inner, list):
            # Below the first page, which the footer of every page links to.
            return [*nav[:index], {section: [*inner[:1], item, *inner[1:]]}, *nav[index + 1 :]]
    return [*nav, item]


def _text(title: str, left: Sequence[Task], renderer: Renderer) -> str:
    body = "\n\n".join(_body(title, left, renderer.repository))
    return _FRONT.format(title) + renderer.made_page(body, SETUP_PAGE, title)


def _body(title: str, left: Sequence[Task], repository: Repository) -> Iterator[str]:
    yield f"# {title} {{ #top }}"
    if not left:
        yield _("Nothing is left to decide. Remove this page from the navigation in `mkdocs.yml`.")
        return
    lead = _("What is still to be decided in this handbook, the most valuable first.")
    yield f'<p class="hb-lead">{escape(lead)}</p>'
    for number, task in enumerate(left, 1):
        yield f"## {number}. {escape(task.title)} {{ #{task.id} }}"
        yield task.why
        shown = [_link(place, repository) for place in task.places[:_MOST]]
        rest = len(task.places) - _MOST
        if rest > 0:
            shown.append(_("%(number)s more; `handbook status --format json` lists all", number=rest))
        if shown:
            yield "\n".join(f"- {line}" for line in shown)
    yield _("The page goes when nothing is left. `handbook status` says the same on the command line.")


def _link(place: Place, repository: Repository) -> str:
    where = _("%(file)s, line %(number)s", file=place.path, number=place.line)
    text = escape(f"{place.name} ({where})" if place.name else where)
    url = repository.edit_url(place.path, place.line)
    return f"[{text}]({url})" if url else str(text)
