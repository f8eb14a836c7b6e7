"""Plan an upgrade: what can be changed safely, what is new, and what a person has to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.words import shown
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.raw import RawEntry
from handbook.read.requirements import FILE
from handbook.read.schemas.former_names import FormerName, with_current_names
from handbook.read.schemas.kinds import SCHEMA_SUFFIX
from handbook.read.schemas.patches import PATCH_SUFFIX
from handbook.read.schemas.shapes import Shape
from handbook.read.settings import EXTENDS
from handbook.read.yaml.document import Pointer
from handbook.write.editor import has_editor_files, outdated_editor_files
from handbook.write.errors import NotWrittenError
from handbook.write.files import Changes
from handbook.write.renaming import with_new_names
from handbook.write.upgrading.fields import new_fields, removed_fields
from handbook.write.upgrading.packages import with_new_packages
from handbook.write.upgrading.record import RECORD, Record, Shipped, digest


class Place(NamedTuple):
    """Something about a file.

    Attributes:
        path: The file, with the line and column if it is about a part.
        message: What happens, or what to do.
    """

    path: str
    message: str


class Plan(NamedTuple):
    """An upgrade.

    Attributes:
        since: The version of the last upgrade; `None` for the first.
        changes: What is safe to change.
        news: What the new version adds.
        tasks: What a person has to decide.
        files: The changes of files.
    """

    since: str | None
    changes: Sequence[Place]
    news: Sequence[str]
    tasks: Sequence[Place]
    files: Changes


def plan_upgrade(context: Context, shipped: Shipped, before: Record | None) -> Plan:
    """Return the upgrade of a site to the installed version.

    Args:
        context: The site.
        shipped: What the installed version ships.
        before: What was shipped when the site was last upgraded; `None` if that is unknown.

    Raises:
        NotWrittenError: A file of the site can't be changed.
    """
    files: dict[str, tuple[bytes, bytes]] = {}
    changes: list[Place] = []
    unread = list(dict.fromkeys(_unread(context)))
    tasks = [*unread]
    for path, change in _stale_copies(context, shipped, before).items():
        files[path] = change
        changes.append(Place(path, "Updated this unchanged copy of a shipped file"))
    shapes = _shapes(context, shipped, files)
    for source, names in _former_names(context, shapes):
        data = (context.site.root / source.path).read_bytes()
        try:
            new, renamed = with_new_names(data, source.path, source.document, names)
        except NotWrittenError as error:
            tasks.append(Place(source.path, str(error)))
            continue
        files[source.path] = (data, new)
        for each in renamed:
            what = "field" if each.name.is_field else "value"
            message = f"Renamed the {what} {shown(each.name.former)} to {shown(each.name.current)}"
            changes.append(Place(f"{source.path}:{each.span.line}:{each.span.column}", message))
    tasks += _tasks(context, shipped, before, shapes, files)
    try:
        edited = outdated_editor_files(context) if has_editor_files(context.site) else {}
    except NotWrittenError as error:
        tasks.append(Place(".vscode", str(error)))
        edited = {}
    files |= edited
    changes += [Place(path, "Updated for editors") for path in edited]
    for path, change in _packages(context).items():
        files[path] = change
        changes.append(Place(path, "Updated the packages that the engine needs"))
    text = shipped.record.text().encode()
    record = context.site.root / RECORD
    old = record.read_bytes() if record.is_file() else b""
    # What is unread now is compared with the same version once it is readable.
    if old != text and not unread:
        files[RECORD] = (old, text)
        changes.append(Place(RECORD, f"Recorded version {shipped.record.version}"))
    news = list(new_fields({entry.kind.name for entry in context.entries}, shipped, before)) if before else []
    return Plan(before.version if before else None, changes, news, tasks, files)


def _packages(context: Context) -> Changes:
    """Return the change of the packages that the site is built with, if it has the list of a new handbook."""
    path = context.site.root / FILE
    try:
        before = read_plain_file(path) if path.exists() else b""
        after = with_new_packages(before.decode()).encode()
    except (UnusableError, UnicodeDecodeError):
        return {}
    return {FILE: (before, after)} if before != after else {}


def _unread(context: Context) -> Iterator[Place]:
    """Yield the files of the site that can't be read, and the handbooks that it can't extend."""
    for source in (*context.tree.unusable, *context.sources):
        for fault in source.document.faults[:1]:
            if context.site.layer_of(source.path) is None:
                span = source.document.fault_span(fault)
                yield _place(Problem(source.path, span, fault.message, fault.hint))
    if context.setting is not None:
        for at, message, hint in context.layers.problems:
            yield _place(context.setting.problem((EXTENDS, at), message, hint))


def _place(problem: Problem) -> Place:
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    return Place(place, ". ".join(filter(None, (problem.message, problem.hint))))


def _stale_copies(
    context: Context, shipped: Shipped, before: Record | None
) -> dict[str, tuple[bytes, bytes]]:
    """Return the site's own files that are as an earlier version shipped them."""
    found: dict[str, tuple[bytes, bytes]] = {}
    for name, path in shipped.paths.items():
        own = context.site.root / name
        if before is None or own == path or not own.is_file() or own.is_symlink():
            continue
        data, current = own.read_bytes(), path.read_bytes()
        if digest(data) == before.files.get(name) and digest(data) != digest(current):
            found[name] = (data, current)
    return found


