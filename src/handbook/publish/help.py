"""The help pages of the engine as pages of a site: for its content types, with its fields, rules and macros.

A comment alone on a line, such as `<!-- show: fields -->`, is the place of a generated part. Links to what
a site lacks are shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial

from handbook.base.language import _, speaking
from handbook.base.span import Span
from handbook.base.text import escape
from handbook.base.words import one_of
from handbook.check.anchors import Anchors
from handbook.check.left_out import EXCLUDED, unpublished_by
from handbook.check.link_targets import LinkTargets
from handbook.link.hidden_links import without_links
from handbook.loaded.handbook import Handbook
from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.publish.pages import GeneratedPage
from handbook.read.help_pages import HELP_PAGES, read_help_page
from handbook.read.pages import Page, address
from handbook.read.schemas.kinds import GONE_FILE, Kind
from handbook.read.settings import SETTINGS_FILE
from handbook.render.macros import Macros
from handbook.render.render import Renderer

_PART = re.compile(r"^<!-- show: (\w+) -->$", re.MULTILINE)


def help_pages(handbook: Handbook, renderer: Renderer) -> Iterator[GeneratedPage]:
    """Yield the help pages that no page of the site replaces, and that its settings don't leave out."""
    parts = _Parts(handbook, renderer)
    named = {name.lstrip("/") for name in handbook.site.navigation or ()}
    for page in shown_help(handbook):
        path = page.path
        listed = not named.isdisjoint({path, f"{path.partition('/')[0]}/"})
        title, write = str(page.meta["title"]), partial(parts.text, page)
        yield GeneratedPage(path, title, title, write, path, Span, None, in_navigation=listed)


class _Parts:
    """Writes the help pages of one handbook.

    Args:
        handbook: The handbook.
        renderer: Renders their texts.
    """

    def __init__(self, handbook: Handbook, renderer: Renderer) -> None:
        self._handbook = handbook
        self._renderer = renderer

    @cached_property
    def _targets(self) -> tuple[LinkTargets, Anchors]:
        return LinkTargets(self._handbook.context), Anchors(self._handbook.context)

    def text(self, page: Page) -> str:
        """Return the text of a help page, with front matter."""
        path = page.path
        is_lost = partial(_is_lost, self._handbook, *self._targets, path)
        body = self._renderer.help_page(without_links(page.body, is_lost, keep_words=True), path)
        body = _PART.sub(partial(_part, self._handbook, self._renderer, path), body)
        return f"{page.front_matter}---\n\n{body}"


def shown_help(handbook: Handbook) -> Iterator[Page]:
    """Yield the texts of the help pages that a site has."""
    hidden = handbook.catalogue.gate.hidden_pages
    replaced = {address(path) for path in handbook.pages}
    setting_of = unpublished_by(handbook.site)
    for path in HELP_PAGES:
        if not (path in replaced or path in hidden or (setting_of and setting_of(path) == EXCLUDED)):
            yield read_help_page(path, handbook.context.kinds, handbook.language.code)


def _is_lost(handbook: Handbook, targets: LinkTargets, anchors: Anchors, page: str, target: str) -> bool:
    """Return whether a link on a help page opens something that this site or its readers don't have."""
    if targets.is_broken(target, page):
        return True
    path, anchor = targets.opened(target, page), target.partition("#")[2]
    is_hidden = path in handbook.catalogue.gate.hidden_pages
    return is_hidden or bool(anchor and not anchors.has(path, anchor))


def _part(handbook: Handbook, renderer: Renderer, page: str, found: re.Match[str]) -> str:
    macros = Macros(renderer, lambda: page, tuple(RULEBOOK.values()), CHAPTERS).all()
    parts: dict[str, Callable[[], str]] = {
        "files": lambda: _files(handbook),
        "fields": lambda: "\n".join(_fields(handbook, macros["field_reference"])),
        "macros": macros["macro_reference"],
        "rules": macros["rules_reference"],
    }
    with speaking(handbook.language):
        return parts[found[1]]()


def _kinds(handbook: Handbook) -> Iterator[Kind]:
    """Yield the content types that the audience may know."""
    hidden = handbook.catalogue.gate.hidden_kinds
    yield from (kind for name, kind in handbook.kinds.items() if name not in hidden)


def _files(handbook: Handbook) -> str:
    """Return a table of the content types with the files of their entries."""
    kinds = sorted(_kinds(handbook), key=lambda kind: _(kind.title).casefold())
    rows = (f"| {escape(_(kind.title))} | {_where(handbook, kind)} |" for kind in kinds)
    return "\n".join([f"| {_('Content type')} | {_('Location')} |", "|---|---|", *rows])


def _fields(handbook: Handbook, table: Callable[..., str]) -> Iterator[str]:
    """Yield the fields of each content type, of the settings, of pages and of removed entries."""
    context = handbook.context
    for kind in sorted(_kinds(handbook), key=lambda kind: _(kind.label).casefold()):
        yield _section(kind, escape(_(kind.label)), f"{_where(handbook, kind)}.", table)
    others = (
        (context.settings_kind, _("Handbook settings"), _("Settings in `%(file)s`.", file=SETTINGS_FILE)),
        (
            context.page_kind,
            _("Page"),
            _("Front matter of a page, in addition to the fields of the theme, such as `title`."),
        ),
        (
            context.gone_kind,
            _("Removed entries"),
            _("Entries that nothing replaces, in `%(file)s`.", file=GONE_FILE),
        ),
    )
    for other, title, where in others:
        if other:
            yield _section(other, title, where, table)


def _section(kind: Kind, title: str, where: str, table: Callable[..., str]) -> str:
    return f"## {title} {{ #{kind.name.replace('_', '-')} }}\n\n{where}\n{table(kind.name)}"


def _where(handbook: Handbook, kind: Kind) -> str:
    """Return where the entries of a content type are: where the site has some, or else where it can."""
    paths = {entry.path for entry in handbook.entries(kind.name).values()}
    used = [source for source in kind.sources if any(path.startswith(source) for path in paths)]
    sources = used or kind.sources
    folders = [source for source in sources if source.endswith("/")]
    files = [source for source in sources if not source.endswith("/")]
    either = _("or")
    parts = [_("one file each in %(folders)s", folders=one_of(folders, either))] if folders else []
    if files:
        parts.append(_("under `%(list)s:` in %(files)s", list=kind.plural, files=one_of(files, either)))
    text = f", {either} ".join(parts)
    return f"{text[:1].upper()}{text[1:]}"
