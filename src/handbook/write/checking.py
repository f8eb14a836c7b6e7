"""Check changes before they are written, on a copy of the site."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from handbook.base.findings import Finding
from handbook.base.rule import Rule
from handbook.base.temporary import temporary_folder
from handbook.check.code_owners import code_owner_lines, read_code_owners, with_lines
from handbook.check.runner import find_all
from handbook.read.context import Context
from handbook.read.files import FOLDERS, Site, find_site, repository_top
from handbook.read.plain_file import not_plain
from handbook.read.sources import read_context
from handbook.write.errors import NotWrittenError, reason
from handbook.write.files import Change

_HIDDEN = (".github", ".gitlab", ".vscode")
"""The hidden folders with files that rules read."""

_NUMBER = re.compile(r"\d+")


class Checked(NamedTuple):
    """A site after changes.

    Attributes:
        context: What was read from it. Its files are gone.
        changes: The changes, with that of the list of code owners if it follows from them.
        new: The findings that it did not have before.
    """

    context: Context
    changes: Mapping[str, Change]
    new: tuple[Finding, ...]


def check_changes(
    context: Context,
    changes: Mapping[str, Change],
    rules: Sequence[Rule[Any]],
    moves: Mapping[str, str],
    names: Mapping[str, str],
) -> Checked:
    """Return a site after changes that are not written yet.

    Args:
        context: The site before.
        changes: The changes.
        rules: The rules to check it by.
        moves: The new path of each moved file.
        names: The new ID of each renamed entry.

    Raises:
        NotWrittenError: There is no space for a copy of the site.
    """
    with copied_site(context.site) as site:
        # Both times in the copy, where the same files are missing.
        before_context = read_context(site, context.today)
        before = find_all(before_context, rules)
        put_changes(site, changes)
        after_context = read_context(site, context.today)
        owners = _code_owners(before_context, after_context)
        put_changes(site, owners)
        after = find_all(after_context, rules)
        # References are found while the files are there.
        _ = after_context.connections
    known = Counter(_name(finding, moves, names) for finding in before)
    new = []
    for finding in after:
        name = _name(finding, {}, {})
        known[name] -= 1
        if known[name] < 0:
            new.append(finding)
    return Checked(after_context, {**changes, **owners}, tuple(new))


def _code_owners(before: Context, after: Context) -> dict[str, Change]:
    """Return the change of the list of code owners, if it was up to date and no longer is."""
    file = read_code_owners(after.site)
    if file.made is None or list(file.made) != code_owner_lines(before):
        return {}
    text = with_lines(file, code_owner_lines(after))
    old, new = (each.encode("utf-8", "surrogateescape") for each in (file.text, text))
    return {file.path: Change(old, new)} if old != new else {}


@contextmanager
def copied_site(site: Site) -> Iterator[Site]:
    """Copy the files of a site that rules read, with the layers in its repository.

    Args:
        site: The site.

    Yields:
        The copy. It is removed at the end.

    Raises:
        NotWrittenError: There is no space for it.
    """
    top = repository_top(site.root)
    try:
        with temporary_folder() as name:
            copy = Path(name).resolve()
            (copy / ".git").mkdir()
            _copy_files(top, copy, _HIDDEN)
            for each in site.upwards:
                if each.root.is_relative_to(top):
                    target = copy / each.root.relative_to(top)
                    named = {*FOLDERS, *_HIDDEN, *_top_folders(each)}
                    target.mkdir(parents=True, exist_ok=True)
                    _copy_files(each.root, target, sorted(named))
            yield find_site(copy / site.root.relative_to(top))
    except OSError as error:
        raise NotWrittenError(f"Could not check a copy of the site: {reason(error)}") from error


def put_changes(site: Site, changes: Mapping[str, Change]) -> None:
    """Write changes to a copy of a site."""
    for path, change in changes.items():
        target = site.root / path
        # The file can be the very file of the original.
        target.unlink(missing_ok=True)
        if change.after is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(change.after)


def _top_folders(site: Site) -> Iterator[str]:
    """Yield the first folders of the paths of a site's pages and theme."""
    for path in (site.docs, site.overrides):
        if path is not None and path.is_relative_to(site.root) and path != site.root:
            yield path.relative_to(site.root).parts[0]


def _copy_files(source: Path, target: Path, folders: Sequence[str]) -> None:
    """Copy the plain files of a folder, and some folders in it with everything below."""
    for path in source.iterdir():
        if path.is_symlink():
            continue
        if path.is_file() and not (target / path.name).exists():
            _link(str(path), str(target / path.name))
        elif path.name in folders and path.is_dir():
            shutil.copytree(
                path, target / path.name, ignore=not_plain, copy_function=_link, dirs_exist_ok=True
            )


def _link(source: str, target: str) -> None:
    """Give a file a second name, which takes no space, or copy it."""
    if os.path.exists(target):  # noqa: PTH110 - as `copytree` calls it
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _name(finding: Finding, moves: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what makes a finding the same: not its line, and no numbers in its message."""
    message = finding.message
    for before, after in names.items():
        message = message.replace(f"`{before}`", f"`{after}`")
    for before, after in moves.items():
        message = message.replace(before, after)
    path = moves.get(finding.path, finding.path)
    return path, finding.code, finding.severity, _NUMBER.sub("", message)
