"""What commands share that look at changes: two states by the names that people give them."""

from __future__ import annotations

from handbook.cli.errors import UsageError
from handbook.compare.checker import find_in_changes
from handbook.compare.comparison import Comparison, compare
from handbook.compare.git import GitError, Repository
from handbook.compare.states import NOW, State, state_of_commit, state_of_folder
from handbook.findings import Finding
from handbook.handbook import Handbook
from handbook.read.files import Site


def compared(site: Site, base: str | None, head: str | None) -> Comparison:
    """What lies between two commits, or between a commit and the files as they are.

    Args:
        site: The handbook.
        base: The earlier commit; by default the one where this branch left the main one.
        head: The later commit; by default the files as they are.

    Raises:
        UsageError: Git does not know one of them.
    """
    before = _commit(site, base)
    return compare(before, _commit(site, head) if head else state_of_folder(site))


def find_against(handbook: Handbook, site: Site, base: str) -> list[Finding]:
    """What rules about changes find between a commit and the files as they are.

    Raises:
        UsageError: Git does not know the commit.
    """
    comparison = compare(_commit(site, base), State(NOW, handbook.context))
    return find_in_changes(comparison, handbook.context.settings)


def _commit(site: Site, name: str | None) -> State:
    try:
        repository = Repository(site.root)
        commit = repository.commit(name) if name else repository.branched_off()
        label = name or f"{repository.short(commit)}, where this branch began,"
        return state_of_commit(site, repository, commit, label)
    except GitError as error:
        raise UsageError(str(error)) from error
