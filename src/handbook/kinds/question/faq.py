"""Frequently asked questions, by topic."""

from __future__ import annotations

from handbook.kinds.any.basis import Basis, used_values
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry


@figure({"question": ("topic", "answer")})
def faq(basis: Basis) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Show every question with its answer, by topic, in the order of the file."""
    questions = sorted(
        basis.entries("question"), key=lambda question: (question.path, question.span.line, question.id)
    )
    return tuple(
        (topic, tuple(question for question in questions if question.data.get("topic") == topic))
        for topic in used_values(questions, "topic")
    )
