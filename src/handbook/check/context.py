"""What the rules look at: everything that was read, sorted into entries, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from handbook.check.problem import Problem
from handbook.check.schema_errors import SchemaProblem, SchemaProblemKind, schema_problems
from handbook.check.words import lower_first, shown
from handbook.findings import Span
from handbook.read.document import Pointer
from handbook.read.files import Site, Source, files_below
from handbook.read.kinds import Kind
from handbook.read.pages import Page
from handbook.read.shapes import Shape, walk

Side = Literal["value", "key", "start"]


@dataclass(frozen=True, slots=True, eq=False)
class RawEntry:
    """One entry as its file says it, right or wrong.

    Attributes:
        kind: Its kind.
        id: Its id, or an empty string where none can be made out.
        value: What the file says, with the id filled in from the file's name where that gives it.
        source: The file.
        at: Where it begins in the file.
        named_by_file: Whether the file's name is its id.
    """

    kind: Kind
    id: str
    value: Mapping[str, Any]
    source: Source
    at: Pointer
    named_by_file: bool

    def problem_in_text(self, pointer: Pointer, part: str, message: str, hint: str) -> Problem:
        """Something wrong with a part of a text of this entry."""
        span = self.source.document.text_span((*self.at, *pointer), part)
        return replace(self.problem(pointer, message, hint), span=span)

    def problem(self, pointer: Pointer, message: str, hint: str = "", side: Side = "value") -> Problem:
        """Something wrong with a value of this entry.

        Args:
            pointer: The value, from the entry's root.
            message: What is wrong.
            hint: How to mend it.
            side: Point at the value, at its key, or at the first character of the value.
        """
        whole = (*self.at, *pointer)
        document = self.source.document
        span = {"value": document.value_span, "key": document.key_span, "start": document.start_span}[side](
            whole
        )
        return Problem(
            self.source.path, span, message, hint, json_pointer(whole), kind=self.kind.name, id=self.id
        )


@dataclass(frozen=True, slots=True)
class Misshapen:
    """A part of a file that is neither an entry nor a collection of them."""

    source: Source
    span: Span
    message: str
    hint: str
    pointer: str = ""


@dataclass(frozen=True)
class Context:
    """All that was read of a site.

    Attributes:
        site: The folder.
        kinds: The kinds by name.
        schema_problems: What is wrong with the schemas themselves.
        sources: Every file that some kind reads.
        unread: Files among the sources that no kind reads.
        entries: Every entry found in the sources.
        misshapen: Parts of sources that are no entries.
        broken_kinds: Names of kinds of which some file could not be read.
        pages: The hand-written pages.
    """

    site: Site
    kinds: Mapping[str, Kind]
    schema_problems: Sequence[Problem]
    sources: Sequence[Source]
    unread: Sequence[str]
    entries: Sequence[RawEntry]
    misshapen: Sequence[Misshapen]
    broken_kinds: frozenset[str]
    pages: Sequence[Page]

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, RawEntry]]:
        """The first entry of each id, by kind and id."""
        found: dict[str, dict[str, RawEntry]] = defaultdict(dict)
        for entry in self.entries:
            if entry.id:
                found[entry.kind.name].setdefault(entry.id, entry)
        return found

    @cached_property
    def connections(self) -> Sequence[tuple[RawEntry, Pointer, Shape, Any]]:
        """Everything in the entries that points somewhere or can be pointed at, looked for once."""
        return [(entry, *found) for entry in self.entries for found in walk(entry.kind.shape, entry.value)]

    @cached_property
    def mistakes(self) -> Sequence[tuple[RawEntry, SchemaProblem]]:
        """What the schemas say against each entry."""
        return [(entry, problem) for entry in self.entries for problem in _mistakes_of(entry)]

    @cached_property
    def docs_files(self) -> frozenset[str]:
        """Every file of the docs folder, as a path below it."""
        docs = self.site.docs
        return frozenset(
            path.relative_to(docs).as_posix() for path in files_below(docs, ("",)) if path.is_file()
        )

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """Every page there will be, as a path below the docs folder."""
        generated = {f"{kind.page}/index.md" for kind in self.kinds.values()}
        generated |= {
            f"{self.kinds[kind].page}/{entry_id}.md"
            for kind, entries in self.ids.items()
            for entry_id in entries
        }
        return frozenset(generated | {page.path for page in self.pages})


def _mistakes_of(entry: RawEntry) -> Iterator[SchemaProblem]:
    for problem in schema_problems(entry.kind.validator, entry.kind.shape, entry.value):
        yield _about_file_name(problem, entry) if _is_of_file_name(problem, entry) else problem
    # Schemas leave the id open: a file with one entry takes it from the file's name.
    if "id" not in entry.value:
        field = entry.kind.shape.field("id")
        hint = f"add `id: …`: {lower_first(field.description)}" if field else "add `id: …`"
        yield SchemaProblem(SchemaProblemKind.MISSING, (), "`id` is missing", hint, at_start=True)


def _is_of_file_name(problem: SchemaProblem, entry: RawEntry) -> bool:
    """Whether a problem is about an id that the file does not say, but gives by its name."""
    document = entry.source.document.value
    return (
        entry.named_by_file
        and tuple(problem.pointer) == ("id",)
        and isinstance(document, dict)
        and "id" not in document
    )


def _about_file_name(problem: SchemaProblem, entry: RawEntry) -> SchemaProblem:
    message = f"the file's name gives the id {shown(entry.id)}, which does not have the right form"
    return SchemaProblem(problem.kind, (), message, f"rename the file; {problem.hint}", at_start=True)


def json_pointer(pointer: Pointer) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)
