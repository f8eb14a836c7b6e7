"""Frequently asked questions, by topic."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.kinds.any.basis import Basis, used_values
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Faq:
    """All questions by topic.

    Attributes:
        topics: The questions of each topic, with the topics in the order of the schema.
    """

    topics: tuple[tuple[str, tuple[Entry, ...]], ...]


@figure({"question": ("topic", "answer")})
def faq(basis: Basis) -> Faq:
    """Show every question with its answer, by topic, in the order of the file."""
    questions = sorted(
        basis.entries("question"), key=lambda question: (question.path, question.span.line, question.id)
    )
    return Faq(
        tuple(
            (topic, tuple(question for question in questions if question.data.get("topic") == topic))
            for topic in used_values(questions, "topic")
        )
    )
