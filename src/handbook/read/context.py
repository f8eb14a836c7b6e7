"""The context of all rules: everything read from a site, split into entries.

It is long because each derived value is one property, and most of them need another.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from handbook.base.findings import MOST_OF_A_FILE, Span
from handbook.base.problem import Problem
from handbook.base.words import Names, first_sentence, shown
from handbook.read.audience_fields import unclear_lines
from handbook.read.files import Site, Source
from handbook.read.former_ids import FORMER, former_name
from handbook.read.layers import Layers
from handbook.read.pages import CHANGES_PAGE, PAGE_SUFFIX, Page, address
from handbook.read.schemas.choices import Declared
from handbook.read.schemas.former_names import FormerName
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.problems import SchemaProblem, SchemaProblemKind
from handbook.read.schemas.shapes import Shape, walk
from handbook.read.schemas.switched_off import OffValue
from handbook.read.schemas.words import without_words
from handbook.read.settings import SETTINGS_FILE, Settings, make_settings, merge_settings, trusted_files
from handbook.read.swallowed import SwallowedField, may_swallow, swallowed_fields
from handbook.read.tree import Tree
from handbook.read.yaml.document import Pointer, json_pointer

_ID = re.compile(r"([^/]+/)?[a-z0-9]+(-[a-z0-9]+)*")

Side = Literal["value", "key", "start"]


class RawEntry(NamedTuple):
    """An entry as written in its file, valid or not.

    Attributes:
        kind: Its kind.
        id: Its ID with its namespace, or an empty string if it can't be determined.
        value: The content of the file, with the ID added from the file name if it comes from there.
        source: The file.
        at: The place of the entry in the file.
        named_by_file: Whether the file name is its ID.
        former_names: The former names in the file. The value has the current ones.
        off: The values in the file of fields that are off. The value doesn't have them.
        overrides: Whether it replaces the entry of a layer with the same kind and ID.
    """

    kind: Kind
    id: str
    value: Mapping[str, Any]
    source: Source
    at: Pointer
    named_by_file: bool
    former_names: Sequence[FormerName] = ()
    off: Sequence[OffValue] = ()
    overrides: bool = False

    @property
    def namespace(self) -> str:
        """Return its namespace; empty if it is in none."""
        return self.id.rpartition("/")[0]

    @property
    def plain_value(self) -> Mapping[str, Any]:
        """Return the value for the validator."""
        plain: Mapping[str, Any] = without_words(self.value) if self.kind.shape.has_words else self.value
        return plain

    def problem_in_text(
        self, pointer: Pointer, part: str, message: str, hint: str | Callable[[], str], before: int = 0
    ) -> Problem:
        """Return a problem in a part of a text; `before` counts earlier occurrences of the same part."""
        place = partial(self.source.document.text_span, (*self.at, *pointer), part, before)
        return self.problem(pointer, message, hint)._replace(place=place)

    def problem(
        self, pointer: Pointer, message: str, hint: str | Callable[[], str] = "", side: Side = "value"
    ) -> Problem:
        """Return a problem with a value of this entry.

        Args:
            pointer: The value, from the entry's root.
            message: The problem.
            hint: The fix.
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
    """A part of a file that is neither an entry nor a collection of entries."""

    source: Source
    place: Span | Callable[[], Span]
    message: str
    hint: str
    pointer: str = ""


class Misspelt(NamedTuple):
    """An ID that is misspelt in its definition.

    Attributes:
        entry: The entry.
        meant: The ID that its references use.
        places: The entries that refer to it, with the place in each.
    """

    entry: RawEntry
    meant: str
    places: Sequence[tuple[RawEntry, Pointer]]


