"""Location: a file that looks like a source or a schema, but is not read."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from handbook.base.fixes import Edit, Fix, Move
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import nearest, one_of
from handbook.check.rules.examples import PROCESS, ROLE, with_process
from handbook.read.context import Context
from handbook.read.files import read_file
from handbook.read.schemas.kinds import SCHEMAS
from handbook.read.unread import DOUBLE, SOURCE_SUFFIX, UnreadFile

_TOP = 2
"""The number of path parts of a file directly in `sources`."""
_SCHEMA_PATH = regex(r"^#[^\n]*\$schema=(?P<path>\.[^\s]*)", re.MULTILINE)


@rule(
    "HB206",
    "unread-file",
    reason=(
        "A file in the wrong folder, or with the wrong extension, is never read, so its entries are missing."
    ),
    bad={"sources/proceses/launch.yaml": f"«n»{PROCESS[1:]}", "sources/roles.yaml": ROLE},
    good=with_process(),
)
def _check(context: Context) -> Iterator[Problem]:
    for file in context.unread:
        found = _Placement.of(context, file)
        correction = partial(_fix, context, file.path, found) if found.to else None
        yield Problem(file.path, Span(), found.message, found.hint, correction=correction)


class _Placement(NamedTuple):
    """What is wrong with the place of a file.

    Attributes:
        message: The problem.
        hint: The fix, in words.
        to: Where the file belongs; empty if that is unknown or taken.
        is_safe: Whether it can belong nowhere else.
    """

    message: str
    hint: str
    to: str = ""
    is_safe: bool = True

    @classmethod
    def of(cls, context: Context, file: UnreadFile) -> _Placement:
        """Return what is wrong with a file."""
        path = PurePosixPath(file.path)
        if path.parts[0] == SCHEMAS:
            return cls("This schema is not read", f"Rename it to `{SCHEMAS}/{path.stem}.json`")
        if DOUBLE.fullmatch(path.name):
            to = path.with_suffix("").with_suffix(SOURCE_SUFFIX)
            return cls("This file is not read: its name ends with `.txt`", *_moved(context, to))
        if path.suffix.lower() in {".md", ".markdown"}:
            to = PurePosixPath(context.site.docs.name, f"{path.stem}.md")
            hint, target = _moved(context, to)
            return cls("Pages are not read here", hint, target, is_safe=False)
        known = sorted({source for kind in context.kinds.values() for source in kind.sources})
        renamed = path.with_suffix(SOURCE_SUFFIX)
        if path != renamed and (str(renamed) in known or file.path.startswith(_folders(known))):
            message = "This file doesn't belong to any content type"
            return cls(message, *_moved(context, renamed, "Rename"))
        if file.kind:
            return _in_wrong_folder(context, file)
        usual = sorted({kind.sources[0] for kind in context.kinds.values()})
        return cls("This file doesn't belong to any content type", _hint(path, known, usual))


def _in_wrong_folder(context: Context, file: UnreadFile) -> _Placement:
    """Return where a file belongs whose content shows its content type."""
    kind = file.kind
    assert kind is not None  # noqa: S101
    content = kind.plural if file.is_collection else f"one {kind.label.lower()}"
    message = f"This file is not read here: it contains {content}"
    places = [source for source in kind.sources if source.endswith("/") is not file.is_collection]
    if not places and not file.is_collection:
        return _Placement(message, f"Add the entry to `{kind.sources[0]}`")
    place = places[0] if places else kind.sources[0]
    to = f"{place}{file.name}{SOURCE_SUFFIX}" if place.endswith("/") else place
    return _Placement(message, *_moved(context, PurePosixPath(to)))


def _moved(context: Context, to: PurePosixPath, verb: str = "Move") -> tuple[str, str]:
    """Return the hint to move a file, and where; nothing if another file is there."""
    if os.path.lexists(context.site.root / to):
        return f"Move its content to `{to}`, which exists", ""
    return f"{verb} it to `{to}`", str(to)


def _fix(context: Context, path: str, found: _Placement) -> Fix:
    """Return the move, with the new path of the schema in the line for editors."""
    edits = []
    document = read_file(context.site.root / path)
    line = _SCHEMA_PATH.search(document.text)
    before, after = posixpath.dirname(path), posixpath.dirname(found.to)
    if line and before != after:
        schema = posixpath.normpath(posixpath.join(before, line["path"]))
        if (context.site.root / schema).is_file():
            new = posixpath.relpath(schema, after or ".")
            edits.append(Edit(path, document.span(*line.span("path")), new))
    return Fix(tuple(edits), (Move(path, found.to),), found.is_safe)


def _hint(file: PurePosixPath, known: Sequence[str], usual: Sequence[str]) -> str:
    # A folder that all sources share is no indication.
    by_name = {PurePosixPath(source).stem: source for source in reversed(known)}
    # All of them are in the folder `sources`.
    folder = file.parent.name if len(file.parts) > _TOP else ""
    near = nearest(file.stem, by_name) or nearest(folder, by_name)
    if near:
        return f"Did you mean `{by_name[near]}`?"
    examples = sorted({source.endswith("/"): source for source in reversed(usual)}.values())
    return f"Move its entries to the files of their content type, such as {one_of(examples)}"


def _folders(sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(source for source in sources if source.endswith("/"))
