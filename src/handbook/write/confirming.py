"""Confirm that an entry or a page is still right: its review dates move on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from shlex import quote
from typing import Any

from handbook.base.words import shown, suggestion
from handbook.read.context import Context
from handbook.read.pages import PAGE_SUFFIX, Page
from handbook.read.yaml.document import read_text
from handbook.write.draft import Draft, raw_value
from handbook.write.editing import Editing
from handbook.write.encoding import MARK
from handbook.write.errors import NotWrittenError
from handbook.write.proposal import Operation

PAGE = "page"
"""What people call a page of the docs folder. It is no content type, unless a company has one."""

REVIEW = "review"
"""The field of an entry or a page with its review dates."""

_USUAL = timedelta(days=182)
"""The time until the second review: how far away the first one was is unknown."""
_LAST, _NEXT = "last", "next"
_LINE_END = re.compile(r"\r\n|\n|\r")


def confirm(draft: Draft, operation: Operation) -> None:
    """Say that an entry or a page is still right, and move its next review on."""
    if operation.kind == PAGE and PAGE not in draft.context.kinds:
        _confirm_page(draft, operation)
        return
    entry = draft.entry(operation.kind, operation.id)
    if entry.kind.shape.field(REVIEW) is None:
        raise NotWrittenError(f"{entry.kind.title} have no review dates")
    review = _confirmed(raw_value(entry).get(REVIEW), draft.context.today, operation)
    editing = draft.editing(entry.source.path)
    editing.set((*entry.at, REVIEW), review)
    draft.put_text(entry.source.path, editing.text)


def find_page(context: Context, name: str) -> Page | None:
    """Return a page by its path, from the site's folder or from the docs folder, with or without its end."""
    return next((each for each in context.pages if name in _names(each)), None)


def _names(page: Page) -> tuple[str, ...]:
    return page.shown_path, page.path, page.path.removesuffix(PAGE_SUFFIX)


def _confirm_page(draft: Draft, operation: Operation) -> None:
    context = draft.context
    page = find_page(context, operation.id)
    if page is None:
        hint = suggestion(operation.id, [name for each in context.pages for name in _names(each)])
        message = f"Unknown page {shown(operation.id)}"
        raise NotWrittenError(". ".join(filter(None, (message, hint))))
    for fault in page.faults[:1]:
        raise NotWrittenError(f"{page.shown_path}: {fault.message}. {fault.hint}")
    path = page.shown_path
    text = draft.data(path).decode()
    mark = MARK if text.startswith(MARK) else ""
    text = text.removeprefix(MARK)
    # The page knows its front matter with the line ends of Unix.
    lines = page.front_matter.count("\n")
    ends = [found.end() for found, _ in zip(_LINE_END.finditer(text), range(lines), strict=False)]
    end = ends[-1] if ends else 0
    front = text[:end]
    value = read_text(front).value
    if not isinstance(value, dict):
        hint = f"Start it with its `owner` and `{REVIEW}`, between two lines with `---`"
        raise NotWrittenError(f"{path} has no front matter. {hint}")
    editing = Editing(front, value, path)
    editing.set((REVIEW,), _confirmed(value.get(REVIEW), context.today, operation))
    draft.put(path, f"{mark}{editing.text}{text[end:]}".encode())


def _confirmed(found: Any, today: date, operation: Operation) -> dict[str, Any]:
    """Return the review dates after a review today.

    Args:
        found: The dates so far.
        today: The day.
        operation: What to confirm. Without a date, the next review is as far away as it was after the last
            one; after the first, half a year.

    Raises:
        NotWrittenError: The date of the next review is unknown, or not after today.
    """
    review = found if isinstance(found, dict) else {}
    next_day = operation.next or _next(review, today)
    if not next_day:
        day = today + _USUAL
        hint = f"Run `handbook confirm {operation.kind} {quote(operation.id)} --next {day}`"
        in_proposal = f'in a proposal, add `"{_NEXT}": "{day}"`'
        raise NotWrittenError(
            f"The date of the next review of {shown(operation.id)} is unknown. {hint}; {in_proposal}"
        )
    if next_day <= today.isoformat():
        raise NotWrittenError(f"The next review, {next_day}, must be after today, {today}")
    return {**review, _LAST: today.isoformat(), _NEXT: next_day}


def _next(review: Mapping[str, Any], today: date) -> str:
    """Return the next review, if the dates so far say how far it is away."""
    try:
        following = date.fromisoformat(str(review.get(_NEXT)))
        days = following - date.fromisoformat(str(review[_LAST])) if _LAST in review else _USUAL
        return (today + days).isoformat() if days > timedelta() else ""
    except (ValueError, OverflowError):
        return ""
