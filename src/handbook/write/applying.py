"""Apply a proposal to a draft of a site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.words import shown
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.write.batches import make_all
from handbook.write.confirming import PAGE, REVIEW, find_page
from handbook.write.draft import Draft
from handbook.write.errors import NotWrittenError
from handbook.write.operations import find_target
from handbook.write.proposal import Operation, Proposal
from handbook.write.references import Name

_MISSING = object()


def apply_proposal(draft: Draft, proposal: Proposal, then: Context | None = None) -> Iterator[str]:
    """Make the operations of a proposal in a draft.

    Args:
        draft: The draft. If anything is yielded, it isn't what the proposal asks for.
        proposal: The proposal.
        then: The site that the proposer saw. If a value has changed since, the proposal doesn't apply.

    Yields:
        Why an operation cannot be made, with its place in the proposal.
    """
    names: dict[Name, str] = {}
    possible = []
    for operation in proposal.operations:
        try:
            if then is not None:
                before = _named_before(operation, names)
                _check_unchanged(draft.context, then, before, proposal.base or "")
            possible.append(operation)
        except NotWrittenError as error:
            yield _refusal(operation, error)
    for operation, why in make_all(draft, possible):
        yield _refusal(operation, why)


def _refusal(operation: Operation, error: NotWrittenError) -> str:
    return f"{operation.place}: {error}" if operation.place else str(error)


def _named_before(operation: Operation, names: dict[Name, str]) -> Operation:
    """Return an operation with the ID that its entry had before the proposal; empty for a new entry.

    Args:
        operation: The operation.
        names: The IDs before, by kind and ID, for those that were changed. The operation can add to them.
    """
    name = (operation.kind, operation.id)
    before = names.get(name, operation.id)
    if operation.op == "rename":
        names[name] = ""
        names[operation.kind, operation.to] = before
    elif operation.op == "add":
        names[name] = ""
    return operation._replace(id=before)


def _check_unchanged(now: Context, then: Context, operation: Operation, base: str) -> None:
    """Refuse an operation if the value that it changes is not the one that the proposer saw."""
    before, after = (_entry(each, operation) for each in (then, now))
    if after is None or operation.op in {"add", "rename"}:
        return
    if before is None:
        name = f"{after.kind.label} `{operation.id}`"
        raise NotWrittenError(f"{name} is newer than {base}. Propose the change again")
    check_unchanged(after, before, operation, base)


def check_unchanged(after: RawEntry, before: RawEntry, operation: Operation, base: str) -> None:
    """Refuse an operation if the value that it changes is not the one that the proposer saw.

    Args:
        after: The entry as it is.
        before: The entry as the proposer saw it.
        operation: The operation.
        base: What the proposer saw, in words.

    Raises:
        NotWrittenError: The value has changed.
    """
    name = f"{after.kind.label} `{operation.id}`"
    was, is_now = _touched(before, operation), _touched(after, operation)
    wanted = {"set": operation.value, "unset": _MISSING}.get(operation.op, was)
    if is_now not in (was, wanted):
        what = f"`{operation.path}` of {name}" if operation.path else name
        values = "" if operation.op in {"move", "remove"} else f" from {_words(was)} to {_words(is_now)}"
        raise NotWrittenError(f"{what} has changed since {base}{values}. Propose the change again")


def _entry(context: Context, operation: Operation) -> RawEntry | None:
    """Return what an operation is about: an entry, or the front matter of a page."""
    if operation.kind == PAGE and PAGE not in context.kinds:
        page = find_page(context, operation.id)
        path = page.shown_path if page else ""
        return next((each for each in context.imprints if each.source.path == path), None)
    return context.ids.get(operation.kind, {}).get(operation.id)


def _touched(entry: RawEntry, operation: Operation) -> Any:
    """Return what an operation changes or depends on."""
    paths = {
        "set": operation.path,
        "unset": operation.path,
        "move": operation.path.rpartition("/")[0],
        "confirm": f"/{REVIEW}",
    }
    if operation.op not in paths:
        return entry.value if operation.op == "remove" else None
    try:
        target = find_target(entry.kind.shape, entry.value, paths[operation.op], {})
    except NotWrittenError:
        return _MISSING
    if operation.op == "move" and isinstance(target.value, list):
        key = (target.shape.key if target.shape else None) or "id"
        return [item.get(key) if isinstance(item, dict) else item for item in target.value]
    return target.value if target.exists else _MISSING


def _words(value: Any) -> str:
    return "nothing" if value is _MISSING else shown(value)
