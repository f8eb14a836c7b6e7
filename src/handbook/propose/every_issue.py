"""Turn the proposals in all open issues of a project on GitLab into merge requests."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.errors import HandbookError
from handbook.base.language import speaking
from handbook.propose.branches import Author, Branches
from handbook.propose.event import Issue, branch_of
from handbook.propose.gitlab import GitLab
from handbook.propose.handing_over import Handed
from handbook.propose.judging import judge
from handbook.propose.sending import Way, send
from handbook.read.context import Context
from handbook.read.languages import make_language

_AUTHOR = Author("handbook", "handbook@noreply.invalid")


class EveryIssue:
    """The open issues of a project, and the merge requests of closed ones."""

    def __init__(self, context: Context, repository: Branches, gitlab: GitLab, *, is_dry: bool) -> None:
        """Take the site, its repository at the commit that was read, and the project.

        Args:
            context: The site.
            repository: The repository.
            gitlab: The project.
            is_dry: Whether to only say what there is to do.
        """
        self._context, self._repository, self._gitlab, self._is_dry = context, repository, gitlab, is_dry
        self._way = Way(_AUTHOR, language=make_language(context.site.language, context.settings.words))
        self.has_failed = False

    def done(self) -> Iterator[str]:
        """Do what there is to do, and yield what was done. One issue that fails is no obstacle to others."""
        for number in self._gitlab.closed():
            try:
                yield self._sent(Handed(number), f"Issue {number} is closed, and its merge request is open.")
            except HandbookError as error:
                yield self._failed(number, error)
        for issue in self._gitlab.proposals():
            try:
                yield from self._follow(issue)
            except HandbookError as error:
                yield self._failed(issue.number, error)

    def _follow(self, issue: Issue) -> Iterator[str]:
        """Do what follows from an open issue, unless an earlier run has done it."""
        if self._gitlab.is_answered(issue.number):
            if self._gitlab.is_declined(branch_of(issue.number)):
                if not self._is_dry:
                    with speaking(self._way.language):
                        self._gitlab.decline(issue.number)
                yield f"Closed issue {issue.number}: its merge request was closed."
            return
        judgement = judge(self._context, self._repository, issue)
        if judgement:
            handed = Handed(issue.number, issue.author, judgement)
            yield self._sent(handed, f"Issue {issue.number}: {judgement.state}")

    def _sent(self, handed: Handed, what: str) -> str:
        return what if self._is_dry else send(handed, self._gitlab, self._repository, self._way)

    def _failed(self, number: int, error: HandbookError) -> str:
        self.has_failed = True
        return f"Issue {number}: {error.full_message}"
