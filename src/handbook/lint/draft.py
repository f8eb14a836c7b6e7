"""What the rules about filled-in documents look at: a document, and the template it was copied from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from handbook.check.context import json_pointer
from handbook.check.problem import Problem
from handbook.check.schema_problems import SchemaProblem
from handbook.findings import Span
from handbook.link.catalogue import Catalogue, Entry
from handbook.lint.fields import TEMPLATE, field_problems
from handbook.lint.leftovers import Leftover, Leftovers
from handbook.lint.manuscript import Manuscript, take_apart
from handbook.lint.outline import Outline, make_outline, sections_of
from handbook.read.document import Document

KIND = "template"


@dataclass(frozen=True, eq=False)
class Draft:
    """A document and its template.

    Attributes:
        path: The document, as findings show it.
        file: Its text, and what kept it from being read.
        catalogue: The entries of the handbook.
        wanted: The template that whoever asked has named; empty when the document says it.
    """

    path: str
    file: Document
    catalogue: Catalogue
    wanted: str = ""

    @cached_property
    def manuscript(self) -> Manuscript:
        """The document with its parts told apart."""
        return take_apart(self.file)

    @cached_property
    def stated(self) -> Entry | None:
        """The template that the document itself names, when there is one of that id."""
        name = (self.manuscript.front_matter.fields or {}).get(TEMPLATE)
        templates = self.catalogue.entries(KIND)
        former = (entry for entry in templates.values() if name in entry.data.get("former_ids", ()))
        return templates.get(str(name)) or next(former, None)

    @cached_property
    def template(self) -> Entry | None:
        """The template to check against.

        `None` when it is not known or named in two ways, or there is no text to check.
        """
        if self.file.faults:
            return None
        if not self.wanted:
            return self.stated
        wanted = self.catalogue.entry(KIND, self.wanted)
        return wanted if self.stated in {None, wanted} else None

    @cached_property
    def outline(self) -> Outline | None:
        """The sections, when the template is known."""
        if self.template is None:
            return None
        return make_outline(self.manuscript.parts, sections_of(self.template.data))

    @cached_property
    def field_problems(self) -> Sequence[SchemaProblem]:
        """What is wrong with the fields, when they can be read and the template is known."""
        fields = self.manuscript.front_matter.fields
        if fields is None or self.template is None:
            return ()
        return field_problems(self.template.data, fields)

    @cached_property
    def guidance_left(self) -> Sequence[Leftover]:
        """Guidance of the template that still stands in the document."""
        if self.outline is None:
            return ()
        guidance = Leftovers(self.outline.sections, lambda section: section.guidance)
        return guidance.find(self.outline.parts, short=True)

    @cached_property
    def examples_left(self) -> Sequence[Leftover]:
        """Pieces of the template's examples that stand in the document."""
        if self.outline is None:
            return ()
        examples = Leftovers(self.outline.sections, lambda section: section.example)
        return examples.find(self.outline.parts, short=False)

    def problem(self, span: Span, message: str, hint: str, pointer: str = "") -> Problem:
        """Something wrong with the document."""
        return Problem(self.path, span, message, hint, pointer)

    def field_problem(self, found: SchemaProblem) -> Problem:
        """Something wrong with a field."""
        document = self.manuscript.front_matter.document
        at_start = document.start_span if found.at_start else document.value_span
        place = document.key_span if found.at_key else at_start
        return self.problem(place(found.pointer), found.message, found.hint, json_pointer(found.pointer))