def _shapes(context: Context, shipped: Shipped, files: Mapping[str, Any]) -> dict[str, Shape]:
    """Return the schema of each content type after the upgrade, with that of the settings."""
    settings = [context.settings_kind] if context.settings_kind else []
    shapes = {kind.name: kind.shape for kind in [*context.kinds.values(), *settings]}
    replaced = [name for name in shapes if f"schemas/{name}{SCHEMA_SUFFIX}" in files]
    return shapes | {name: shipped.kinds[name].shape for name in replaced if name in shipped.kinds}


def _own_entries(context: Context) -> Iterator[RawEntry]:
    """Yield the entries and settings in files of the site itself; its layers are upgraded on their own."""
    for entry in (*context.entries, *filter(None, [context.setting])):
        if context.site.layer_of(entry.source.path) is None:
            yield entry


def _former_names(
    context: Context, shapes: Mapping[str, Shape]
) -> Iterator[tuple[Source, Sequence[tuple[Pointer, FormerName]]]]:
    """Yield the files with former names."""
    found: dict[str, list[tuple[Pointer, FormerName]]] = defaultdict(list)
    sources: dict[str, Source] = {}
    for entry in _own_entries(context):
        if entry.source.document.faults:
            continue
        names = list(entry.former_names)
        if entry.kind.name in shapes:
            # The schema that the upgrade brings can know more of them.
            names += with_current_names(shapes[entry.kind.name], entry.value)[1]
        if names:
            sources[entry.source.path] = entry.source
            found[entry.source.path] += [(entry.at, name) for name in names]
    yield from ((sources[path], found[path]) for path in sorted(found))


def _tasks(
    context: Context,
    shipped: Shipped,
    before: Record | None,
    shapes: Mapping[str, Shape],
    files: Mapping[str, Any],
) -> Iterator[Place]:
    for problem in context.schema_problems:
        # A patch fits again once the outdated copy next to it is updated.
        schema = problem.path.removesuffix(PATCH_SUFFIX) + SCHEMA_SUFFIX
        if problem.path.endswith(PATCH_SUFFIX) and schema not in files:
            yield _place(problem)
    if before is None:
        return
    for name, path in shipped.paths.items():
        own = context.site.root / name
        changed = name in before.files and before.files[name] != shipped.record.files[name]
        if own != path and changed and own.is_file():
            state = digest(own.read_bytes())
            if state not in (before.files[name], shipped.record.files[name]):
                yield Place(name, f"The shipped file has changed since you copied it. Compare it with {path}")
    for name in sorted(before.files.keys() - shipped.record.files.keys()):
        if (context.site.root / name).is_file():
            yield Place(name, "This file is no longer shipped. If you need it, keep it; otherwise delete it")
    for place, message in removed_fields(_own_entries(context), shipped, before, shapes):
        yield Place(place, message)
