"""Judge the proposal in an issue: what it changes, or why it can't be made. Nothing is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handbook.base.findings import Finding
from handbook.base.mentions import escaped, without_mentions
from handbook.base.named_tuples import NamedTuple
from handbook.base.words import count, one_line, visible
from handbook.check.code_owners import code_owner_lines, lines_with_owners
from handbook.diff.checker import find_in_changes
from handbook.diff.comparison import compare_states
from handbook.diff.git_process import GitError
from handbook.diff.seen import compare_as_seen
from handbook.diff.states import State, state_of_commit
from handbook.loaded.site_rules import SITE_RULES
from handbook.output.changes import markdown
from handbook.propose.allowed import first_code, from_top
from handbook.propose.branches import Branches
from handbook.propose.event import Issue
from handbook.propose.seen import Seen
from handbook.read.context import Context
from handbook.read.files import Site
from handbook.write.applying import apply_proposal
from handbook.write.checking import Checked, check_changes
from handbook.write.draft import Draft
from handbook.write.files import Changes
from handbook.write.parcel import has_parcel, read_parcel
from handbook.write.proposal import Proposal, ProposalError

MOST_OPERATIONS = 20
"""The most operations in a proposal from an issue."""

_MOST_SAID = 20
"""The most problems in an answer."""

_NAME = "Proposal"
_PLACE = re.compile(rf"{_NAME}:(\d+):\d+: ")
_ODD = re.compile(r"[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Characters that let a text look like another one: a reviewer can't see them."""

_REVISION = re.compile(r"[0-9a-f]{7,64}")


class Judgement(NamedTuple):
    """What follows from the text of an issue.

    Attributes:
        state: `change`, `same` if the handbook says it already, `refused`, or `waits` for a member.
        title: The title of the pull request.
        text: The text of the pull request, or of the answer that refuses it, as Markdown.
        files: The new content of each file that changes, by its path from the top of the repository; empty
            if it is removed.
        base: The commit that it changes.
        reviewers: The accounts and teams that review the files, as in CODEOWNERS.
    """

    state: str
    title: str = ""
    text: str = ""
    files: Mapping[str, bytes] = {}
    base: str = ""
    reviewers: Sequence[str] = ()