class Read(NamedTuple):
    """Everything that was read from a site.

    Attributes:
        site: The folder, with its layers.
        layers: The same layers, and what can't be used as a layer.
        tree: The files of all of them.
        today: The current day for rules about dates.
        kinds: The kinds by name.
        kinds_off: The kinds that the settings switch off, by name.
        files_off: The files of those kinds, which aren't read, by the name of the kind.
        schema_problems: The problems of the schemas themselves.
        dropped_requirements: The lists of patches that make required fields optional.
        choices: The choices that the settings can change, by setting and name; none if they change nothing.
        settings_kind: The schema of the settings.
        setting: The content of the settings file, if it exists.
        settings_of_layers: The content of the settings files of layers, the lowest first.
        sources: Every file that belongs to a kind.
        unread: Files among the sources that belong to no kind.
        other_folders: The folders among the sources that are no namespaces, by the path of a file in each.
        entries: Every entry found in the sources, except those that a later layer overrides.
        idle_overrides: The entries that override nothing, although they say so.
        overridden: The entries that a later layer overrides, and the front matter of such pages.
        overridden_pages: The pages of layers that a later layer replaces.
        texts_off: The content of the files of kinds that are off, as text.
        misshapen: Parts of sources that are not entries.
        broken_kinds: Names of kinds with at least one unreadable file.
        pages: The handwritten pages.
        page_kind: The schema of the front matter of pages.
        imprints: The front matter of the pages: owner and review of each.
    """

    site: Site
    layers: Layers
    tree: Tree
    today: date
    kinds: Mapping[str, Kind]
    kinds_off: Mapping[str, Kind]
    files_off: Mapping[str, Sequence[str]]
    schema_problems: Sequence[Problem]
    dropped_requirements: Sequence[Problem]
    choices: Mapping[tuple[str, str], Declared]
    settings_kind: Kind | None
    setting: RawEntry | None
    settings_of_layers: Sequence[RawEntry]
    sources: Sequence[Source]
    unread: Sequence[str]
    other_folders: Mapping[str, str]
    entries: Sequence[RawEntry]
    idle_overrides: Sequence[RawEntry]
    overridden: Sequence[RawEntry]
    overridden_pages: Sequence[Page]
    texts_off: Sequence[str]
    misshapen: Sequence[Misshapen]
    broken_kinds: frozenset[str]
    pages: Sequence[Page]
    page_kind: Kind | None
    imprints: Sequence[RawEntry]


