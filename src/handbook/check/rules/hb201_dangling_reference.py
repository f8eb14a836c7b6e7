"""References: an unknown ID."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from handbook.base.fixes import Fix
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import enumerated, nearest, one_of, says_unknown, shown
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context
from handbook.read.gone import Gone
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.places import is_optional
from handbook.read.schemas.problems import NOT_YET, Meant, meant_by
from handbook.read.schemas.shapes import Shape
from handbook.read.yaml.document import Pointer

_ADDRESS = regex(r"[@\s]")
"""A character of addresses and of names, which IDs don't have."""
_BETWEEN = regex(r"\s*,\s*(?:and\s+)?|\s*[;&/+]\s*|\s+and\s+", re.IGNORECASE)
"""What people write between several IDs in one text."""
_LONGEST = 200
"""The most characters of a text that can be several IDs."""


@rule(
    "HB201",
    "dangling-reference",
    reason=(
        "References become links. A reference to an unknown ID would be a broken link, and readers couldn't "
        "tell who does the work or which tool to use."
    ),
    bad=with_process(PROCESS.replace("product-manager", "«product-manger»")),
    good=with_process(),
)
def _check(context: Context) -> Iterator[Problem]:
    yield from _check_ids(context)
    joined: dict[tuple[str, tuple[str, ...]], Sequence[Meant]] = {}
    for entry, pointer, shape, value in context.unresolved:
        kinds = shape.refs
        # An unreadable file has been reported. Its entries must not be reported as missing too.
        if context.uncertain_kinds.intersection(kinds):
            continue
        if any((kind, value) in context.misspelt_ids for kind in kinds):
            continue
        if context.names_only_off(shape, value):
            continue
        known = [context.kinds[kind] for kind in kinds if kind in context.kinds]
        what = enumerated([kind.label.lower() for kind in known])
        not_yet = is_optional(entry.kind.shape, pointer) and says_unknown(value)
        gone = next((found for kind in kinds if (found := context.gone.get((kind, value)))), None)
        if gone:
            yield _removed(context, entry, pointer, kinds, gone)
            continue
        key = value, kinds
        if key not in joined:
            # Many references can have the same mistake, and comparing takes long.
            joined[key] = _several(context, value, known)
        several = joined[key]
        if several:
            yield _of_several(entry, pointer, shape, several, f"Unknown {what} {shown(value)}")
            continue
        problem = entry.problem(
            pointer,
            f"Unknown {what} {shown(value)}",
            partial(_hint, context, value, known, not_yet=not_yet),
        )
        if not not_yet:
            problem = problem._replace(correction=partial(_fix, context, entry, pointer, value, known))
        yield problem


def _several(context: Context, value: str, kinds: Sequence[Kind]) -> Sequence[Meant]:
    """Return the IDs that a text means if it joins several; empty if it means one, or if one is unknown."""
    parts = _BETWEEN.split(value.strip()) if len(value) <= _LONGEST else []
    whole = _meant(context, value, kinds) if len(parts) > 1 else None
    if len(parts) < 2 or (whole and whole.is_safe):  # noqa: PLR2004 - several
        return ()
    found = [
        Meant(part)
        if any(part in context.ids.get(kind.name, {}) for kind in kinds)
        else _meant(context, part, kinds)
        for part in parts
    ]
    known = [meant for meant in found if meant and meant.is_safe]
    return known if len({meant.value for meant in known}) == len(parts) else ()


def _of_several(
    entry: RawEntry, pointer: Pointer, shape: Shape, several: Sequence[Meant], message: str
) -> Problem:
    """Return the problem of a text that joins several IDs."""
    names = [str(meant.value) for meant in several]
    if shape.items is None and not isinstance(pointer[-1], int):
        return entry.problem(pointer, message, f"Use one of them: {one_of(names)}")

    def fix() -> Fix | None:
        from handbook.read.yaml.restructuring import as_items  # noqa: PLC0415 - only a mistake needs it

        whole = (*entry.at, *pointer)
        return as_items(entry.source.document, entry.source.path, whole, names, is_safe=True)

    return entry.problem(pointer, message, f"Write a list: `[{', '.join(names)}]`")._replace(correction=fix)


