"""Page metadata shown below the title: owner, review status and edit links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from handbook.check.deadlines import day_at, review_due
from handbook.check.prose import prose
from handbook.figures.basis import Basis
from handbook.figures.ownership import owner_of
from handbook.link.catalogue import Entry
from handbook.view.repository import Repository

_TITLE = re.compile(r"^# [^\n]*\n?", re.MULTILINE)
_LEAD = re.compile(r"\s*(?:<p class=\"hb-lead\">[^\n]*\n?|[^#\s{<][^\n]*(?:\n[^\n]+)*?\n\{: \.hb-lead \}\n?)")
_ISSUE = "About: {about}\n\nWhat is wrong or missing:\n\n\nWhat it should say:\n\n"


class Source(NamedTuple):
    """Where a page comes from.

    Attributes:
        path: The file, relative to the site's folder; empty when it is made from more than one can edit.
        line: The line in it; `None` when it is the whole file.
        is_data: Whether the page is worked out from what stands there, and as current as that.
    """

    path: str = ""
    line: int | None = None
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class Byline:
    """What it says.

    Attributes:
        state: The status of an entry, as its file says it; `None` when it has none.
        owned: Whether it is among those that somebody has to own.
        owner: The team or role that keeps it; `None` when nobody does.
        channel: Where that owner answers; `None` when the handbook does not say.
        as_of: The day whose data it shows; `None` for a page that somebody has written.
        reviewed: The day somebody last looked at all of it.
        due: The day by which somebody looks again; `None` when nobody has to.
        overdue: Whether that day has passed.
        edit: The URL that opens its source in an editor, or the repository of a page with several sources.
        issue: The URL that starts an issue about it.
        guide: The URL of the page that explains how to change the handbook; `None` without such a page.
    """

    state: str | None
    owned: bool
    owner: Entry | None
    channel: str | None
    as_of: date | None
    reviewed: date | None
    due: date | None
    overdue: bool
    edit: str | None
    issue: str | None
    guide: str | None = None


def byline(basis: Basis, about: Entry | None, name: str, source: Source, repository: Repository) -> Byline:
    """Return the byline of a page.

    Args:
        basis: The entries, and the day that counts as today.
        about: The entry or imprint behind the page; `None` for a page that says nothing of itself.
        name: What the page is called.
        source: Where it comes from.
        repository: The repository of the sources.
    """
    data = about.data if about else {}
    fields = about.kind.shape.properties if about else {}
    owner = owner_of(basis, about)
    due = review_due(data)
    place = f"{source.path}, line {source.line}" if source.line else source.path
    subject = f"{name} ({place})" if place else name
    issues = repository.issues
    return Byline(
        state=data.get("status"),
        owned="owner" in fields,
        owner=owner,
        channel=owner.data.get("channel") if owner else None,
        as_of=basis.today if source.is_data else None,
        reviewed=day_at(data, ("review", "last")),
        due=due,
        overdue=due is not None and due < basis.today,
        edit=repository.edit_url(source.path, source.line) if source.path else repository.editable_url,
        issue=issues.filled(name, _ISSUE.format(about=subject)) if issues else None,
    )


def below_title(markdown: str, added: str) -> str:
    """A page's text with something put below its title and the sentence that follows it.

    Args:
        markdown: The text, without front matter.
        added: What to put there, or first of all when the text has no title; blocks with a blank line after.
    """
    title = _TITLE.search(prose(markdown))
    if title is None:
        return f"{added}{markdown.lstrip()}"
    lead = _LEAD.match(markdown, title.end())
    end = lead.end() if lead else title.end()
    return f"{markdown[:end].rstrip()}\n\n{added}{markdown[end:].lstrip()}"