class _RefusedError(Exception):
    """Raised with the problems of a proposal."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__()
        self.problems = list(problems)


def judge(context: Context, repository: Branches, issue: Issue) -> Judgement | None:
    """Judge the proposal in an issue. Return `None` if it has none.

    Args:
        context: The site.
        repository: Its repository, at the commit that was read.
        issue: The issue.
    """
    if not has_parcel(issue.text) and not has_parcel(issue.before):
        return None
    if not issue.is_trusted:
        return Judgement("waits")
    try:
        proposal = _read(issue.text)
    except _RefusedError as error:
        return _refused(error.problems)
    seen = Seen(context, context.settings.proposals_audience)
    try:
        return _judged(context, repository, proposal, seen)
    except _RefusedError as error:
        return _refused(seen.said(error.problems, issue.text))


def _refused(problems: Iterable[str]) -> Judgement:
    """Return the answer with what is wrong. What the proposer has written has no effect in it."""
    once = list(dict.fromkeys(problems))
    lines = [f"- {escaped(one_line(each))}\n" for each in once[:_MOST_SAID]]
    rest = len(once) - len(lines)
    return Judgement("refused", text="".join(lines) + (f"- …and {rest:,} more\n" if rest else ""))


def _read(text: str) -> Proposal:
    """Return the proposal in the text of an issue, with a place for people in each operation."""
    try:
        proposal = read_parcel(text, _NAME)
    except ProposalError as error:
        lines = error.full_message.splitlines()
        raise _RefusedError(_PLACE.sub(_placed, line) for line in lines) from None
    number = len(proposal.operations)
    if number > MOST_OPERATIONS:
        hint = "Split it into several issues"
        raise _RefusedError(
            [f"The proposal has {number:,} changes; at most {MOST_OPERATIONS:,} are possible. {hint}"]
        )
    if proposal.base is not None and not _REVISION.fullmatch(proposal.base):
        raise _RefusedError(
            ["`base` must be a commit: 7 to 64 of the characters 0-9 and a-f. Use null if unknown"]
        )
    named = [each._replace(place=f"Change {at}") for at, each in enumerate(proposal.operations, 1)]
    said = ((each.place, json.dumps(each._asdict(), ensure_ascii=False)) for each in named)
    if odd := [place for place, words in said if _ODD.search(words)]:
        raise _RefusedError(f"{place}: The value has invisible characters. Write it again" for place in odd)
    return proposal._replace(operations=tuple(named))


def _placed(place: re.Match[str]) -> str:
    """Return a place for people: each operation has its own line, below the first."""
    line = int(place[1])
    return f"Change {line - 1}: " if line > 1 else f"{_NAME}: "


def _judged(context: Context, repository: Branches, proposal: Proposal, seen: Seen) -> Judgement:
    if problems := list(seen.refusals(proposal.operations)):
        raise _RefusedError(problems)
    draft = Draft(context)
    if problems := list(apply_proposal(draft, proposal, _seen_by_proposer(context, repository, proposal))):
        raise _RefusedError(problems)
    if not draft.changes:
        return Judgement("same")
    names = {each.id: each.to or each.instead for each in proposal.operations if each.to or each.instead}
    checked = check_changes(draft, SITE_RULES, names, is_proposal=True)
    if checked.new:
        raise _RefusedError(_findings(checked.new, seen))
    files = _files(context.site, checked.changes)
    before, after = State("the handbook", context), State("this proposal", checked.context)
    comparison = compare_as_seen(before, after, context.settings.proposals_audience)
    todo = find_in_changes(compare_states(before, after), context.settings, context.site)
    return Judgement(
        "change",
        _title(checked, proposal),
        "\n".join([*_reason(proposal), markdown.render(comparison), *_checks([*checked.left, *todo], seen)]),
        files,
        repository.commit("HEAD"),
        _reviewers(checked),
    )


def _seen_by_proposer(context: Context, repository: Branches, proposal: Proposal) -> Context | None:
    """Return the site that the proposer saw; `None` if it is unknown."""
    if proposal.base is None:
        return None
    try:
        commit = repository.commit(proposal.base)
    except GitError:
        commit = ""
    if not commit or not repository.has_in_history(commit):
        hint = "Open the page again, and propose the change from there"
        raise _RefusedError([f"The handbook has no commit `{proposal.base}`. {hint}"])
    return state_of_commit(context.site, repository, commit, proposal.base).context


def _findings(findings: Sequence[Finding], seen: Seen) -> Iterator[str]:
    shown = [each for each in findings if seen.is_shown(each)]
    yield from (f"{each.full_message} ({each.code} in {each.path})" for each in shown)
    if hidden := len(findings) - len(shown):
        yield f"{count(hidden, 'problem')} in parts that not everyone who reads this issue may see"


def _files(site: Site, changes: Changes) -> dict[str, bytes]:
    """Return the new content of the files that change. None of them can be code."""
    files = {from_top(site, path): after for path, (_, after) in changes.items()}
    if found := first_code(site, files):
        raise _RefusedError([f"{found} is no file of an entry. Change it in a pull request of your own"])
    return files


def _title(checked: Checked, proposal: Proposal) -> str:
    """Return the title of the pull request: what it is about, in the words of the handbook."""
    kinds, ids = checked.context.kinds, checked.context.ids
    names = dict.fromkeys((each.kind, each.to or each.id) for each in proposal.operations)
    (kind, entry_id), *rest = names
    entry = ids.get(kind, {}).get(entry_id)
    name = entry.value.get("name") if entry else None
    label = kinds[kind].label.lower() if kind in kinds else kind
    more = f" and {len(rest):,} more" if rest else ""
    title = visible(one_line(f"{name if isinstance(name, str) else entry_id} ({label})"))
    return f"Proposal: {without_mentions(title[:120])}{more}"


def _reason(proposal: Proposal) -> Iterator[str]:
    """Yield the words of the proposer. Nothing in a block of code is a link, a mention or markup."""
    for name, words in (("Reason", proposal.why), ("Proposed by", proposal.by)):
        if words and words.strip():
            yield f"{name}:\n\n    {visible(one_line(words))[:500]}\n"


def _checks(todo: Sequence[Finding], seen: Seen) -> Iterator[str]:
    """Yield what the check of the result says."""
    shown = [each for each in todo if seen.is_shown(each)]
    yield "## Check\n\n`handbook validate` finds no new error in the result."
    if shown:
        yield "\nBefore it is merged:\n"
        yield from (f"- {escaped(each.full_message)} ({each.code})" for each in shown[:_MOST_SAID])


def _reviewers(checked: Checked) -> list[str]:
    """Return who reviews the files of entries, from their owners."""
    # The copy that was checked has no folder around it.
    found: dict[str, None] = {}
    for _, line in lines_with_owners(code_owner_lines(checked.context)):
        path, *names = line.split()
        if path.lstrip("/").replace("\\", "") in checked.changes:
            found |= dict.fromkeys(each.lstrip("@") for each in names if each.startswith("@"))
    return list(found)
