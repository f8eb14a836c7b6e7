"""What a page says of itself: owner, review status and edit links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handbook.base.language import N_, _, within
from handbook.base.named_tuples import NamedTuple
from handbook.base.prose import prose
from handbook.base.table import Several
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.freshness import Freshness, freshness_of
from handbook.kinds.any.ownership import owners_of
from handbook.link.catalogue import Entry
from handbook.read.schemas.kinds import Kind
from handbook.render.repository import Repository
from handbook.render.still_right import still_right

_TITLE = re.compile(r"^# [^\n]*\n?", re.MULTILINE)
_LEAD = re.compile(
    r"(?:\s*<p class=\"hb-state\">[^\n]*\n?)?"
    r"\s*(?:<p class=\"hb-lead\">[^\n]*\n?|(?:[^#\s{<]|<a )[^\n]*(?:\n[^\n]+)*?\n\{: \.hb-lead \}\n?)"
)
_MISSING = N_("What I wanted to know:\n\n\nWhere I looked: %(about)s\n")
_ISSUE = N_("About: %(about)s\n\nWhat is wrong or missing:\n\n\nWhat it should say:\n\n")


class PageSource(NamedTuple):
    """The source of a page.

    Attributes:
        path: The file, relative to the folder of the site; empty for a page without a single source.
        line: The line; `None` for the whole file.
        is_data: Whether the page is generated from that data, and as current as the data.
    """

    path: str = ""
    line: int | None = None
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class Byline:
    """The metadata of a page.

    Attributes:
        state: The status of the entry, or `None`.
        owned: Whether it needs an owner.
        owners: The teams and roles that own it, the accountable one first.
        channel: The channel of the first owner that has one, or `None`.
        as_of: The date of the data; `None` for a hand-written page.
        fresh: The review dates.
        edit: The URL that opens its source in an editor, or the repository of a page with several sources.
        change: The words of the link that changes the page: by what it opens.
        issue: The URL of a new issue about the page, with the details filled in.
        missing: The URL of a new issue of someone whose question the page does not answer.
        still_right: The URL of a new issue that confirms the page; `None` unless its review is overdue.
        guide: The URL of the page that explains how to change the handbook; `None` without such a page.
        is_example: Whether the page is about an example.
        embedded: Whether it is part of the page of something else.
        kind: The content type that the form for changes is about; empty for a page without entries.
        id: The ID of the entry; empty for a page with a list of entries.
        add: The words of the link that adds an entry to the list.
    """

    state: str | None
    owned: bool
    owners: Several
    channel: str | None
    as_of: date | None
    fresh: Freshness
    edit: str | None
    issue: str | None
    change: str = ""
    missing: str | None = None
    still_right: str | None = None
    guide: str | None = None
    is_example: bool = False
    embedded: bool = False
    kind: str = ""
    id: str = ""
    add: str = ""

    @property
    def can_change(self) -> bool:
        """Return whether the page has a way to change it: an editor, or the form."""
        return bool(self.edit or self.id or self.add)


def byline(
    basis: Basis, about: Entry | None, name: str, source: PageSource, repository: Repository
) -> Byline:
    """Return the byline of a page.

    Args:
        basis: The entries, and the date that counts as today.
        about: The entry or front matter of the page; `None` for a page without either.
        name: The name of the page.
        source: The source of the page.
        repository: The repository with the sources.
    """
    data = about.data if about else {}
    fields = about.kind.shape.properties if about else {}
    owners = owners_of(basis, about)
    place = (
        _("%(file)s, line %(number)s", file=source.path, number=source.line) if source.line else source.path
    )
    subject = f"{name} ({place})" if place else name
    issues = repository.issues_about(source.path)
    fresh = freshness_of(data, basis.today)
    entry = about if about and about.kind.page else None
    file = _("Edit this page") if source.path else _("Open the repository")
    return Byline(
        state=data.get("status"),
        owned="owner" in fields,
        owners=owners,
        channel=next(filter(None, (owner.data.get("channel") for owner in owners)), None),
        as_of=basis.today if source.is_data else None,
        fresh=fresh,
        edit=repository.edit_url(source.path, source.line) if source.path else repository.editable_url,
        issue=issues.filled(name, _(_ISSUE, about=subject)) if issues else None,
        change=_("Propose a change") if entry else file,
        missing=issues.filled(_("Missing on %(name)s", name=name), _(_MISSING, about=subject))
        if issues
        else None,
        still_right=still_right(about, fresh, repository) if about else None,
        is_example=bool(about and about.is_example),
        kind=entry.kind.name if entry else "",
        id=entry.id if entry else "",
    )


def words_to_add(kind: Kind) -> str:
    """Return the words of the link that adds an entry."""
    text = N_("Add an %(kind)s") if kind.label[:1] in "AEIOU" else N_("Add a %(kind)s")
    return _(text, kind=within(_(kind.label)))


def source_of(entry: Entry) -> PageSource:
    """Return the source of the page of an entry."""
    return PageSource(entry.path, entry.span.line)


def below_title(markdown: str, added: str) -> str:
    """Return the text of a page with an addition below its title and lead sentence.

    Args:
        markdown: The text, without front matter.
        added: The addition, as blocks that end with a blank line. Without a title, it is at the top.
    """
    title = _TITLE.search(prose(markdown))
    if title is None:
        return f"{added}{markdown.lstrip()}"
    lead = _LEAD.match(markdown, title.end())
    end = lead.end() if lead else title.end()
    return f"{markdown[:end].rstrip()}\n\n{added}{markdown[end:].lstrip()}"