def _removed(
    context: Context, entry: RawEntry, pointer: Pointer, kinds: Sequence[str], gone: Gone
) -> Problem:
    """Return the problem of a reference to an entry that was removed."""
    label = context.kinds[gone.kind].label if gone.kind in context.kinds else gone.kind
    instead = gone.instead_of(kinds, context.ids)
    return entry.problem(
        pointer,
        f"{label} {shown(gone.id)} was {gone.said}",
        f"Use `{instead}`" if instead else "Remove this reference, or use another one",
    )._replace(correction=entry.respelling(pointer, instead, is_safe=False) if instead else None)


def _fix(
    context: Context, entry: RawEntry, pointer: Pointer, value: str, kinds: Sequence[Kind]
) -> Fix | None:
    meant = _meant(context, value, kinds)
    return entry.respelling(pointer, meant.value, is_safe=meant.is_safe)() if meant else None


def _meant(context: Context, value: str, kinds: Sequence[Kind]) -> Meant | None:
    """Return the ID that was meant: the new one, the one of a name, or the closest."""
    for kind in kinds:
        successor = context.former.get((kind.name, value))
        if successor and successor.kind in kinds:
            return Meant(successor.id)
    folded = value.casefold()
    named = [entry_id for kind in kinds for entry_id in context.ids_by_name.get((kind.name, folded), ())]
    if named:
        return Meant(named[0], is_safe=len(named) == 1)
    close = [meant for kind in kinds if (meant := meant_by(context.names[kind.name], value))]
    certain = [meant for meant in close if meant.is_safe]
    near = nearest(value, [meant.value for meant in certain or close])
    if near:
        return Meant(near, is_safe=len(certain) == 1)
    # `PM` for `product-manager`.
    short = [
        entry_id
        for kind in kinds
        for entry_id in context.ids.get(kind.name, ())
        if value.isupper() and value.lower() == "".join(word[:1] for word in entry_id.split("-"))
    ]
    return Meant(short[0], is_safe=False) if len(short) == 1 else None


def _hint(context: Context, value: str, kinds: Sequence[Kind], *, not_yet: bool) -> str:
    if not_yet:
        return NOT_YET
    meant = _meant(context, value, kinds)
    if meant and any((kind.name, value) in context.former for kind in kinds):
        return f"Use `{meant.value}`, its new ID"
    known = [entry_id for kind in kinds for entry_id in context.ids.get(kind.name, ())]
    fix = (
        f"Did you mean `{meant.value}`?"
        if meant
        else f"Add it to {one_of(kind.sources[0] for kind in kinds)}"
    )
    if meant is None and "team" in (kind.name for kind in kinds) and known and _ADDRESS.search(value):
        what = enumerated([kind.label.lower() for kind in kinds])
        fix = f"Use a {what}{', not a person' if '@' in value else ''}: {one_of(known)}"
    others = [kind for kind in context.kinds.values() if value in context.ids.get(kind.name, {})]
    return (
        f"It is one of the {_titles(others, 'and')}, not of the {_titles(kinds, 'or')}. {fix}"
        if others
        else fix
    )


def _titles(kinds: Sequence[Kind], word: str) -> str:
    return enumerated([kind.plural.replace("_", " ") for kind in kinds], word)


def _check_ids(context: Context) -> Iterator[Problem]:
    for (kind, meant), found in context.misspelt_ids.items():
        entry, (user, pointer) = found.entry, found.places[0]
        if kind in context.uncertain_kinds:
            continue
        line = user.source.document.value_span((*user.at, *pointer)).line
        # If it is right, it has a new name, and the references are old.
        correction = entry.respelling(("id",), meant.rpartition("/")[2], is_safe=False)
        problem = entry.problem(
            ("id",) if "id" in entry.value else (),
            f"Unused ID {shown(entry.id)}, while {len(found.places):,} references use {shown(meant)}",
            f"Did you mean `{meant}`? If not, fix those references; the first is {user.source.path}:{line}",
        )
        yield problem._replace(correction=None if entry.named_by_file else correction)
