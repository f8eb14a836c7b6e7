"""The tools that suit a team, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.check.words import visible
from handbook.figures.tool_picker import Answer


def render(answers: Sequence[Answer]) -> str:
    """The tools of each category, the best first, with the reasons for and against each."""
    blocks = ["\n".join(_block(answer)) for answer in answers]
    return "\n\n".join(blocks or ["There are no tools."]) + "\n"


def _block(answer: Answer) -> Iterator[str]:
    yield visible(answer.category.replace("-", " ").upper())
    for rank, candidate in enumerate(answer.candidates, 1):
        questions = len(candidate.suits) + len(candidate.lacks)
        met = "suits" if not candidate.lacks else f"suits {len(candidate.suits)} of {questions}"
        yield visible(f"{rank}. {candidate.tool.name} ({candidate.note}): {met}")
        yield from (f"   + {reason}" for reason in candidate.suits)
        yield from (f"   - {reason}" for reason in candidate.lacks)
    for tool in answer.unknown:
        yield visible(f"?  {tool.name}: its entry does not say whom it suits")