class Context(Read):
    """Everything that was read from a site, with derived data for the rules, calculated once."""

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, RawEntry]]:
        """Return the first entry of each ID, by kind and ID."""
        found: dict[str, dict[str, RawEntry]] = defaultdict(dict)
        for entry in self.entries:
            if entry.id:
                found[entry.kind.name].setdefault(entry.id, entry)
        return found

    @cached_property
    def documents(self) -> Sequence[Source]:
        """Return everything that was read as YAML: the sources and the front matter of pages."""
        front_matter = (Source(page.shown_path, page.document) for page in self.pages if page.front_matter)
        return [*self.sources, *front_matter]

    @property
    def unreadable_pages(self) -> Sequence[Source]:
        """Return the pages that could not be decoded, with their faults."""
        return [Source(page.shown_path, page.file) for page in self.pages if page.file.faults]

    @cached_property
    def unclear_lines(self) -> Mapping[str, Sequence[Problem]]:
        """Return text that might be meant as a field, but isn't read as one, by the path of the page."""
        found = {page.path: list(self._unclear_lines(page)) for page in self.pages}
        return {path: problems for path, problems in found.items() if problems}

    @cached_property
    def unclear_pages(self) -> frozenset[str]:
        """Return the paths of the pages whose front matter is unclear."""
        return frozenset(page.path for page in self.pages if page.faults or page.path in self.unclear_lines)

    def is_clear(self, page: Page) -> bool:
        """Return whether the front matter of a page is clear, also of one that a later layer replaces."""
        return not page.faults and not any(self._unclear_lines(page))

    def _unclear_lines(self, page: Page) -> Iterator[Problem]:
        return unclear_lines(page, self.page_kind.shape.properties if self.page_kind else ())

    @cached_property
    def connections(self) -> Sequence[tuple[RawEntry, Pointer, Shape, Any]]:
        """Return all references and their possible targets in entries, pages and settings, each once."""
        speaking = (*self.entries, *self.imprints, *self._all_settings)
        return [(entry, *found) for entry in speaking for found in walk(entry.kind.shape, entry.value)]

    @cached_property
    def misfits(self) -> Sequence[RawEntry]:
        """Return the entries that don't match their schemas."""
        return [
            entry
            for entry in self.entries
            if "id" not in entry.value or not entry.kind.validator.fits(entry.plain_value)
        ]

    @cached_property
    def mistakes(self) -> Sequence[tuple[RawEntry, SchemaProblem]]:
        """Return the schema errors of each entry; of one file, not many more than are shown."""
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
        for other in (*self._all_settings, *self.imprints):
            wrong = schema_problems(other.kind.validator, other.kind.shape, other.value)
            found += [(other, problem) for problem in wrong]
        return found

    @cached_property
    def sound_entries(self) -> Sequence[RawEntry]:
        """Return the entries without YAML faults or schema errors.

        A field that seems missing from another entry might be misspelt, which has been reported.
        """
        unsound = {id(entry) for entry in self.misfits} | {id(entry) for entry, _ in self.swallowed}
        return [
            entry for entry in self.entries if id(entry) not in unsound and not entry.source.document.faults
        ]

    @cached_property
    def settings(self) -> Settings:
        """Return the valid settings, with those that layers hand on."""
        if self.setting is None:
            return Settings()
        wrong = frozenset(tuple(problem.pointer) for entry, problem in self.mistakes if entry is self.setting)
        mistaken = {id(entry) for entry, _ in self.mistakes}
        below = [each.value for each in self.settings_of_layers if id(each) not in mistaken]
        found = make_settings(merge_settings([*below, self.setting.value]), wrong)
        return found._replace(trusted_files=found.trusted_files | self._trusted_pages)

    @cached_property
    def _all_settings(self) -> Sequence[RawEntry]:
        return [*self.settings_of_layers, *filter(None, [self.setting])]

    @cached_property
    def _trusted_of_layers(self) -> frozenset[str]:
        """Return the files that layers trust, as paths in findings."""
        return frozenset(
            f"{each.source.path.removesuffix(SETTINGS_FILE)}{path}"
            for each in self.settings_of_layers
            for path in trusted_files(each.value)
        )

    @property
    def _trusted_pages(self) -> frozenset[str]:
        """Return the pages that layers trust. Other files that they trust are code of their own sites."""
        return frozenset(path for path in self._trusted_of_layers if path.endswith(PAGE_SUFFIX))

    @cached_property
    def swallowed(self) -> Sequence[tuple[RawEntry, SwallowedField]]:
        """Return the fields that became part of a text because a quote is not closed."""
        files = {source.path for source in self.sources if may_swallow(source.document.text)}
        return [
            (entry, found)
            for entry in self.entries
            if entry.source.path in files
            for found in swallowed_fields(entry.source.document, entry.at, entry.kind.shape, entry.value)
        ]

    @cached_property
    def uncertain_kinds(self) -> frozenset[str]:
        """Return the kinds that might have unknown entries, because a file or an ID is invalid."""
        wrong_ids = {entry.kind.name for entry in self.entries if not _ID.fullmatch(entry.id)}
        lost = {entry.kind.name for entry, _ in self.swallowed}
        # Of two entries with the same ID, one has lost its own.
        twice = {
            entry.kind.name for entry in self.entries if self.ids[entry.kind.name].get(entry.id) is not entry
        }
        return self.broken_kinds | wrong_ids | lost | twice

    @cached_property
    def former(self) -> Mapping[tuple[str, str], RawEntry]:
        """Return the entries by their kind and former ID."""
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
        """Return IDs that several references use, but that are misspelt in their definition.

        They are recognised by an entry with a similar ID that nothing refers to.
        """
        wanted: dict[tuple[str, str], list[tuple[RawEntry, Pointer]]] = defaultdict(list)
        used: set[tuple[str, str]] = set()
        for entry, pointer, shape, value in self.connections:
            kinds = [kind for kind in shape.refs if kind in self.kinds] if isinstance(value, str) else []
            known = [(kind, value) for kind in kinds if value in self.ids.get(kind, {})]
            used.update(known)
            # A former ID is not misspelt, and neither is one of a kind that is off.
            if not known and not shape.off and not any((kind, value) in self.former for kind in kinds):
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

    def names_only_off(self, shape: Shape, value: str) -> bool:
        """Return whether a reference names no entry, but could name one of a kind that is switched off."""
        return (
            bool(shape.off)
            and bool(shape.refs)
            and self.uncertain_kinds.isdisjoint(shape.refs)
            and not any(
                value in self.ids.get(kind, {}) or (kind, value) in self.former for kind in shape.refs
            )
        )

    def kind_off_at(self, target: str, folder: str = "") -> Kind | None:
        """Return the kind that is switched off and would have the page that a link opens.

        Args:
            target: The link as written.
            folder: The folder that it starts from.
        """
        if not self.kinds_off or target.startswith(("/", "?", "#")) or ":" in target.partition("/")[0]:
            return None
        path = link_path(target, folder)
        if path in self.page_paths or path in self.docs_files:
            return None
        kinds = self.kinds_off.values()
        return next((kind for kind in kinds if f"{path}/".startswith(f"{kind.page}/")), None)

    @cached_property
    def navigation_off(self) -> Mapping[str, str]:
        """Return the names in the navigation that have no page because a kind is off, with that kind."""
        kinds = {name: self.kind_off_at(name) for name in self.site.navigation or ()}
        return {
            name: kind.name
            for name, kind in kinds.items()
            if kind and not (name.endswith("/") and any(path.startswith(name) for path in self.page_paths))
        }

    @cached_property
    def names(self) -> Mapping[str, Names]:
        """Return the IDs of each kind, for suggestions."""
        return {kind: Names(self.ids.get(kind, ())) for kind in self.kinds}

    @cached_property
    def docs_files(self) -> Mapping[str, Path]:
        """Return every file of the docs folder by its path in it, and those of layers that it lacks."""
        code = self._trusted_of_layers - self._trusted_pages
        found: dict[str, Path] = {}
        for site in reversed(self.site.upwards):
            taken = {address(name) for name in found}
            for path in self.tree.below(site.docs):
                name = path.relative_to(site.docs).as_posix()
                if address(name) not in taken and not (code and site.shown(path) in code):
                    found[name] = path
        return found

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """Return every page of the finished site, as a path in the docs folder."""
        generated = {f"{kind.page}/index.md" for kind in self.kinds.values()}
        generated |= {
            f"{self.kinds[kind].page}/{entry_id}.md"
            for kind, entries in self.ids.items()
            for entry_id in entries
        }
        made = {CHANGES_PAGE}.intersection(self.site.navigation or ())
        return frozenset(generated | made | {page.path for page in self.pages})


