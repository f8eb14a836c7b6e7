"""How complete a document is, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handbook.base.findings import Finding
from handbook.lint.draft import Draft
from handbook.lint.fields import declared, is_empty
from handbook.lint.matching import Section

_UNFINISHED = frozenset({"HB516", "HB517", "HB518", "HB520"})
"""The rules about text that its writer still has to replace or complete."""


class State(StrEnum):
    """The state of a section."""

    COMPLETE = "complete"
    UNFINISHED = "unfinished"
    EMPTY = "empty"
    MISSING = "missing"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """A section of the template in a document.

    Attributes:
        name: Its name in the template.
        is_required: Whether it is required. Only an optional section can be left out.
        state: Its state.
        line: The line of its heading; 0 if it is not there.
    """

    name: str
    is_required: bool
    state: State
    line: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How complete a document is.

    Attributes:
        path: The path of the document.
        template: The ID of its template.
        title: The name of its template.
        sections: The sections of the template, in its order.
        fields: The number of required fields.
        valid_fields: The number of required fields with a valid value.
    """

    path: str
    template: str
    title: str
    sections: Sequence[SectionProgress]
    fields: int
    valid_fields: int

    @property
    def required(self) -> int:
        """Return the number of required sections."""
        return sum(section.is_required for section in self.sections)

    @property
    def complete(self) -> int:
        """Return the number of required sections that are complete."""
        return sum(section.is_required and section.state is State.COMPLETE for section in self.sections)

    @property
    def is_complete(self) -> bool:
        """Return whether nothing is left to write: optional sections are complete or left out."""
        states = {section.state for section in self.sections}
        return self.fields == self.valid_fields and states <= {State.COMPLETE, State.LEFT_OUT}


def progress_of(draft: Draft, findings: Iterable[Finding]) -> Progress | None:
    """Return how complete a document is; `None` if its template is unknown.

    Args:
        draft: The document.
        findings: Its findings.
    """
    outline, template = draft.outline, draft.template
    if outline is None or template is None:
        return None
    parts = [outline.part_at(finding.span.line) for finding in findings if finding.code in _UNFINISHED]
    unfinished = {part.section.index for part in parts if part.section}
    empty = {part.section.index for part in draft.empty if part.section}
    lines = {section.index: heading.span.line for heading, _, section in reversed(outline.found)}
    sections = [
        SectionProgress(
            section.name,
            section.required,
            _state(section, lines, empty, unfinished),
            lines.get(section.index, 0),
        )
        for section in outline.sections
    ]
    required = [name for name, field in declared(template.data).items() if field.get("required")]
    wrong = {found.pointer[0] for found in draft.field_problems if found.pointer}
    values = draft.front_matter.fields or {}
    valid = [name for name in required if name not in wrong and not is_empty(values.get(name))]
    return Progress(draft.path, template.id, template.name, sections, len(required), len(valid))


def _state(section: Section, present: Iterable[int], empty: set[int], unfinished: set[int]) -> State:
    if section.index not in set(present):
        return State.MISSING if section.required else State.LEFT_OUT
    if section.index in empty:
        return State.EMPTY
    return State.UNFINISHED if section.index in unfinished else State.COMPLETE
