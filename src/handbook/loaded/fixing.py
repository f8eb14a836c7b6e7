"""Try the fixes of findings on a copy of a handbook, and keep those that make nothing worse.

A fix can free others: a file that could not be read has findings of its own. So the copy is checked again
after each round, until no fix is left.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from handbook.base.errors import HandbookError
from handbook.base.findings import Finding
from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.temporary import temporary_folder
from handbook.loaded.handbook import Handbook, load
from handbook.loaded.worse import worse_findings
from handbook.read.files import Site, read_site, repository_top
from handbook.write.copying import copy_site
from handbook.write.edits import do_overlap, with_edits
from handbook.write.errors import reason

_MOST_ROUNDS = 50
_MOST_THAT_FOLLOW = 3
"""The number of fixes in a row that a fix can need before nothing is worse than it was."""
_MOST_FAILURES = 30
"""The most trials that may make something worse. Each reads the whole handbook."""

Requested: TypeAlias = Callable[[Finding], bool]
_Name: TypeAlias = tuple[str, str, str, tuple[str, ...]]


class Fixes(NamedTuple):
    """The fixes that make nothing worse.

    Attributes:
        fixed: The findings that they are of, in the order in which they were fixed.
        changes: The content of each changed file, before and after. A file with an empty content does not
            exist.
        rejected: The number of fixes that would have made something worse.
        untried: The number of fixes that were left because too many others were rejected.
    """

    fixed: Sequence[Finding] = ()
    changes: Mapping[str, tuple[bytes, bytes]] = {}
    rejected: int = 0
    untried: int = 0


def find_fixes(handbook: Handbook, is_requested: Requested, *, with_unsafe: bool = False) -> Fixes:
    """Return the fixes for the findings of a handbook, and for those that they reveal. Nothing is written.

    Args:
        handbook: The handbook.
        is_requested: Returns whether to fix a finding.
        with_unsafe: Whether to include fixes that are likely, but not the only right ones.

    Raises:
        HandbookError: The system refuses to copy the handbook.
    """
    site = handbook.site

    def can_fix(finding: Finding) -> bool:
        fix = finding.fix
        return (
            fix is not None
            and (fix.is_safe or with_unsafe)
            and is_requested(finding)
            and all(_may_change(site, path) for path in _paths(fix))
        )

    if not any(map(can_fix, handbook.findings)):
        return Fixes()
    try:
        with temporary_folder() as name:
            trial = _Trial(handbook, copy_site(site, Path(name).resolve()), can_fix)
            for _ in range(_MOST_ROUNDS):
                batch = trial.batch()
                if not batch:
                    break
                trial.keep_good(batch)
            return Fixes(trial.fixed, trial.changes(), *trial.left())
    except OSError as error:
        message = f"Could not copy the handbook to a temporary folder: {reason(error)}"
        raise HandbookError(message) from error


def _paths(fix: Fix) -> Iterable[str]:
    return (*(edit.path for edit in fix.edits), *(move.path for move in fix.moves))


def _may_change(site: Site, path: str) -> bool:
    """Return whether a path is a plain file of the site itself that its user may write."""
    file = Path(os.path.normpath(site.root / path))
    if site.layer_of(path) is not None or not file.is_relative_to(repository_top(site.root)):
        return False
    try:
        mode = file.lstat().st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) and bool(mode & stat.S_IWUSR)


class _Trial:
    """A copy of a handbook with the fixes so far.

    Attributes:
        fixed: The findings that were fixed.
    """

    def __init__(self, handbook: Handbook, copy: Site, can_fix: Requested) -> None:
        self.fixed: list[Finding] = []
        self._copy = copy
        self._today = handbook.context.today
        self._can_fix = can_fix
        self._originals: dict[str, bytes] = {}
        self._rejected: set[_Name] = set()
        self._failures = 0
        self._state = self._load()

    def batch(self) -> list[Finding]:
        """Return findings whose fixes don't overlap and were not rejected; none after too many failures."""
        if self._failures >= _MOST_FAILURES:
            return []
        return self._apart(finding for finding in self._state.findings if self._can_fix(finding))

    def left(self) -> tuple[int, int]:
        """Return how many fixes were rejected, and how many were not tried alone."""
        names = [_name(finding) for finding in self._state.findings if self._can_fix(finding)]
        rejected = sum(name in self._rejected for name in names)
        return rejected, len(names) - rejected

    def _apart(self, findings: Iterable[Finding]) -> list[Finding]:
        taken: dict[str, list[Edit]] = {}
        moved: set[str] = set()
        batch = []
        for finding in findings:
            fix = finding.fix
            if fix is None or _name(finding) in self._rejected or self._is_taken(fix, taken, moved):
                continue
            batch.append(finding)
            moved.update(path for move in fix.moves for path in move)
            for edit in fix.edits:
                taken.setdefault(edit.path, []).append(edit)
        return batch

    def _is_taken(self, fix: Fix, taken: Mapping[str, Sequence[Edit]], moved: set[str]) -> bool:
        """Return whether another fix changes the same part. Two can ask for the same edit."""
        return any(path in moved for move in fix.moves for path in move) or any(
            edit != other and do_overlap(edit.span, other.span)
            for edit in fix.edits
            for other in taken.get(edit.path, ())
        )

    def keep_good(self, batch: Sequence[Finding]) -> None:
        """Apply the fixes of some findings, except those that make something worse."""
        if self._failures >= _MOST_FAILURES or self._apply(batch, _MOST_THAT_FOLLOW):
            return
        self._failures += 1
        if len(batch) == 1:
            self._rejected.add(_name(batch[0]))
            return
        middle = len(batch) // 2
        self.keep_good(batch[:middle])
        # The places of the others may have changed.
        rest = {_name(finding) for finding in batch[middle:]}
        self.keep_good([finding for finding in self.batch() if _name(finding) in rest])

    def _apply(self, batch: Sequence[Finding], more: int) -> bool:
        """Apply fixes if they make nothing worse, with those of findings that they reveal."""
        if not batch:
            return True
        state, files, fixed = self._state, self._current(batch), len(self.fixed)
        touched = self._change(batch)
        if touched is not None:
            self._state = self._load()
            self.fixed += batch
            moved = {move.path: move.to for each in batch if each.fix for move in each.fix.moves}
            worse = worse_findings(state, self._state, touched, moved)
            if not worse:
                return True
            following = self._apart(finding for finding in worse if self._can_fix(finding))
            if len(following) == len(worse) and more:
                self._apply(following, more - 1)
                if not worse_findings(state, self._state, {}, moved):
                    return True
                files |= {path: data for path, data in self._current(following).items() if path not in files}
        self._state = state
        self.fixed = self.fixed[:fixed]
        for path, data in files.items():
            self._write(path, data)
        return False

    def _current(self, batch: Iterable[Finding]) -> dict[str, bytes]:
        """Return the files that fixes change, as they are; the places of moved ones are empty."""
        fixes = [finding.fix for finding in batch if finding.fix]
        paths = {path for fix in fixes for path in (*_paths(fix), *(move.to for move in fix.moves))}
        return {path: self._read(path) for path in paths}

    def _change(self, batch: Iterable[Finding]) -> dict[str, set[int]] | None:
        """Change the copy. Return the changed lines of each file, or `None` if the edits are impossible."""
        fixes = [finding.fix for finding in batch if finding.fix]
        edits: dict[str, dict[Edit, None]] = {}
        touched: dict[str, set[int]] = {}
        for edit in (edit for fix in fixes for edit in fix.edits):
            edits.setdefault(edit.path, {})[edit] = None
        try:
            for path, of_file in edits.items():
                touched[path] = _lines_of(of_file)
                self._write(path, with_edits(self._read(path), of_file))
        except ValueError:
            return None
        for move in (move for fix in fixes for move in fix.moves):
            if os.path.lexists(self._copy.root / move.to):
                return None
            self._write(move.to, self._read(move.path))
            self._write(move.path, b"")
        return touched

    def _read(self, path: str) -> bytes:
        file = self._copy.root / path
        return file.read_bytes() if file.is_file() else b""

    def _write(self, path: str, data: bytes) -> None:
        self._originals.setdefault(path, self._read(path))
        file = self._copy.root / path
        file.unlink(missing_ok=True)
        if data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def _load(self) -> Handbook:
        # The settings of the site can be among what has changed.
        return load(read_site(self._copy.root), self._today)

    def changes(self) -> dict[str, tuple[bytes, bytes]]:
        """Return the changed files."""
        states = {path: (before, self._read(path)) for path, before in self._originals.items()}
        return {path: (before, after) for path, (before, after) in states.items() if before != after}


def _name(finding: Finding) -> _Name:
    """Return what tells a finding from others, wherever other fixes have moved it."""
    edits = finding.fix.edits if finding.fix else ()
    return finding.path, finding.code, finding.message, tuple(edit.text for edit in edits)


def _lines_of(edits: Iterable[Edit]) -> set[int]:
    """Return the numbers of edited lines, in the file with the edits."""
    lines: set[int] = set()
    shift = 0
    for span, text in sorted((edit.span, edit.text) for edit in edits):
        new = text.count("\n")
        lines |= set(range(span.line + shift, span.line + shift + new + 1))
        shift += new - (span.end_line - span.line)
    return lines
