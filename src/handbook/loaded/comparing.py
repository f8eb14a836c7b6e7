"""Compare two handbooks, or a handbook with an earlier revision of it."""

from __future__ import annotations

from handbook.diff.comparison import Comparison
from handbook.diff.git import GitRepository
from handbook.diff.seen import compare_as_seen
from handbook.diff.states import NOW, State, state_of_commit
from handbook.loaded.arguments import require
from handbook.loaded.handbook import Handbook


def compare(before: Handbook | str, after: Handbook) -> Comparison:
    """Compare two versions entry by entry, as the audience of the later one sees both.

    Args:
        before: The earlier version: a handbook, or a commit, branch or tag in the repository of `after`.
        after: The later version.

    Raises:
        HandbookError: Git does not know the commit, branch or tag, or the later version is no handbook.
    """
    require(after, Handbook, "after", "Use a handbook, as from `load(path)`")
    require(before, (Handbook, str), "before", "Use a handbook, or a commit, branch or tag")
    if isinstance(before, Handbook):
        then = State(str(before.site.root), before.context)
    else:
        repository = GitRepository(after.site.root)
        then = state_of_commit(after.site, repository, repository.commit(before), before)
    return compare_as_seen(then, State(NOW, after.context), after.audience)
