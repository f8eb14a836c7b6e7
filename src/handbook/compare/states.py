"""The state of a handbook at one moment: what is in the folder now, or what a commit holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory
from typing import Any

from handbook.check.context import Context, RawEntry
from handbook.check.sources import read_context
from handbook.compare.git import GitError, Repository
from handbook.read.composing import collector_paused
from handbook.read.files import CONFIG, Site
from handbook.read.kinds import Kind
from handbook.read.plain_file import not_plain
from handbook.read.shapes import Shape

_SCHEMAS = "schemas"
_SUFFIXES = (".yaml", ".yml", ".json", ".md")

NOW = "the working tree"
"""What the files as they are are called."""

_NOTHING = ("there is no handbook in this folder",)

Name = tuple[str, str]
"""An entry's kind and id."""


class State:
    """What a handbook says at one moment, right or wrong: each entry as its file has it.

    Attributes:
        label: What people call the moment.
        context: What was read; `None` when there was no handbook.
        gaps: What could not be read, as sentences.
    """

    def __init__(self, label: str, context: Context | None, gaps: Sequence[str] = ()) -> None:
        """Takes what was read, nothing when there was no handbook, and what is known to be missing."""
        self.label = label
        self.context = context
        self.gaps: tuple[str, ...] = (*gaps, *(_NOTHING if context is None else _gaps(context)))

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds by name."""
        return {} if self.context is None else self.context.kinds

    @cached_property
    def entries(self) -> Mapping[Name, RawEntry]:
        """The entries by kind and id, in the order of kinds and files."""
        ids = {} if self.context is None else self.context.ids
        return {(kind, entry_id): raw for kind, found in ids.items() for entry_id, raw in found.items()}

    @property
    def former(self) -> Mapping[Name, RawEntry]:
        """The entries that ids of earlier days lead to, by kind and such an id."""
        return {} if self.context is None else self.context.former

    def may_hold(self, name: Name) -> bool:
        """Whether an entry that was not found may stand in what could not be read."""
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
        """The entries that refer to one."""
        return self._users.get(name, set())


def state_of_folder(site: Site) -> State:
    """What is in the folder now, committed or not."""
    return State(NOW, _read(site))


def state_of_commit(site: Site, repository: Repository, commit: str, label: str) -> State:
    """What a commit holds. Its files are read from a folder of their own, which is gone afterwards.

    Args:
        site: The handbook as it lies in the checkout.
        repository: The repository that it is a part of.
        commit: The commit.
        label: What people call it.

    Raises:
        GitError: Git has not got them, or the system doesn't let us write them.
    """
    try:
        with TemporaryDirectory(prefix="handbook-") as name:
            return _state_of_files(site, repository, commit, label, Path(name).resolve())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise GitError(f"the files of {label} can't be written to a temporary folder: {reason}") from error


def _state_of_files(site: Site, repository: Repository, commit: str, label: str, root: Path) -> State:
    for path, content in repository.files(commit, _SUFFIXES):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if not (root / CONFIG).is_file():
        return State(label, None)
    docs = site.docs.relative_to(site.root) if site.docs.is_relative_to(site.root) else "docs"
    then = site._replace(root=root, docs=root / docs)
    context = _read(then)
    if not context.schema_problems:
        return State(label, context)
    # They were mended since, or do not go with those of the engine any more.
    _take_schemas(site.root, root)
    return State(label, _read(then), [f"{_of_schemas(context)}; those of the working tree are taken"])


def _take_schemas(source: Path, target: Path) -> None:
    rmtree(target / _SCHEMAS, ignore_errors=True)
    if (source / _SCHEMAS).is_dir() and not (source / _SCHEMAS).is_symlink():
        copytree(source / _SCHEMAS, target / _SCHEMAS, ignore=not_plain)


def _read(site: Site) -> Context:
    with collector_paused():
        # Nothing that depends on the day is asked for.
        context = read_context(site, date.min)
        _ = context.ids
        return context


def _of_schemas(context: Context) -> str:
    """What is wrong with the schemas, to begin with."""
    problem = context.schema_problems[0]
    return f"the schema {Path(problem.path).name} is wrong ({problem.message})"


def _gaps(context: Context) -> list[str]:
    """What could not be read. What it holds is missing from the comparison."""
    found = [f"{source.path} cannot be read" for source in context.sources if source.document.value is None]
    found += [_of_schemas(context)] if context.schema_problems else []
    lost = sum(not entry.id for entry in context.entries)
    if lost:
        found.append(f"{lost:,} {'entry' if lost == 1 else 'entries'} without an id cannot be compared")
    return found
