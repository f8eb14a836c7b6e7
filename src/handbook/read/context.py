"""The context of all rules: everything read from a site, and what follows from it.

It is long because each derived value is one property, and most of them need another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from handbook.base.findings import MOST_OF_A_FILE
from handbook.base.markdown_links import may_link, possible_links
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.words import Names
from handbook.read.audience_fields import unclear_lines
from handbook.read.entry_mistakes import follows, mistakes_of
from handbook.read.files import CONFIG, Source, config_document, config_faults, name_in
from handbook.read.former_ids import FORMER, former_name
from handbook.read.gone import Gone, removed_entries
from handbook.read.help_pages import HELP_PAGES
from handbook.read.languages import has_decimal_comma
from handbook.read.misspelt_ids import Misspelt, misspelt_ids
from handbook.read.pages import CHANGES_PAGE, PAGE_SUFFIX, SETUP_PAGE, Page, address, link_path
from handbook.read.raw import Connection, RawEntry, Read
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.mistakes import schema_problems
from handbook.read.schemas.places import walk
from handbook.read.schemas.problems import SchemaProblem, where_comma_is_decimal
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import validate_together
from handbook.read.settings import SETTINGS_FILE, Settings, make_settings, merge_settings, trusted_files
from handbook.read.swallowed import SwallowedField, may_swallow, swallowed_fields
from handbook.read.view_files import ViewFiles
from handbook.read.yaml.document import Document, Pointer

_ID = regex(r"([^/]+/)?[a-z0-9]+(-[a-z0-9]+)*")


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

    @property
    def unreadable_files(self) -> Sequence[Source]:
        """Return the pages and files of readings that could not be decoded, with their faults."""
        readings = (file.source for file in self.readings if file.source.document.faults)
        return [*self.unreadable_pages, *readings]

    @cached_property
    def config(self) -> Source:
        """Return the settings of the site engine, with the faults that stop it."""
        file = self.site.root / CONFIG
        document = config_document(file.read_bytes())
        return Source(self.site.shown(file), Document(document.text, faults=config_faults(document)))

    @cached_property
    def unclear_lines(self) -> Mapping[str, Sequence[Problem]]:
        """Return text that might be meant as a field, but isn't read as one, by the path of the page."""
        pages = (page for page in self.pages if page.shown_path not in self.sound_files)
        found = {page.path: list(self._unclear_lines(page)) for page in pages}
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
    def connections(self) -> Sequence[Connection]:
        """Return all references and their possible targets in entries, pages and settings, each once."""
        speaking = (*self.entries, *self.imprints, *self._all_settings)
        # Many entries have references at the same places.
        known: dict[Pointer, Pointer] = {}
        return [
            (entry, known.setdefault(pointer, pointer), shape, value)
            for entry in speaking
            for pointer, shape, value in walk(entry.kind.shape, entry.value)
        ]

    def put_away(self) -> None:
        """Let go of what only rules need, until someone asks for it."""
        _ = self.item_references  # forms need them, and there are few
        for name in ("connections", "references", "markdown_texts", "_texts_by_target"):
            vars(self).pop(name, None)
        for source in self.sources:
            source.document.put_away()

    @cached_property
    def references(self) -> Sequence[Connection]:
        """Return the texts among the connections that refer to an entry, or to an item of the same entry."""
        return [each for each in self.connections if each[2].refs and isinstance(each[3], str)]

    @cached_property
    def item_references(self) -> Sequence[Connection]:
        """Return the references to an item of the same entry."""
        return [each for each in self.references if each[2].refs[0].startswith("#")]

    def texts_with_links(self, might_be: Callable[[str], object]) -> Iterable[Connection]:
        """Return the texts among the connections with a link that a function might mean.

        Args:
            might_be: Returns whether to look at what is, or starts, the target of a link.
        """
        texts = self._texts_by_target.items()
        found = {id(text): text for target, of_target in texts if might_be(target) for text in of_target}
        return found.values()

    @cached_property
    def _texts_by_target(self) -> Mapping[str, Sequence[Connection]]:
        """Return the texts that are a link, or Markdown, by what might be the start of a target."""
        found: dict[str, list[Connection]] = defaultdict(list)
        for text in self.connections:
            _, _, shape, value = text
            if isinstance(value, str):
                if shape.link:
                    found[value].append(text)
                if shape.markdown and may_link(value):
                    for target, _ in possible_links(value):
                        found[target].append(text)
        return found

    @cached_property
    def markdown_texts(self) -> Sequence[Connection]:
        """Return the texts among the connections that are Markdown."""
        return [each for each in self.connections if each[2].markdown and isinstance(each[3], str)]

    @cached_property
    def unresolved(self) -> Sequence[Connection]:
        """Return the references to other entries that name none: they are broken, or use a former ID."""
        ids = self.ids
        found = []
        for reference in self.references:
            _, _, shape, value = reference
            for kind in shape.refs:
                if kind in ids and value in ids[kind]:
                    break
            else:
                if not shape.refs[0].startswith("#"):
                    found.append(reference)
        return found

    def without_sound_files(self) -> Context:
        """Return the rest, for rules that look at each file alone."""
        rest = self._replace(
            sources=[each for each in self.sources if each.path not in self.sound_files],
            entries=self._unproven,
            pages=[page for page in self.pages if page.shown_path not in self.sound_files],
            imprints=[each for each in self.imprints if each.source.path not in self.sound_files],
        )
        # What takes long to find out, and is the same for the rest.
        rest.views, rest.misfits, rest.mistakes = self.views, self.misfits, self.mistakes
        return rest

    @cached_property
    def _unproven(self) -> Sequence[RawEntry]:
        """Return the entries in files that might have mistakes."""
        return [entry for entry in self.entries if entry.source.path not in self.sound_files]

    @cached_property
    def misfits(self) -> Sequence[RawEntry]:
        """Return the entries that don't match their schemas."""
        if not self._unproven:
            return ()
        fits = validate_together({entry.kind.name: entry.kind.validator for entry in self._unproven})
        return [
            entry
            for entry in self._unproven
            if "id" not in entry.value or not fits(entry.kind.name, entry.plain_value)
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
            for problem in mistakes_of(entry):
                if id(entry) not in lost or not follows(problem, lost[id(entry)]):
                    of_file[entry.source.path] += 1
                    found.append((entry, problem))
        for other in (*self._all_settings, *self.gone_files, *self.imprints):
            if other.source.path in self.sound_files:
                continue
            wrong = schema_problems(other.kind.validator, other.kind.shape, other.value)
            found += [(other, problem) for problem in wrong]
        if found and has_decimal_comma(self.site.language):
            return [(entry, where_comma_is_decimal(problem)) for entry, problem in found]
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
    def sound_by_kind(self) -> Mapping[str, Sequence[RawEntry]]:
        """Return the same by kind."""
        found: dict[str, list[RawEntry]] = defaultdict(list)
        for entry in self.sound_entries:
            found[entry.kind.name].append(entry)
        return found

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
        files = {
            source.path
            for source in self.sources
            if source.path not in self.sound_files and may_swallow(source.document.text)
        }
        return [
            (entry, found)
            for entry in self._unproven
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
    def gone(self) -> Mapping[tuple[str, str], Gone]:
        """Return the entries that were removed without a successor, by each kind and ID that they had."""
        found: dict[tuple[str, str], Gone] = {}
        for file in reversed(self.gone_files):
            for gone in removed_entries(file, self.sound_files):
                for kind, entry_id in gone.names:
                    if entry_id not in self.ids.get(kind, {}) and (kind, entry_id) not in self.former:
                        found.setdefault((kind, entry_id), gone)
        return found

    @cached_property
    def gone_pages(self) -> Mapping[str, Gone]:
        """Return the same by the paths of their pages."""
        kinds = {**self.kinds_off, **self.kinds}
        return {
            f"{kinds[kind].page}/{entry_id}.md": gone
            for (kind, entry_id), gone in self.gone.items()
            if kind in kinds
        }

    @cached_property
    def misspelt_ids(self) -> Mapping[tuple[str, str], Misspelt]:
        """Return IDs that several references use, but that are misspelt in their definition."""
        if not self.unresolved:
            return {}
        return misspelt_ids(self.unresolved, self.references, self.ids, self.former, self.ids_by_name)

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
    def ids_by_name(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """Return the IDs of the entries with a name, by kind and name in lowercase."""
        found: dict[tuple[str, str], list[str]] = {}
        for entry in self.entries:
            name = str(entry.value.get("name", "")).casefold()
            found.setdefault((entry.kind.name, name), []).append(entry.id)
        return found

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
                name = name_in(path, site.docs)
                if address(name) not in taken and not (code and site.shown(path) in code):
                    found[name] = path
        return found

    @cached_property
    def views(self) -> ViewFiles:
        """Return the files of the views."""
        return ViewFiles(self.site, self.tree)

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """Return every page of the finished site, as a path in the docs folder."""
        # A content type without entries has no page.
        with_entries = self.broken_kinds.union(kind for kind, entries in self.ids.items() if entries)
        generated = {f"{kind.page}/index.md" for name, kind in self.kinds.items() if name in with_entries}
        generated |= {
            f"{self.kinds[kind].page}/{entry_id}.md"
            for kind, entries in self.ids.items()
            for entry_id in entries
        }
        navigation = self.site.navigation
        # The setup page is sure to be there only if it is named: it goes when all is decided.
        named = (CHANGES_PAGE,) if navigation is None else navigation
        made = {CHANGES_PAGE, SETUP_PAGE}.intersection(named)
        return frozenset(generated | made | self.help_paths | {page.path for page in self.pages})

    @cached_property
    def help_paths(self) -> frozenset[str]:
        """Return the help pages of the engine that no page of the site replaces."""
        return frozenset(HELP_PAGES) - {address(page.path) for page in self.pages}
