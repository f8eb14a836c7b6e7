"""Undo what a command left half done when it was killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handbook.base.words import count
from handbook.write.hidden_names import record_of

_MOST_NAMED = 8


def undo_stopped(folder: Path, note: Callable[[str], None], warn: Callable[[str], None]) -> None:
    """Undo what a killed command left half done in a folder or one above, and say so.

    Args:
        folder: The folder.
        note: Says what is as before.
        warn: Says what is not, because someone has changed it since.

    Raises:
        NotWrittenError: The system refuses.
    """
    root = next((each for each in (folder, *folder.parents) if record_of(each).is_file()), None)
    if root is None:
        return
    from handbook.write.files import undo_stopped_change  # noqa: PLC0415 - there is hardly ever one

    found = undo_stopped_change(root)
    undone, changed = ([path for path, is_undone in found if is_undone is wanted] for wanted in (True, False))
    if undone:
        more = f" and {count(len(undone) - _MOST_NAMED, 'other file')}" if len(undone) > _MOST_NAMED else ""
        note(
            "a command was killed before it had changed all its files. Back to what they were: "
            f"{', '.join(undone[:_MOST_NAMED])}{more}. Run that command again"
        )
    for path in changed:
        warn(f"{path} was changed after a command was killed, so it stays as it is. Check it")
