"""What the rules look at: everything that was read, sorted into entries, once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal, NamedTuple

from handbook.check.audience_fields import unclear_lines
from handbook.check.problem import Problem
from handbook.check.schema_problems import SchemaProblem, SchemaProblemKind, schema_problems
from handbook.check.swallowed import SwallowedField, may_swallow, swallowed_fields
from handbook.check.words import Names, first_sentence, shown
from handbook.findings import MOST_OF_A_FILE, Span
from handbook.read.document import Pointer
from handbook.read.files import Site, Source
from handbook.read.former_ids import FORMER, former_name
from handbook.read.former_names import FormerName
from handbook.read.kinds import Kind
from handbook.read.pages import CHANGES_PAGE, Page
from handbook.read.settings import Settings, make_settings
from handbook.read.shapes import Shape, walk
from handbook.read.tree import Tree

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Side = Literal["value", "key", "start"]


class RawEntry(NamedTuple):
    """One entry as its file says it, right or wrong.

    Attributes:
        kind: Its kind.
        id: Its id, or an empty string where none can be made out.
        value: What the file says, with the id filled in from the file's name where that gives it.
        source: The file.
        at: Where it begins in the file.
        named_by_file: Whether the file's name is its id.
        former_names: The former names in the file. The value has the current ones.
    """

    kind: Kind
    id: str
    value: Mapping[str, Any]
    source: Source
    at: Pointer
    named_by_file: bool
    former_names: Sequence[FormerName] = ()

    def problem_in_text(
        self, pointer: Pointer, part: str, message: str, hint: str | Callable[[], str], before: int = 0
    ) -> Problem:
        """Something wrong with a part of a text; `before` counts the same part earlier in it."""
        place = partial(self.source.document.text_span, (*self.at, *pointer), part, before)
        return self.problem(pointer, message, hint)._replace(place=place)

    def problem(
        self, pointer: Pointer, message: str, hint: str | Callable[[], str] = "", side: Side = "value"
    ) -> Problem:
        """Something wrong with a value of this entry.

        Args:
            pointer: The value, from the entry's root.
            message: What is wrong.
            hint: How to mend it.
            side: Point at the value, at its key, or at the first character of the value.
        """
        whole = (*self.at, *pointer)
        document = self.source.document
        span = {"value": document.value_span, "key": document.key_span, "start": document.start_span}[side]
        return Problem(
            self.source.path,
            partial(span, whole),
            message,
            hint,
            json_pointer(whole),
            kind=self.kind.name,
            id=self.id,
        )


class Misshapen(NamedTuple):
    """A part of a file that is neither an entry nor a collection of them."""

    source: Source
    place: Span | Callable[[], Span]
    message: str
    hint: str
    pointer: str = ""


class Misspelt(NamedTuple):
    """An id that is misspelt where it is given.

    Attributes:
        entry: The entry.
        meant: The id that its references name.
        places: The entries that refer to it, with the place in each.
    """

    entry: RawEntry
    meant: str
    places: Sequence[tuple[RawEntry, Pointer]]


class Read(NamedTuple):
    """All that was read of a site.

    Attributes:
        site: The folder.
        tree: Its files.
        today: The day that rules about dates take for today.
        kinds: The kinds by name.
        schema_problems: What is wrong with the schemas themselves.
        settings_kind: What the settings may say.
        setting: What the file with the settings says, when there is one.
        sources: Every file that some kind reads.
        unread: Files among the sources that no kind reads.
        entries: Every entry found in the sources.
        misshapen: Parts of sources that are no entries.
        broken_kinds: Names of kinds of which some file could not be read.
        pages: The hand-written pages.
        page_kind: What pages may say of themselves.
        imprints: What pages do say: whose each is, and when it was reviewed.
    """

    site: Site
    tree: Tree
    today: date
    kinds: Mapping[str, Kind]
    schema_problems: Sequence[Problem]
    settings_kind: Kind | None
    setting: RawEntry | None
    sources: Sequence[Source]
    unread: Sequence[str]
    entries: Sequence[RawEntry]
    misshapen: Sequence[Misshapen]
    broken_kinds: frozenset[str]
    pages: Sequence[Page]
    page_kind: Kind | None
    imprints: Sequence[RawEntry]


class Context(Read):
    """All that was read of a site, and what rules ask about it, worked out once."""

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, RawEntry]]:
        """The first entry of each id, by kind and id."""
        found: dict[str, dict[str, RawEntry]] = defaultdict(dict)
        for entry in self.entries:
            if entry.id:
                found[entry.kind.name].setdefault(entry.id, entry)
        return found

    @cached_property
    def documents(self) -> Sequence[Source]:
        """Everything that was read as YAML: the sources, and the front matter of pages."""
        front_matter = (Source(page.shown_path, page.document) for page in self.pages if page.front_matter)
        return [*self.sources, *front_matter]

    @property
    def unreadable_pages(self) -> Sequence[Source]:
        """The pages of which no text could be made, with what is wrong."""
        return [Source(page.shown_path, page.file) for page in self.pages if page.file.faults]

    @cached_property
    def unclear_lines(self) -> Mapping[str, Sequence[Problem]]:
        """Return what may be meant for a field of a page and is not read as one, by the path of the page."""
        fields = self.page_kind.shape.properties if self.page_kind else ()
        found = {page.path: list(unclear_lines(page, fields)) for page in self.pages}
        return {path: problems for path, problems in found.items() if problems}

    @cached_property
    def unclear_pages(self) -> frozenset[str]:
        """Return the pages, by path, of which it is not certain what they say of themselves."""
        return frozenset(page.path for page in self.pages if page.faults or page.path in self.unclear_lines)

    @cached_property
    def connections(self) -> Sequence[tuple[RawEntry, Pointer, Shape, Any]]:
        """Everything in entries, pages and settings that points somewhere or can be pointed at, once."""
        speaking = (*self.entries, *self.imprints, *filter(None, [self.setting]))
        return [(entry, *found) for entry in speaking for found in walk(entry.kind.shape, entry.value)]

    @cached_property
    def misfits(self) -> Sequence[RawEntry]:
        """The entries that their schemas have something to say against."""
        return [
            entry
            for entry in self.entries
            if "id" not in entry.value or not entry.kind.validator.fits(entry.value)
        ]

    @cached_property
    def mistakes(self) -> Sequence[tuple[RawEntry, SchemaProblem]]:
        """What the schemas say against each entry; of one file not much more than is shown."""
        lost = {id(entry): found for entry, found in self.swallowed}
        found: list[tuple[RawEntry, SchemaProblem]] = []
        of_file: Counter[str] = Counter()
        for entry in self.misfits:
            if of_file[entry.source.path] > MOST_OF_A_FILE:
                continue
            for problem in _mistakes_of(entry):
                if id(entry) not in lost or not _follows(problem, lost[id(entry)]):
                    of_file[entry.source.path] += 1
                    found.append((entry, problem))
        for other in (*filter(None, [self.setting]), *self.imprints):
            wrong = schema_problems(other.kind.validator, other.kind.shape, other.value)
            found += [(other, problem) for problem in wrong]
        return found

    @cached_property
    def sound_entries(self) -> Sequence[RawEntry]:
        """The entries that neither YAML nor their schemas have anything to say against.

        What is missing from another may only be misspelt, and that has been reported.
        """
        unsound = {id(entry) for entry in self.misfits} | {id(entry) for entry, _ in self.swallowed}
        return [
            entry for entry in self.entries if id(entry) not in unsound and not entry.source.document.faults
        ]

    @cached_property
    def settings(self) -> Settings:
        """The settings, as far as they are right."""
        if self.setting is None:
            return Settings()
        wrong = frozenset(tuple(problem.pointer) for entry, problem in self.mistakes if entry is self.setting)
        return make_settings(self.setting.value, wrong)

    @cached_property
    def swallowed(self) -> Sequence[tuple[RawEntry, SwallowedField]]:
        """Fields that a quote which is not closed has made part of a text."""
        files = {source.path for source in self.sources if may_swallow(source.document.text)}
        return [
            (entry, found)
            for entry in self.entries
            if entry.source.path in files
            for found in swallowed_fields(entry.source.document, entry.at, entry.kind.shape, entry.value)
        ]

    @cached_property
    def uncertain_kinds(self) -> frozenset[str]:
        """Kinds of which some entry may be there without being known: its file or its id is wrong."""
        wrong_ids = {entry.kind.name for entry in self.entries if not _ID.fullmatch(entry.id)}
        lost = {entry.kind.name for entry, _ in self.swallowed}
        # Of two entries with one id, one has lost its own.
        twice = {
            entry.kind.name for entry in self.entries if self.ids[entry.kind.name].get(entry.id) is not entry
        }
        return self.broken_kinds | wrong_ids | lost | twice

    @cached_property
    def former(self) -> Mapping[tuple[str, str], RawEntry]:
        """The entries that ids of earlier days lead to, by kind and such an id."""
        found: dict[tuple[str, str], RawEntry] = {}
        for kind, entries in self.ids.items():
            for entry in entries.values():
                names = entry.value.get(FORMER)
                for written in names if isinstance(names, list) else ():
                    before, entry_id = former_name(kind, str(written))
                    if entry_id not in self.ids.get(before, {}):
                        found.setdefault((before, entry_id), entry)
        return found

    @cached_property
    def misspelt_ids(self) -> Mapping[tuple[str, str], Misspelt]:
        """Ids that several references name, and that are misspelt where they are given.

        They are known by an entry with nearly that id that nothing refers to.
        """
        wanted: dict[tuple[str, str], list[tuple[RawEntry, Pointer]]] = defaultdict(list)
        used: set[tuple[str, str]] = set()
        for entry, pointer, shape, value in self.connections:
            kinds = [kind for kind in shape.refs if kind in self.kinds] if isinstance(value, str) else []
            known = [(kind, value) for kind in kinds if value in self.ids.get(kind, {})]
            used.update(known)
            # An id of earlier days is not misspelt.
            if not known and not any((kind, value) in self.former for kind in kinds):
                for kind in kinds:
                    wanted[kind, value].append((entry, pointer))
        spare = {
            kind: Names(name for name in ids if (kind, name) not in used) for kind, ids in self.ids.items()
        }
        found = {}
        for (kind, name), places in wanted.items():
            near = spare[kind].nearest(name) if len(places) > 1 and kind in spare else None
            if near:
                found[kind, name] = Misspelt(self.ids[kind][near], name, places)
        return found

    @cached_property
    def names(self) -> Mapping[str, Names]:
        """The ids of each kind, to look for the one that was meant."""
        return {kind: Names(self.ids.get(kind, ())) for kind in self.kinds}

    @cached_property
    def docs_files(self) -> frozenset[str]:
        """Every file of the docs folder, as a path below it."""
        docs = self.site.docs
        return frozenset(path.relative_to(docs).as_posix() for path in self.tree.below(docs))

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """Every page there will be, as a path below the docs folder."""
        generated = {f"{kind.page}/index.md" for kind in self.kinds.values()}
        generated |= {
            f"{self.kinds[kind].page}/{entry_id}.md"
            for kind, entries in self.ids.items()
            for entry_id in entries
        }
        made = {CHANGES_PAGE}.intersection(self.site.navigation or ())
        return frozenset(generated | made | {page.path for page in self.pages})


def _mistakes_of(entry: RawEntry) -> Iterator[SchemaProblem]:
    for problem in schema_problems(entry.kind.validator, entry.kind.shape, entry.value):
        yield _about_file_name(problem, entry) if _is_of_file_name(problem, entry) else problem
    # Schemas leave the id open: a file with one entry takes it from the file's name.
    if "id" not in entry.value:
        field = entry.kind.shape.field("id")
        hint = f"Add `id: …`: {first_sentence(field.description)}" if field else "Add `id: …`"
        yield SchemaProblem(SchemaProblemKind.MISSING, (), "Missing field `id`", hint, at_start=True)


def _follows(problem: SchemaProblem, lost: SwallowedField) -> bool:
    """Whether a mistake is there only because a text has swallowed fields."""
    is_missing = problem.kind is SchemaProblemKind.MISSING
    return tuple(problem.pointer) == tuple(lost.pointer) or (
        is_missing and tuple(problem.pointer) == tuple(lost.pointer[: len(problem.pointer)])
    )


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
    message = f"Invalid ID {shown(entry.id)} from the file name"
    return SchemaProblem(problem.kind, (), message, f"Rename the file. {problem.hint}", at_start=True)


def json_pointer(pointer: Pointer) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)