def link_path(target: str, folder: str = "") -> str:
    """Return the page or file that a link opens, as a path in the docs folder.

    Args:
        target: The link as written.
        folder: The folder that it starts from.
    """
    written = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(folder, written))


def _mistakes_of(entry: RawEntry) -> Iterator[SchemaProblem]:
    for problem in schema_problems(entry.kind.validator, entry.kind.shape, entry.plain_value):
        yield _about_file_name(problem, entry) if _is_of_file_name(problem, entry) else problem
    # Schemas don't require the ID: a file with one entry takes it from the file name.
    if "id" not in entry.value:
        field = entry.kind.shape.field("id")
        hint = f"Add `id: …`: {first_sentence(field.description)}" if field else "Add `id: …`"
        yield SchemaProblem(SchemaProblemKind.MISSING, (), "Missing field `id`", hint, at_start=True)


def _follows(problem: SchemaProblem, lost: SwallowedField) -> bool:
    """Return whether a mistake is only a consequence of fields that became part of a text."""
    is_missing = problem.kind is SchemaProblemKind.MISSING
    return tuple(problem.pointer) == tuple(lost.pointer) or (
        is_missing and tuple(problem.pointer) == tuple(lost.pointer[: len(problem.pointer)])
    )


def _is_of_file_name(problem: SchemaProblem, entry: RawEntry) -> bool:
    """Return whether a problem is about an ID that comes from the file name."""
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
