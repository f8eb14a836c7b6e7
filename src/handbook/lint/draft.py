"""A filled-in document with its template, as the rules check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from handbook.base.problem import Problem
from handbook.base.span import Span
from handbook.link.catalogue import Catalogue, Entry
from handbook.lint.fields import TEMPLATE, field_problems
from handbook.lint.leftovers import Leftover, Leftovers
from handbook.lint.manuscript import Manuscript, take_apart
from handbook.lint.outline import Outline, make_outline, sections_of
from handbook.read.schemas.problems import SchemaProblem
from handbook.read.yaml.document import Document, json_pointer

KIND = "template"


@dataclass(frozen=True, eq=False)
class Draft:
    """A document and its template.

    Attributes:
        path: The path of the document in findings.
        file: Its text, and the faults that prevented reading it.
        catalogue: The entries of the handbook.
        requested: The template from the command line; empty to use the one from the document.
    """

    path: str
    file: Document
    catalogue: Catalogue
    requested: str = ""

    @cached_property
    def manuscript(self) -> Manuscript:
        """Return the document split into its parts."""
        return take_apart(self.file)

    @cached_property
    def stated(self) -> Entry | None:
        """Return the template that the document names, if it exists."""
        name = (self.manuscript.front_matter.fields or {}).get(TEMPLATE)
        templates = self.catalogue.entries(KIND)
        former = (entry for entry in templates.values() if name in entry.data.get("former_ids", ()))
        return templates.get(str(name)) or next(former, None)

    @cached_property
    def template(self) -> Entry | None:
        """Return the template to check against.

        `None` if it is unknown or ambiguous, or there is no text to check.
        """
        if self.file.faults:
            return None
        if not self.requested:
            return self.stated
        requested = self.catalogue.entry(KIND, self.requested)
        return requested if self.stated in {None, requested} else None

    @cached_property
    def outline(self) -> Outline | None:
        """Return the sections, if the template is known."""
        if self.template is None:
            return None
        return make_outline(self.manuscript.parts, sections_of(self.template.data))

    @cached_property
    def field_problems(self) -> Sequence[SchemaProblem]:
        """Return the problems of the fields, if they can be read and the template is known."""
        fields = self.manuscript.front_matter.fields
        if fields is None or self.template is None:
            return ()
        return field_problems(self.template.data, fields)

    @cached_property
    def guidance_left(self) -> Sequence[Leftover]:
        """Return guidance of the template that is still in the document."""
        if self.outline is None:
            return ()
        guidance = Leftovers(self.outline.sections, lambda section: section.guidance)
        return guidance.find(self.outline.parts, short=True)

    @cached_property
    def examples_left(self) -> Sequence[Leftover]:
        """Return pieces of the template's examples that are still in the document."""
        if self.outline is None:
            return ()
        examples = Leftovers(self.outline.sections, lambda section: section.example)
        return examples.find(self.outline.parts, short=False)

    def problem(self, span: Span, message: str, hint: str, pointer: str = "") -> Problem:
        """Return a problem of the document."""
        return Problem(self.path, span, message, hint, pointer)

    def field_problem(self, found: SchemaProblem) -> Problem:
        """Return a problem of a field."""
        document = self.manuscript.front_matter.document
        at_start = document.start_span if found.at_start else document.value_span
        place = document.key_span if found.at_key else at_start
        return self.problem(place(found.pointer), found.message, found.hint, json_pointer(found.pointer))
