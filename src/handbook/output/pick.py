"""Terminal report of the tools that suit a team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.base.choices import spoken
from handbook.base.words import visible
from handbook.kinds.tool.picker import CategoryAnswer


def render(answers: Sequence[CategoryAnswer]) -> str:
    """Render the tools of each category, best first, with reasons for and against each."""
    blocks = ["\n".join(_block(answer)) for answer in answers]
    return "\n\n".join(blocks or ["No tools found."]) + "\n"


def _block(answer: CategoryAnswer) -> Iterator[str]:
    yield visible(spoken(answer.category).upper())
    for rank, candidate in enumerate(answer.candidates, 1):
        questions = len(candidate.suits) + len(candidate.unmet)
        met = "suits" if not candidate.unmet else f"suits {len(candidate.suits)} of {questions}"
        met = candidate.against or met
        yield visible(f"{rank}. {candidate.tool.name} ({candidate.note}): {met}")
        yield from (f"   + {reason}" for reason in candidate.suits)
        yield from (f"   - {reason}" for reason in candidate.unmet)
    for tool in answer.unknown:
        yield visible(f"?  {tool.name}: no suitability data")
