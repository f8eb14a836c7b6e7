"""The state of a handbook at a point in time: the working tree, or a commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

from handbook.base.collector import collector_paused
from handbook.base.temporary import temporary_folder
from handbook.diff.git import GitRepository
from handbook.diff.git_process import GitError
from handbook.diff.past_files import write_past_files
from handbook.read.context import Context
from handbook.read.files import Site
from handbook.read.gone import Gone
from handbook.read.plain_file import not_plain
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.sources import read_context

_SCHEMAS = "schemas"

NOW = "the working tree"
"""The name of the current files."""

_NOTHING = ("this folder contains no handbook",)

Name = tuple[str, str]
"""The kind and the ID of an entry."""


class State:
    """A handbook at a point in time, valid or not, with each entry as in its file.

    Attributes:
        label: The name of the point in time.
        context: The sources that were read; `None` if there was no handbook.
        gaps: The parts that could not be read, as sentences.
    """

    def __init__(self, label: str, context: Context | None, gaps: Sequence[str] = ()) -> None:
        """Take the sources, or `None` if there was no handbook, and the gaps that are known already."""
        self.label = label
        self.context = context
        self.gaps: tuple[str, ...] = (*gaps, *(_NOTHING if context is None else _gaps(context)))

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Return the kinds by name."""
        return {} if self.context is None else self.context.kinds

    @cached_property
    def entries(self) -> Mapping[Name, RawEntry]:
        """Return the entries by kind and ID, in the order of kinds and files."""
        ids = {} if self.context is None else self.context.ids
        return {(kind, entry_id): raw for kind, found in ids.items() for entry_id, raw in found.items()}

    @property
    def former(self) -> Mapping[Name, RawEntry]:
        """Return the entries by kind and former ID."""
        return {} if self.context is None else self.context.former

    @property
    def gone(self) -> Mapping[Name, Gone]:
        """Return the entries that a note says are removed, by kind and ID."""
        return {} if self.context is None else self.context.gone

    def may_hold(self, name: Name) -> bool:
        """Return whether a missing entry might be in a part that could not be read."""
        kind, _ = name
        if self.context is None:
            return False
        is_lost = kind not in self.kinds and bool(self.context.schema_problems)
        return is_lost or kind in self.context.broken_kinds

    @cached_property
    def _users(self) -> Mapping[Name, set[Name]]:
        users: dict[Name, set[Name]] = defaultdict(set)
        for entry, _, shape, value in () if self.context is None else self.context.connections:
            target = self._target(shape, value)
            if target and entry.kind.name in self.kinds and target != (entry.kind.name, entry.id):
                users[target].add((entry.kind.name, entry.id))
        return users

    def _target(self, shape: Shape, value: Any) -> Name | None:
        if not isinstance(value, str):
            return None
        return next(((kind, value) for kind in shape.refs if (kind, value) in self.entries), None)

    def users(self, name: Name) -> set[Name]:
        """Return the entries that refer to an entry."""
        return self._users.get(name, set())


def state_of_folder(site: Site) -> State:
    """Return the state of the working tree, committed or not."""
    return State(NOW, _read(site))


def state_of_commit(site: Site, repository: GitRepository, commit: str, label: str) -> State:
    """Return the state of a commit. Its files are read from a temporary folder.

    Args:
        site: The handbook in the checkout.
        repository: The repository that contains it.
        commit: The commit.
        label: The name of the commit.

    Raises:
        GitError: The files are not in this clone, or the system refuses to write them.
    """
    try:
        with temporary_folder() as name:
            then = write_past_files(site, repository, commit, Path(name).resolve())
            return State(label, None) if then is None else _state_of_files(site, then, label)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise GitError(f"Could not write the files of {label} to a temporary folder: {reason}") from error


def _state_of_files(site: Site, then: Site, label: str) -> State:
    """Return the state of a handbook in a temporary folder.

    Args:
        site: The same handbook in the checkout.
        then: The handbook.
        label: The name of its commit.
    """
    context = _read(then)
    if not context.schema_problems:
        return State(label, context)
    # The schemas were fixed later, or no longer fit those of the engine.
    _take_schemas(site.root, then.root)
    return State(label, _read(then), [f"{_of_schemas(context)}; using the schemas of the working tree"])


def _take_schemas(source: Path, target: Path) -> None:
    rmtree(target / _SCHEMAS, ignore_errors=True)
    if (source / _SCHEMAS).is_dir() and not (source / _SCHEMAS).is_symlink():
        copytree(source / _SCHEMAS, target / _SCHEMAS, ignore=not_plain)


def _read(site: Site) -> Context:
    with collector_paused():
        # No rules that depend on the date run.
        context = read_context(site, date.min)
        _ = context.ids
        return context


def _of_schemas(context: Context) -> str:
    """Return the first error of the schemas, as a sentence."""
    problem = context.schema_problems[0]
    return f"the schema {Path(problem.path).name} is invalid ({problem.message})"


def _gaps(context: Context) -> list[str]:
    """Return the parts that could not be read, which the comparison lacks."""
    gaps = [f"a handbook that it extends cannot be read ({each.message})" for each in context.layers.problems]
    gaps += [f"{source.path} cannot be read" for source in context.sources if source.document.value is None]
    gaps += [_of_schemas(context)] if context.schema_problems else []
    lost = sum(not entry.id for entry in context.entries)
    if lost:
        gaps.append(f"{lost:,} {'entry' if lost == 1 else 'entries'} without an ID cannot be compared")
    return gaps
