"""Output formats for what is still to be decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handbook.base.words import count, visible
from handbook.output.as_json import as_json
from handbook.status.task import Place, Task

_VERSION = 1
"""The version of the JSON format. Raise it when a name or its meaning changes, not for an addition."""

_MOST = 10
"""The most places to list for a task."""

EditUrl = Callable[[str, int], str | None]
"""Returns the URL that opens a line of a file in the web editor, or `None`."""


def render_text(tasks: Sequence[Task], edit_url: EditUrl) -> str:  # noqa: ARG001 - as of every format
    """Render the tasks for a terminal, each with its places."""
    if not tasks:
        return "Nothing is left to decide.\n"
    lines = [f"{count(len(tasks), 'decision')} left, the most valuable first."]
    for number, task in enumerate(tasks, 1):
        lines += ["", f"{number}. {task.title}", f"   {task.why}"]
        lines += [f"   {_place(place)}" for place in task.places[:_MOST]]
        rest = len(task.places) - _MOST
        lines += [f"   {rest:,} more; `--format json` lists all"] if rest > 0 else []
    return "\n".join(lines) + "\n"


def render_json(tasks: Sequence[Task], edit_url: EditUrl) -> str:
    """Render the tasks as JSON."""
    found = [
        {
            "id": task.id,
            "title": task.title,
            "why": task.why,
            "places": [
                {**place._asdict(), "edit_url": edit_url(place.path, place.line)} for place in task.places
            ],
        }
        for task in tasks
    ]
    return as_json({"version": _VERSION, "tasks": found})


def _place(place: Place) -> str:
    where = f"{visible(place.path)}:{place.line}"
    return f"{where}: {visible(place.name)}" if place.name else where
