"""A filled-in document with its template, as the rules check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.span import Span
from handbook.link.catalogue import Catalogue, Entry
from handbook.lint.fields import TEMPLATE, field_problems
from handbook.lint.front_matter import FrontMatter
from handbook.lint.leftovers import Leftover, Leftovers
from handbook.lint.manuscript import Manuscript, take_apart, words
from handbook.lint.outline import Outline, Part, make_outline, sections_of
from handbook.lint.property_values import properties_as_fields, template_of
from handbook.read.schemas.problems import Meant, SchemaProblem
from handbook.read.yaml.document import Document, Pointer, json_pointer
from handbook.read.yaml.respelling import respelled

KIND = "template"

_TELLING = 2
"""The fewest sections in common that show which template a document follows."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A document and its template.

    Attributes:
        path: The path of the document in findings.
        file: Its text, and the faults that prevented reading it.
        catalogue: The entries of the handbook.
        requested: The template from the command line; empty to use the one from the document.
        is_copy: Whether the file itself has another format than the text, so edits can't be described.
    """

    path: str
    file: Document
    catalogue: Catalogue
    requested: str = ""
    is_copy: bool = False

    @cached_property
    def manuscript(self) -> Manuscript:
        """Return the document split into its parts."""
        return take_apart(self.file)

    @cached_property
    def stated_name(self) -> Any:
        """Return the template that the document names, as written."""
        front_matter = self.manuscript.front_matter
        if front_matter.is_missing:
            return template_of(self.manuscript, (each.data for each in self.catalogue.entries(KIND).values()))
        return (front_matter.fields or {}).get(TEMPLATE)

    @cached_property
    def front_matter(self) -> FrontMatter:
        """Return the fields: the front matter, or without one, the lines or the table at the top."""
        front_matter = self.manuscript.front_matter
        if front_matter.is_missing and (self.template or self.stated_name):
            return properties_as_fields(self.manuscript, self.template.data if self.template else {})
        return front_matter

    @cached_property
    def stated(self) -> Entry | None:
        """Return the template that the document names, if it exists."""
        name = self.stated_name
        templates = self.catalogue.entries(KIND)
        former = (entry for entry in templates.values() if name in entry.data.get("former_ids", ()))
        named = (entry for entry in templates.values() if self.manuscript.front_matter.is_missing and name)
        by_name = (entry for entry in named if words(str(name)) in _names(entry))
        return templates.get(str(name)) or next(former, None) or next(by_name, None)

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
    def likely(self) -> str:
        """Return the ID of the template whose sections the document has; empty if none is likely."""
        counts = {
            name: self._sections_in_common(entry) for name, entry in self.catalogue.entries(KIND).items()
        }
        most = max(counts.values(), default=0)
        best = [name for name, count in counts.items() if count == most]
        return best[0] if len(best) == 1 and most >= _TELLING else ""

    def _sections_in_common(self, template: Entry) -> int:
        outline = make_outline(self.manuscript.parts, sections_of(template.data))
        return len({section.index for _, part, section in outline.found if not part.is_misspelt})

    @cached_property
    def outline(self) -> Outline | None:
        """Return the sections, if the template is known."""
        if self.template is None:
            return None
        return make_outline(self.manuscript.parts, sections_of(self.template.data))

    @cached_property
    def field_problems(self) -> Sequence[SchemaProblem]:
        """Return the problems of the fields, if they can be read and the template is known."""
        fields = self.front_matter.fields
        if fields is None or self.template is None:
            return ()
        return field_problems(self.template.data, fields, in_yaml=not self.front_matter.is_lines)

    @cached_property
    def empty(self) -> Sequence[Part]:
        """Return the required sections without any text."""
        found = self.outline.found if self.outline else ()
        filled_in = {section.index for _, part, section in found if part.blocks}
        return [
            part
            for _, part, section in found
            if section.required and not part.is_repeated and section.index not in filled_in
        ]

    def is_in_empty_section(self, line: int) -> bool:
        """Return whether a line is in a section that is reported as a whole."""
        return bool(self.outline and self.outline.part_at(line) in self.empty)

    @cached_property
    def property_lines(self) -> AbstractSet[int]:
        """Return the lines with the fields, unless they are front matter."""
        fields, document = self.front_matter.fields or {}, self.front_matter.document
        return {document.key_span((name,)).line for name in fields} if self.front_matter.is_lines else set()

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

    def problem(
        self, span: Span, message: str, hint: str, pointer: str = "", fix: Fix | None = None
    ) -> Problem:
        """Return a problem of the document."""
        return Problem(self.path, span, message, hint, pointer, correction=fix)

    def fix(self, edits: Mapping[Span, str], *, is_safe: bool) -> Fix | None:
        """Return a fix that replaces parts of the document; `None` for a copy of another format."""
        if self.is_copy:
            return None
        return Fix(tuple(Edit(self.path, span, text) for span, text in edits.items()), is_safe=is_safe)

    def text_at(self, span: Span) -> str:
        """Return the text of a span on one line."""
        return self.file.line(span.line)[span.column - 1 : span.end_column - 1]

    def field_problem(self, found: SchemaProblem) -> Problem:
        """Return a problem of a field."""
        document = self.front_matter.document
        at_start = document.start_span if found.at_start else document.value_span
        place = document.key_span if found.at_key else at_start
        fix = self.respelling(found.pointer, found.meant, "key" if found.at_key else "value")
        return self.problem(place(found.pointer), found.message, found.hint, json_pointer(found.pointer), fix)

    def respelling(
        self, pointer: Pointer, meant: Meant | None, side: Literal["value", "key"] = "value"
    ) -> Fix | None:
        """Return a fix that replaces a value in the front matter, or its key, by the one that was meant."""
        if meant is None or self.front_matter.is_lines:
            return None
        document = self.front_matter.document
        return respelled(document, self.path, pointer, meant.value, side, is_safe=meant.is_safe)


def _names(template: Entry) -> AbstractSet[tuple[str, ...]]:
    """Return what people call a template: its ID, its name, and the part of its name in brackets."""
    long, _, short = template.short_name.partition("(")
    return {words(name) for name in (template.id, template.name, template.brief_name, long, short)}
