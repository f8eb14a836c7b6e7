"""Ask on a terminal what an import can't decide. Without a terminal, the problems stay."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.imports.importing import Prepared
from handbook.imports.mapping import Mapped, field_for
from handbook.imports.problems import Question
from handbook.read.yaml.scalars import resolve_plain

_SKIP = ("skip", "leave out")


def answered(attempt: Callable[[Mapped], Prepared], mapped: Mapped, *, is_first: bool) -> Prepared:
    """Return an import with all questions answered that can be.

    Args:
        attempt: Prepares the import with a mapping.
        mapped: The mapping.
        is_first: Whether no one has seen the fields of the columns yet.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return attempt(mapped)
    prepared = attempt(_confirmed(mapped) if is_first else mapped)
    asked: set[tuple[str, ...]] = set()
    while question := next((each for each in _questions(prepared) if each.setting not in asked), None):
        answer = _ask(question)
        if question.cell and answer in _SKIP:
            prepared = attempt(_without_cell(prepared.mapped, *question.cell))
            continue
        asked.add(question.setting)
        prepared = attempt(with_answer(prepared.mapped, question, answer))
    return prepared


def _without_cell(mapped: Mapped, column: str, text: str) -> Mapped:
    """Return a mapping that says nothing of a text in a column."""
    return mapped._replace(values={**mapped.values, column: {**mapped.values.get(column, {}), text: None}})


def _confirmed(mapped: Mapped) -> Mapped:
    """Return the mapping with the fields of the columns that people want."""
    print_text("".join(f"{column} -> {path or 'left out'}\n" for column, path in mapped.columns.items()))
    print_text("Is this right? Press Enter, or type a column and its field, such as `Notes=summary`\n")
    while answer := _input("--column 'TITLE=FIELD'"):
        column, equals, path = answer.partition("=")
        if equals:
            mapped = mapped._replace(columns={**mapped.columns, column.strip(): path.strip() or None})
        print_text("" if equals else "Type the title of a column, `=` and a field\n")
    return mapped


def _questions(prepared: Prepared) -> list[Question]:
    """Return what can be asked; last of all, whether to leave out what can't be read."""
    found = [each.question for each in prepared.problems if each.question]
    if not found and prepared.problems and all(each.can_leave_out for each in prepared.problems):
        lines = "".join(f"  {each.line}\n" for each in prepared.problems)
        found.append(Question(("leave_out",), f"{lines}Leave them out?", ("yes", "no"), "--leave-out"))
    return found


def _ask(question: Question) -> str:
    if question.setting[0] == "columns":
        how = "a field such as `notes`, `new` for a field of your own, or empty to leave it out"
        print_text(f"{question.text}: {how}\n")
    elif question.choices:
        print_text(f"{question.text}\n  One of: {', '.join(question.choices)}\n")
    else:
        print_text(f"{question.text}\n")
    if question.cell:
        print_text("  `skip` leaves the cell out\n")
    while True:
        answer = _input(question.option)
        if question.cell and answer in _SKIP:
            return answer
        if not question.choices or answer in question.choices or question.setting[0] in {"set", "values"}:
            return answer
        choices = (*question.choices, *_SKIP[:1]) if question.cell else question.choices
        print_text(f"Use one of: {', '.join(choices)}\n")


def _input(option: str) -> str:
    try:
        return input("> ").strip()
    except EOFError as error:
        raise UsageError(f"No answer. Add `{option.strip('`')}`") from error


def with_answer(mapped: Mapped, question: Question, answer: str) -> Mapped:
    """Return a mapping with the answer to a question."""
    name, *rest = question.setting
    if name == "columns":
        if answer == "new":
            return mapped._replace(create=[*mapped.create, field_for(rest[0])])
        return mapped._replace(columns={**mapped.columns, rest[0]: answer or None})
    if name == "leave_out":
        return mapped._replace(leave_out=answer == "yes")
    if name == "create":
        return mapped._replace(create=[*mapped.create, rest[0]]) if answer == "yes" else mapped
    changes: dict[str, Any] = {name: answer}
    if name == "set":
        changes = {"set": {**mapped.set, rest[0]: resolve_plain(answer)}}
    elif name == "values":
        words = {**mapped.values.get(rest[0], {}), rest[1]: resolve_plain(answer)}
        changes = {"values": {**mapped.values, rest[0]: words}}
    return mapped._replace(**changes) if answer else mapped
