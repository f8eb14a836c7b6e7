"""Ask on a terminal what an import can't decide. Without a terminal, the problems stay."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text
from handbook.imports.importing import Prepared
from handbook.imports.mapping import Mapped
from handbook.imports.problems import Question
from handbook.read.yaml.scalars import resolve_plain


def answered(attempt: Callable[[Mapped], Prepared], mapped: Mapped) -> Prepared:
    """Return an import with all questions answered that can be.

    Args:
        attempt: Prepares the import with a mapping.
        mapped: The mapping.
    """
    prepared = attempt(mapped)
    asked: set[tuple[str, ...]] = set()
    while sys.stdin.isatty() and sys.stdout.isatty():
        questions = [each.question for each in prepared.problems if each.question]
        question = next((each for each in questions if each.setting not in asked), None)
        if question is None:
            break
        asked.add(question.setting)
        mapped = with_answer(prepared.mapped, question, _ask(question))
        prepared = attempt(mapped)
    return prepared


def _ask(question: Question) -> str:
    if question.setting[0] == "columns":
        how = "a field such as `notes`, `new` for a field of your own, or empty to leave it out"
        print_text(f"{question.text}: {how}\n")
    elif question.choices:
        print_text(f"{question.text}\n  One of: {', '.join(question.choices)}\n")
    else:
        print_text(f"{question.text}\n")
    while True:
        try:
            answer = input("> ").strip()
        except EOFError as error:
            raise UsageError(f"No answer. Add {question.option}") from error
        if not question.choices or answer in question.choices or question.setting[0] in {"set", "values"}:
            return answer
        print_text(f"Use one of: {', '.join(question.choices)}\n")


def with_answer(mapped: Mapped, question: Question, answer: str) -> Mapped:
    """Return a mapping with the answer to a question."""
    name, *rest = question.setting
    if name == "columns":
        if answer == "new":
            return mapped._replace(create=[*mapped.create, "fields"])
        return mapped._replace(columns={**mapped.columns, rest[0]: answer or None})
    if name == "create":
        return mapped._replace(create=[*mapped.create, rest[0]]) if answer == "yes" else mapped
    changes: dict[str, Any] = {name: answer}
    if name == "set":
        changes = {"set": {**mapped.set, rest[0]: resolve_plain(answer)}}
    elif name == "values":
        words = {**mapped.values.get(rest[0], {}), rest[1]: resolve_plain(answer)}
        changes = {"values": {**mapped.values, rest[0]: words}}
    return mapped._replace(**changes) if answer else mapped
