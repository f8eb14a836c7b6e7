"""Questions of readers with the page that answers each, and how well the search does on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.base.span import Span
from handbook.read.files import read_file
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.references import Resolver
from handbook.read.schemas.shapes import Shape, Shapes
from handbook.read.schemas.validation import Validator

QUESTIONS_FILE = "tests/questions.yaml"
NONE = "none"
"""The page of a question that nothing answers."""
_SCHEMA = Path(__file__).with_name("questions.schema.json")
_FIRST, _AMONG_THREE = 85.0, 97.0
_THREE = 3


class Question(NamedTuple):
    """A question.

    Attributes:
        ask: What a reader types.
        page: The address of the page that answers it; `none` if nothing does.
        line: Its line in the file.
    """

    ask: str
    page: str
    line: int

    @property
    def is_held_out(self) -> bool:
        """Return whether it is in the half that no one looks at while tuning: its text decides."""
        return crc32(self.ask.encode()) % 2 == 1


class Questions(NamedTuple):
    """The questions of a file.

    Attributes:
        first: The least per cent of the questions whose page must come first.
        among_three: The same for the first three.
        items: The questions.
    """

    first: float
    among_three: float
    items: tuple[Question, ...]


class Outcome(NamedTuple):
    """What the search finds for a question.

    Attributes:
        question: The question.
        rank: The rank of the page that answers it, 0 if it isn't found. If nothing answers it, 1 if nothing
            is found.
        found: The addresses of the first results.
    """

    question: Question
    rank: int
    found: tuple[str, ...]


class Score(NamedTuple):
    """How well the search does.

    Attributes:
        number: The number of questions.
        first: The per cent of them whose page comes first.
        among_three: The per cent of them whose page is among the first three.
    """

    number: int
    first: float
    among_three: float


def read_questions(file: Path, shown_path: str) -> Questions:
    """Read the questions of a file.

    Args:
        file: The file.
        shown_path: Its path in errors.

    Raises:
        HandbookError: The file is not readable, or not as its schema says.
    """
    document = read_file(file)
    for fault in document.faults:
        raise _error(shown_path, document.fault_span(fault), fault.message, fault.hint)
    validator, shape = _schema()
    # The first in the file says most about the others.
    problems = [
        (
            document.key_span(problem.pointer) if problem.at_key else document.value_span(problem.pointer),
            problem,
        )
        for problem in schema_problems(validator, shape, document.value)
    ]
    for place, problem in sorted(problems, key=lambda each: (each[0].line, each[0].column)):
        raise _error(shown_path, place, problem.message, problem.hint)
    value: Any = document.value
    items = tuple(
        Question(item["ask"], item["page"], document.value_span(("questions", index)).line)
        for index, item in enumerate(value["questions"])
    )
    return Questions(value.get("first", _FIRST), value.get("among_three", _AMONG_THREE), items)


def _error(path: str, place: Span, message: str, hint: str) -> HandbookError:
    return HandbookError(f"{path}:{place.line}:{place.column}: {message}", hint)


@lru_cache
def _schema() -> tuple[Validator, Shape]:
    schema = json.loads(_SCHEMA.read_text("utf-8"))
    schemas = {_SCHEMA.name: schema}
    return Validator(schema, schemas), Shapes().of(schema, Resolver(schemas, _SCHEMA.name))


def ask(questions: Sequence[Question], search: Callable[[str], Sequence[str]]) -> list[Outcome]:
    """Return what the search finds for some questions.

    Args:
        questions: The questions.
        search: Returns the addresses of the results, best first.
    """
    outcomes = []
    for question in questions:
        found = tuple(search(question.ask))
        if question.page == NONE:
            rank = 0 if found else 1
        else:
            rank = found.index(question.page) + 1 if question.page in found else 0
        outcomes.append(Outcome(question, rank, found[:_THREE]))
    return outcomes


def score(outcomes: Sequence[Outcome]) -> Score:
    """Return how well the search does. Without questions, it does well."""
    number = len(outcomes)
    first = sum(each.rank == 1 for each in outcomes)
    among_three = sum(1 <= each.rank <= _THREE for each in outcomes)
    return Score(number, _per_cent(first, number), _per_cent(among_three, number))


def _per_cent(part: int, number: int) -> float:
    return 100 * part / number if number else 100.0
