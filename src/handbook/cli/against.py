"""What commands share that look at changes: two states by the names that people give them."""

from __future__ import annotations

from handbook.check.words import visible
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_error
from handbook.compare.checker import find_in_changes, find_in_files
from handbook.compare.comparison import Comparison, compare
from handbook.compare.git import GitError, Repository
from handbook.compare.states import NOW, State, state_of_commit, state_of_folder
from handbook.compare.trees import changes_since
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
    return compare(before, state_of_folder(site) if head is None else _commit(site, head))


def find_against(handbook: Handbook, site: Site, base: str) -> list[Finding]:
    """Return what rules about changes find in what was done here since a branch was left.

    What cannot be compared is said next to it. With a wrong schema, only files are compared.

    Args:
        handbook: The handbook.
        site: Its folder.
        base: The branch, or a commit. What others have added to it since is not missing here.

    Raises:
        UsageError: Git does not know it.
    """
    try:
        repository = Repository(site.root)
        commit = repository.branched_off(base)
        in_files = find_in_files(changes_since(repository, commit))
        if handbook.context.schema_problems:
            return in_files
        before = state_of_commit(site, repository, commit, base)
    except GitError as error:
        raise UsageError(str(error)) from error
    comparison = compare(before, State(NOW, handbook.context))
    for gap in comparison.gaps:
        print_error(f"not compared: {visible(gap)}")
    return [*find_in_changes(comparison, handbook.context.settings), *in_files]


def _commit(site: Site, name: str | None) -> State:
    try:
        repository = Repository(site.root)
        commit = repository.branched_off() if name is None else repository.commit(name)
        label = name or f"{repository.short(commit)}, where this branch began,"
        return state_of_commit(site, repository, commit, label)
    except GitError as error:
        raise UsageError(str(error)) from error
