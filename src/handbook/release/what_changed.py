"""What a version has changed, as the body of a page: the weightiest first, with links to the entries.

It is HTML inside Markdown, since a link to another version leads out of the site, where the engine looks for
no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from handbook.compare.comparison import Comparison, EntryChange
from handbook.compare.values import Difference
from handbook.compare.weights import WEIGHTS, Weight
from handbook.read.pages import CHANGES_PAGE
from handbook.report.changes.passages import Passage
from handbook.report.changes.sayings import HAPPENED, NOTES, VERSION, change_notes, reached, told
from handbook.view.links import Place
from handbook.view.text import escape

_HEADINGS: dict[Weight, str] = {
    "breaking": "What you do differently now",
    "notable": "What else is new",
    "editorial": "Only other words",
}
_SIDES = {"both": Markup("{}"), "before": Markup("<del>{}</del>"), "after": Markup("<ins>{}</ins>")}
_LINK = Markup('<a href="{}">{}</a>')


def first_version() -> str:
    """What the page says when there is no version before."""
    return "This is the first version.\n"


def what_changed(comparison: Comparison, before: str, *, directory_urls: bool) -> str:
    """What the page says.

    Args:
        comparison: What lies between both versions, as the readers see them.
        before: The version before.
        directory_urls: Whether the site publishes a page as a folder.
    """
    place = Place(CHANGES_PAGE, directory_urls)
    # Where the site knows its address, the theme leads from a version's bare one to the page that is open.
    earlier = _LINK.format(f"{place.file_url(f'../{before}')}/index.html", before)
    if not comparison.changes:
        return Markup("Nothing that you see here has changed since version {}.\n").format(earlier)
    parts = [Markup("Compared with version {}.\n").format(earlier)]
    for weight in WEIGHTS:
        lines = [
            line
            for change in comparison.changes
            if change.weight == weight
            for line in _said(comparison, change, place)
        ]
        if lines:
            parts.append(
                Markup('\n## {}\n\n<ul class="hb-changes">\n{}</ul>\n').format(
                    _HEADINGS[weight], Markup().join(lines)
                )
            )
    return Markup().join(parts)


def _said(comparison: Comparison, change: EntryChange, place: Place) -> Iterator[Markup]:
    name = escape(change.name)
    kind = change.kind
    if change.what != "removed":
        name = _LINK.format(place.url(f"{kind.page}/{change.id}.md".removeprefix("/")), name)
    reach = reached(comparison, change) if change.weight == "breaking" else ""
    notes = change_notes(change)
    yield Markup("<li><strong>{}</strong>{}: {} {}{}.{}").format(
        name,
        Markup(" (was <code>{}</code>)").format(change.former_id) if change.former_id else "",
        kind.label.lower(),
        HAPPENED[change.what],
        f"; {reach}" if reach else "",
        Markup().join(Markup(" <em>{}</em>").format(note) for note in notes),
    )
    # The notes say what the numbers of the versions stand for.
    told_of = {NOTES, VERSION} if notes else {NOTES}
    details = [
        each
        for each in change.differences
        if each.weight != "editorial" and each.place.pointer[0] not in told_of
    ]
    if details:
        yield Markup("\n<ul>\n")
        yield from map(_detail, details)
        yield Markup("</ul>\n")
    yield Markup("</li>\n")


def _detail(difference: Difference) -> Markup:
    event = difference.event
    value = difference.before if event == "removed" else difference.after
    # What has parts of its own is told by its title; all of it would be a page within the page.
    is_told = event in ("added", "removed") and _has_parts(value)
    said = HAPPENED[event] if is_told else Markup().join(map(_marked, told(difference)))
    return Markup("<li>{}: {}</li>\n").format(escape(difference.place.title), said)


def _has_parts(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_parts, value)))


def _marked(passage: Passage) -> Markup:
    text = passage.text
    start, end = (" " if text[at:][:1].isspace() else "" for at in (0, -1))
    return _SIDES[passage.side].format(Markup("{}{}{}").format(start, escape(text), end))
