"""Problems of an import: what it can't decide, where, and what would decide it."""

from __future__ import annotations

from handbook.base.named_tuples import NamedTuple


class Question(NamedTuple):
    """What a person can decide once for all.

    Attributes:
        setting: The place of the answer in the mapping: `("dates",)` or `("values", "Status", "Parked")`.
        text: The question.
        choices: The possible answers; any if there are none.
        option: The option of the command that answers it.
        cell: The column and the text of the cell that it is about, which can be left out; otherwise empty.
    """

    setting: tuple[str, ...]
    text: str
    choices: tuple[str, ...] = ()
    option: str = ""
    cell: tuple[str, ...] = ()


class ImportProblem(NamedTuple):
    """A cell or row that can't be imported as it is.

    Attributes:
        place: Its place in the file; empty if it is about all of it.
        message: What is wrong.
        hint: How to fix it.
        question: What would decide it; `None` if only a change of the file would.
        can_leave_out: Whether the import can be made without it.
    """

    place: str
    message: str
    hint: str = ""
    question: Question | None = None
    can_leave_out: bool = False

    @property
    def line(self) -> str:
        """Return the problem on one line."""
        return ": ".join(filter(None, (self.place, ". ".join(filter(None, (self.message, self.hint))))))
