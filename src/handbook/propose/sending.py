"""Send a judged proposal to the host: a branch, a pull request and an answer in the issue."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from handbook.base.errors import HandbookError
from handbook.base.language import Language, _, speaking
from handbook.base.named_tuples import NamedTuple
from handbook.propose.branches import Author, Branches
from handbook.propose.calling import CallError
from handbook.propose.event import LABEL, branch_of
from handbook.propose.handing_over import MOST_OF_A_TEXT, Handed
from handbook.propose.host import Host, Pull
from handbook.propose.judging import Judgement
from handbook.write.parcel import only_confirms

MOST_OPEN = 3
"""The most open proposals of an author that change what entries say."""

MOST_CONFIRMING = 20
"""The most open proposals of an author that only confirm what is still right."""


class Way(NamedTuple):
    """How pull requests are made.

    Attributes:
        author: Who makes the commits.
        has_checks: Whether the host starts the usual checks for them.
        language: The language of those who propose, which the answers are in.
    """

    author: Author = Author()
    has_checks: bool = True
    language: Language = Language()


def send(handed: Handed, host: Host, repository: Branches, way: Way) -> str:
    """Do what follows from an issue, and return what was done.

    Args:
        handed: The issue and what was judged.
        host: The host.
        repository: The repository, at the commit that was judged.
        way: How pull requests are made.

    Raises:
        CallError: The host refuses. A later run does what is left.
        GitError: Git refuses.
    """
    number = handed.issue
    branch, judgement = branch_of(number), handed.judgement
    if judgement is None:
        return _withdraw(host, repository, branch)
    with speaking(way.language):
        if judgement.state == "change":
            return _propose(handed, judgement, host, repository, way)
        host.answer(number, _answer(judgement, host.find_pull(branch), _(host.pull_name)))
        return f"Answered in issue {number}."


def _withdraw(host: Host, repository: Branches, branch: str) -> str:
    """Close the pull request of an issue that was closed."""
    pull = host.find_pull(branch)
    if pull is None:
        return "Nothing to do."
    host.close_pull(pull)
    repository.delete(branch)
    return f"Closed {host.pull_name} {pull.number}."


def _answer(judgement: Judgement, pull: Pull | None, name: str) -> str:
    """Return the answer without a new pull request."""
    kept = "\n\n" + _("The %(pull)s stays as it is.", pull=f"{name} {pull.url}") if pull else ""
    if judgement.state == "same":
        return _("The handbook says all of this already. You can close the issue.") + kept
    if judgement.state == "waits":
        first = _("Thank you. A member of this repository has to look at your proposal first.")
        return f"{first} {_('The label `%(label)s` makes it a %(pull)s.', label=LABEL, pull=name)}{kept}"
    why = _("This proposal can't become a %(pull)s yet:", pull=name)
    how = _("Edit the text of the issue, or propose the change from the page again.")
    return f"{why}\n\n{judgement.text}\n{how}{kept}"


def _propose(handed: Handed, judgement: Judgement, host: Host, repository: Branches, way: Way) -> str:
    number, branch = handed.issue, branch_of(handed.issue)
    if repository.commit("HEAD") != judgement.base:
        raise HandbookError(
            "The handbook has changed since the proposal was checked", "Run the workflow again"
        )
    pull = host.find_pull(branch)
    if pull is None and (refusal := _too_many(host.open_proposals(handed.author), number)):
        host.answer(number, refusal)
        return f"Answered in issue {number}."
    was = repository.published(branch)
    if was and not repository.is_by(was, way.author):
        host.answer(
            number,
            _(
                "Others have added commits to the %(pull)s, so it doesn't follow this issue any more. "
                "Change it there.",
                pull=f"{_(host.pull_name)}{f' {pull.url}' if pull else ''}",
            ),
        )
        return f"Answered in issue {number}."
    message = f"{judgement.title}\n\nProposed in issue {number}.\n"
    commit = repository.commit_of(judgement.files, message, way.author)
    if not (was and repository.is_same(was, commit)):
        repository.push(commit, branch, was)
    text = _text(judgement, number, host, way)
    if pull is None:
        try:
            pull = host.open_pull(branch, judgement.title, text)
        except CallError as error:
            if error.status != HTTPStatus.FORBIDDEN:
                raise
            host.answer(number, _by_hand(branch, host))
            return f"Answered in issue {number}: {error}"
        host.ask_reviewers(pull, judgement.reviewers)
    else:
        host.update_pull(pull, judgement.title, text)
    done = _("Your proposal is in the %(pull)s for review.", pull=f"{_(host.pull_name)} {pull.url}")
    later = _("Edit the issue to change the proposal, or close it to take the proposal back.")
    host.answer(number, f"{done} {later}")
    return f"Issue {number} is {host.pull_name} {pull.number}."


def _too_many(texts: Mapping[int, str], number: int) -> str:
    """Return the answer if an author has too many open proposals; empty if not.

    Those that confirm are counted alone: who goes through what is due has one for each entry.

    Args:
        texts: The open proposals of the author, by the numbers of their issues.
        number: The number of the issue.
    """
    confirms = only_confirms(texts.get(number, ""))
    most = MOST_CONFIRMING if confirms else MOST_OPEN
    earlier = [each for each, text in texts.items() if each < number and only_confirms(text) is confirms]
    if len(earlier) < most:
        return ""
    listed = ", ".join(f"#{each}" for each in earlier)
    have = {"number": len(earlier), "issues": listed}
    what = (
        _("You have %(number)s open confirmations: %(issues)s.", **have)
        if confirms
        else _("You have %(number)s open proposals: %(issues)s.", **have)
    )
    rest = _(
        "At most %(most)s are possible at a time. When one of them is done, edit this issue to try again.",
        most=most,
    )
    return f"{what} {rest}"


def _by_hand(branch: str, host: Host) -> str:
    """Return the answer if the workflow may not open pull requests."""
    return _(
        "Your proposal is in the branch `%(branch)s`, but the workflow may not open a %(pull)s. A member can "
        "do it: %(address)s (*Host it* in the handbook says how to allow it).",
        branch=branch,
        pull=_(host.pull_name),
        address=host.form_of(branch),
    )


def _text(judgement: Judgement, number: int, host: Host, way: Way) -> str:
    """Return the text of the pull request, which closes the issue when it is merged."""
    checks = "\n\n" + _(
        "The checks of this repository don't start for this %(pull)s, because no app opens it. "
        "*Host it* in the handbook says how to change that.",
        pull=_(host.pull_name),
    )
    text = judgement.text[: MOST_OF_A_TEXT - 1_000].rstrip()
    return f"Closes #{number}\n\n{text}{'' if way.has_checks else checks}\n"
