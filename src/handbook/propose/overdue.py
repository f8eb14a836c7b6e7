"""The issues about what is overdue: one for each entry or page, for its owners."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from handbook.base.language import _, ngettext
from handbook.base.mentions import escaped, without_mentions
from handbook.base.named_tuples import NamedTuple
from handbook.base.sentences import in_words
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.freshness import freshness_of
from handbook.kinds.attention import ActionItem, attention
from handbook.link.address import Address
from handbook.link.catalogue import Entry
from handbook.render.repository import Repository
from handbook.render.still_right import still_right

_MARK = "<!-- handbook: overdue {} {} -->"
_MARKED = re.compile(r"<!-- handbook: overdue (\S+) (\d{4}-\d{2}-\d{2}) -->")
_FORM = "#propose"
_ACCOUNT = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_./-]*")


class Overdue(NamedTuple):
    """An issue about an entry or a page that is overdue.

    Attributes:
        name: The kind and the ID of the entry.
        since: The day since which it is overdue.
        title: The title.
        text: The text, as Markdown. Its first line has the name and the day.
    """

    name: str
    since: str
    title: str
    text: str


def key_of(text: str) -> tuple[str, str] | None:
    """Return the name and the day of the issue with a text; `None` for any other issue."""
    found = _MARKED.match(text)
    return (found[1], found[2]) if found else None


def overdue_issues(basis: Basis, repository: Repository, address: Address) -> list[Overdue]:
    """Return the issues, the longest overdue first. Their texts don't change from day to day.

    Args:
        basis: The entries that the readers of the issues can see, and the date that counts as today.
        repository: The repository with the sources.
        address: The address of the site.
    """
    by_entry: dict[tuple[str, str], dict[ActionItem, None]] = defaultdict(dict)
    for each in attention(basis).owners:
        for item in each.actions:
            if item.day and item.is_overdue:
                by_entry[item.entry.kind.name, item.entry.id][item] = None
    found = [_issue(list(items), basis, repository, address) for items in by_entry.values()]
    return sorted(found, key=lambda issue: (issue.since, issue.name))


def _issue(items: list[ActionItem], basis: Basis, repository: Repository, address: Address) -> Overdue:
    entry = items[0].entry
    since = min(item.day for item in items if item.day).isoformat()
    name = f"{entry.kind.name}/{entry.id}"
    lines = [_MARK.format(name, since), *_lines(items, entry, basis, address)]
    text = "\n".join([*lines, *_links(entry, basis, repository, address), _closing(), ""])
    return Overdue(name, since, _("Overdue: %(name)s", name=without_mentions(entry.name)), text)


def _lines(items: Iterable[ActionItem], entry: Entry, basis: Basis, address: Address) -> Iterator[str]:
    """Yield what is overdue, and the evidence."""
    url = address.of(entry.page)
    yield f"**[{escaped(entry.name)}]({url})**\n" if url else f"**{escaped(entry.name)}**\n"
    for item in items:
        if item.day:
            yield f"- {escaped(item.task)}: {_('overdue since %(day)s', day=in_words(item.day))}"
    yield ""
    owners = [escaped(owner.name) for item in items for owner in item.owners]
    accounts = [each for item in items for owner in item.owners for each in _accounts(owner)]
    named = ", ".join(dict.fromkeys([*owners, *accounts]))
    yield _("Owner: %(owners)s", owners=named or _("no owner assigned"))
    reviewed = freshness_of(entry.data, basis.today).reviewed
    uses = len({(use.entry.kind.name, use.entry.id) for use in basis.catalogue.uses(entry)})
    evidence = [
        _("Last reviewed: %(day)s", day=in_words(reviewed) if reviewed else _("never")),
        ngettext("Used by %(num)s entry", "Used by %(num)s entries", uses) if uses else "",
        f"`{entry.path}`",
    ]
    yield f"{' · '.join(filter(None, evidence))}\n"


def _accounts(owner: Entry) -> Iterator[str]:
    """Yield the accounts of an owner, who are told about the issue."""
    for each in owner.data.get("reviewers", ()):
        if isinstance(each, str) and _ACCOUNT.fullmatch(each):
            yield each


def _links(entry: Entry, basis: Basis, repository: Repository, address: Address) -> Iterator[str]:
    fresh = freshness_of(entry.data, basis.today)
    # Only entries with a page of their own have a form there.
    page = address.of(entry.page) if entry.kind.page else None
    links = (
        (_("Still right"), still_right(entry, fresh, repository)),
        (_("Change it"), f"{page}{_FORM}" if page else repository.edit_url(entry.path, entry.span.line)),
    )
    yield " · ".join(f"[{name}]({url})" for name, url in links if url)


def _closing() -> str:
    closing = _("This issue closes when nothing of it is overdue. Close it yourself, and it stays closed.")
    return f"\n{closing}"
