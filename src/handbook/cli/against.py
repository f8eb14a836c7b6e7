"""Load the two states that commands about changes compare."""

from __future__ import annotations

from handbook.base.findings import Finding
from handbook.base.words import visible
from handbook.cli.streams import print_warning
from handbook.diff.checker import find_in_changes, find_in_files
from handbook.diff.comparison import Comparison, compare_states
from handbook.diff.git import GitRepository
from handbook.diff.states import NOW, State, state_of_commit, state_of_folder
from handbook.diff.trees import changes_since
from handbook.loaded.handbook import Handbook
from handbook.read.files import Site


def compare_revisions(site: Site, base: str | None, head: str | None) -> Comparison:
    """Compare two commits, or a commit and the working tree.

    Args:
        site: The handbook.
        base: The earlier commit. By default, the merge base with the main branch.
        head: The later commit. By default, the working tree.

    Raises:
        GitError: Git does not know one of the commits.
    """
    before = _commit(site, base)
    return compare_states(before, state_of_folder(site) if head is None else _commit(site, head))


def find_against(handbook: Handbook, site: Site, base: str) -> list[Finding]:
    """Return the findings about changes since this branch diverged from another.

    Prints a warning for anything that cannot be compared. If a schema is invalid, compares files only.

    Args:
        handbook: The handbook.
        site: Its folder.
        base: The other branch, or a commit. Later commits on that branch are ignored.

    Raises:
        GitError: Git does not know the branch.
    """
    repository = GitRepository(site.root)
    commit = repository.branched_off(base)
    in_files = find_in_files(changes_since(repository, commit))
    if handbook.context.schema_problems:
        return in_files
    before = state_of_commit(site, repository, commit, base)
    comparison = compare_states(before, State(NOW, handbook.context))
    for gap in comparison.gaps:
        print_warning(f"Not compared: {visible(gap)}")
    return [*find_in_changes(comparison, handbook.context.settings, handbook.site), *in_files]


def _commit(site: Site, name: str | None) -> State:
    repository = GitRepository(site.root)
    commit = repository.branched_off() if name is None else repository.commit(name)
    label = name or f"{repository.short(commit)}, the merge base,"
    return state_of_commit(site, repository, commit, label)
