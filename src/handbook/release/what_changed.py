"""Render the changes of a version as the body of a page: highest impact first, with links to the entries.

The text is HTML inside Markdown, because links to other versions leave the site and the engine would look for
their pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from handbook.base.language import N_, _, current, fill, within
from handbook.base.text import escape
from handbook.diff.comparison import Comparison, EntryChange
from handbook.diff.values import Difference
from handbook.diff.weights import WEIGHTS, Weight
from handbook.link.place import Place
from handbook.output.changes.passages import Passage
from handbook.output.changes.sayings import (
    HAPPENED,
    NOTES,
    VERSION,
    change_notes,
    describe_reach,
    diff_segments,
)
from handbook.read.pages import CHANGES_PAGE

_HEADINGS: dict[Weight, str] = {
    "breaking": N_("Breaking changes"),
    "notable": N_("Notable changes"),
    "editorial": N_("Editorial changes"),
}
_SIDES = {"both": Markup("{}"), "before": Markup("<del>{}</del>"), "after": Markup("<ins>{}</ins>")}
_CODE = Markup("<code>{}</code>")
_LINK = Markup('<a href="{}">{}</a>')


def first_version() -> str:
    """Return the body for the first version."""
    return _("This is the first version.\n")


def what_changed(comparison: Comparison, before: str, *, directory_urls: bool) -> str:
    """Return the body of the page.

    Args:
        comparison: The changes between both versions that readers can see.
        before: The previous version.
        directory_urls: Whether the site publishes a page as a folder.
    """
    place = Place(CHANGES_PAGE, directory_urls)
    # The theme redirects the bare address of a version to the current page.
    earlier = _LINK.format(f"{place.file_url(f'../{before}')}/index.html", before)
    if not comparison.changes:
        return _with(_("No visible changes since version %(version)s.\n"), version=earlier)
    parts = [_with(_("Compared with version %(version)s.\n"), version=earlier)]
    for weight in WEIGHTS:
        lines = [
            line
            for change in comparison.changes
            if change.weight == weight
            for line in _items(comparison, change, place)
        ]
        if lines:
            parts.append(
                Markup('\n## {}\n\n<ul class="hb-changes">\n{}</ul>\n').format(
                    _(_HEADINGS[weight]), Markup().join(lines)
                )
            )
    return Markup().join(parts)


def _with(text: str, **values: Markup) -> Markup:
    return Markup(fill(text, values))  # noqa: S704 - our own string


def _items(comparison: Comparison, change: EntryChange, place: Place) -> Iterator[Markup]:
    name = escape(current().with_words(change.name))
    kind = change.kind
    if change.what != "removed":
        name = _LINK.format(place.url(f"{kind.page}/{change.id}.md"), name)
    reach = describe_reach(comparison, change) if change.weight == "breaking" else ""
    notes = change_notes(change)
    yield Markup("<li><strong>{}</strong>{}: {} {}{}.{}").format(
        name,
        _with(_(" (was %(id)s)"), id=_CODE.format(change.former_id)) if change.former_id else "",
        within(_(kind.label)),
        _(HAPPENED[change.what]),
        f"; {reach}" if reach else "",
        Markup().join(Markup(" <em>{}</em>").format(note) for note in notes),
    )
    # The notes describe what the version numbers stand for.
    covered = {NOTES, VERSION} if notes else {NOTES}
    details = [
        each
        for each in change.differences
        if each.weight != "editorial" and each.place.pointer[0] not in covered
    ]
    if details:
        yield Markup("\n<ul>\n")
        yield from map(_detail, details)
        yield Markup("</ul>\n")
    yield Markup("</li>\n")


def _detail(difference: Difference) -> Markup:
    event = difference.event
    value = difference.before if event == "removed" else difference.after
    # For values with parts of their own, only the title is shown: all of it would be a page within the page.
    is_title_only = event in ("added", "removed") and _has_parts(value)
    text = _(HAPPENED[event]) if is_title_only else Markup().join(map(_marked, diff_segments(difference)))
    return Markup("<li>{}: {}</li>\n").format(escape(_(difference.place.title)), text)


def _has_parts(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_parts, value)))


def _marked(passage: Passage) -> Markup:
    text = passage.text
    start, end = (" " if text[at:][:1].isspace() else "" for at in (0, -1))
    return _SIDES[passage.side].format(Markup("{}{}{}").format(start, escape(text), end))
