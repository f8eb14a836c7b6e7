"""The link that proposes to confirm an entry or a page whose review is overdue."""

from __future__ import annotations

from handbook.base.language import _
from handbook.base.mentions import escaped, without_mentions
from handbook.kinds.any.freshness import Freshness
from handbook.link.catalogue import Entry
from handbook.render.repository import Repository
from handbook.write.parcel import issue_text


def still_right(entry: Entry, fresh: Freshness, repository: Repository) -> str | None:
    """Return the URL of a new issue that confirms an entry or a page; `None` unless its review is overdue.

    Args:
        entry: The entry, or the front matter of a page.
        fresh: Its review dates.
        repository: The repository with the sources.
    """
    issues = repository.issues
    if fresh.state != "late" or issues is None or repository.site.layer_of(entry.path):
        return None
    operation = {"op": "confirm", "kind": entry.kind.name, "id": entry.id}
    words = _("I have checked “%(name)s”: it is still right.", name=escaped(entry.name))
    text = issue_text(words, {"proposal": 1, "operations": [operation]})
    return issues.filled(_("Still right: %(name)s", name=without_mentions(entry.name)), text)
