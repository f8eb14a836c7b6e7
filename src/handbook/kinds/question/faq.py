"""Frequently asked questions, by topic."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.kinds.any.basis import Basis
from handbook.link.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Faq:
    """All questions by topic.

    Attributes:
        topics: The questions of each topic, with the topics in the order of the schema.
    """

    topics: tuple[tuple[str, tuple[Entry, ...]], ...]


def faq(basis: Basis) -> Faq:
    """Show every question with its answer, by topic, in the order of the file."""
    topics = basis.catalogue.kind("question").shape.properties["topic"].choices
    questions = sorted(
        basis.catalogue.entries("question").values(),
        key=lambda question: (question.path, question.span.line, question.id),
    )
    found = (
        (str(topic), tuple(question for question in questions if question.data["topic"] == topic))
        for topic in topics
    )
    return Faq(tuple((topic, asked) for topic, asked in found if asked))
