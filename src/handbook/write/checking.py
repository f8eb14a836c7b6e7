"""Check changes before they are written, on a copy of the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from handbook.base.findings import Finding, Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.rule import Rule
from handbook.base.temporary import temporary_folder
from handbook.check.code_owners import code_owner_lines, owners_differ, read_code_owners, with_lines
from handbook.check.runner import check
from handbook.read.context import Context
from handbook.read.files import Site
from handbook.read.pages import PAGE_SUFFIX
from handbook.read.raw import RawEntry
from handbook.read.sources import read_context
from handbook.write.copying import copy_site
from handbook.write.draft import Draft
from handbook.write.editor import outdated_ids
from handbook.write.errors import NotWrittenError, reason
from handbook.write.files import Changes
from handbook.write.following import MOST_ROUNDS, corrections

_NUMBER = re.compile(r"\d+")


class Checked(NamedTuple):
    """A site after changes.

    Attributes:
        context: What was read from it. Its files are gone.
        changes: The changes, with those of generated files that follow from them.
        new: The findings that it did not have before, and that the changes must not lead to.
        left: The new warnings that the changes leave to people.
    """

    context: Context
    changes: Changes
    new: tuple[Finding, ...]
    left: tuple[Finding, ...]


def check_changes(  # noqa: PLR0913 - what a check before writing depends on
    draft: Draft,
    rules: Sequence[Rule[Any]],
    names: Mapping[str, str],
    wanted: Collection[str] = (),
    *,
    ended: RawEntry | None = None,
    is_proposal: bool = False,
) -> Checked:
    """Return a site after changes that are not written yet. References and links on pages follow them.

    Args:
        draft: The changes.
        rules: The rules to check the site by.
        names: The new ID of each renamed entry.
        wanted: The rules that tell what follows from these changes. Their likely fixes are right, and what
            they still warn about is left to do: it was asked for.
        ended: The entry that the changes retire. It can have ended before, so what these rules say about it
            follows from the changes even if the site had it already.
        is_proposal: Whether people decide about all warnings, as the form of a proposal says.

    Raises:
        NotWrittenError: There is no space for a copy of the site.
    """
    context, changes, moves = draft.context, draft.changes, draft.moves
    try:
        with temporary_folder() as name:
            site = copy_site(context.site, Path(name).resolve())
            # Both times in the copy, where the same files are missing.
            before_context = read_context(site, context.today)
            before = [
                each
                for each in check(before_context, rules, with_known=True).findings
                if not (ended and each.code in wanted and _is_about(each, ended))
            ]
            _put(site, changes)
            for _ in range(MOST_ROUNDS):
                after_context = read_context(site, context.today)
                new = _new(before, check(after_context, rules, with_known=True).findings, moves, names)
                corrected = corrections(site, new, names.values(), wanted)
                if not corrected:
                    break
                _put(site, corrected)
                changes = _joined(changes, corrected)
            following = {**_code_owners(before_context, after_context), **outdated_ids(after_context)}
            if following:
                _put(site, following)
                changes = _joined(changes, following)
                after_context = read_context(site, context.today)
                new = _new(before, check(after_context, rules, with_known=True).findings, moves, names)
            # References are found while the files are there.
            _ = after_context.connections
    except OSError as error:
        raise NotWrittenError(f"Could not check a copy of the site: {reason(error)}") from error
    left = tuple(
        each for each in new if each.severity is Severity.WARNING and (is_proposal or each.code in wanted)
    )
    return Checked(after_context, changes, tuple(each for each in new if each not in left), left)


def _is_about(finding: Finding, ended: RawEntry) -> bool:
    """Return whether the message of a finding begins with an entry that has ended."""
    names = (ended.kind.label.lower(), "replacement")
    return finding.message.startswith(tuple(f"The {name} `{ended.id}` " for name in names))


def _joined(changes: Changes, more: Changes) -> Changes:
    """Return the changes and later ones, each with the content before both."""
    later = {path: (changes.get(path, change)[0], change[1]) for path, change in more.items()}
    return {**changes, **later}


def _new(
    before: Iterable[Finding], after: Iterable[Finding], moves: Mapping[str, str], names: Mapping[str, str]
) -> list[Finding]:
    """Return the findings that were not there before."""
    known = Counter(_name(finding, moves, names) for finding in before)
    new = []
    for finding in after:
        known[_name(finding, {}, {})] -= 1
        if known[_name(finding, {}, {})] < 0:
            new.append(finding)
    return new


def _code_owners(before: Context, after: Context) -> Changes:
    """Return the change of the list of code owners, if it was up to date and no longer is."""
    file = read_code_owners(after.site)
    if file.made is None or owners_differ(file.made, code_owner_lines(before)):
        return {}
    text = with_lines(file, code_owner_lines(after))
    old, new = (each.encode("utf-8", "surrogateescape") for each in (file.text, text))
    return {file.path: (old, new)} if old != new else {}


def _put(site: Site, changes: Changes) -> None:
    """Write changes to a copy of a site."""
    for path, (_, after) in changes.items():
        target = site.root / path
        target.unlink(missing_ok=True)
        if after:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(after)


def _name(finding: Finding, moves: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what makes a finding the same: not its line, and no numbers in its message."""
    message = finding.message
    for before, after in names.items():
        message = message.replace(f"`{before}`", f"`{after}`")
        message = message.replace(f"/{before}{PAGE_SUFFIX}", f"/{after}{PAGE_SUFFIX}")
    for before, after in moves.items():
        message = message.replace(before, after)
    path = moves.get(finding.path, finding.path)
    return path, finding.code, finding.severity, _NUMBER.sub("", message)
