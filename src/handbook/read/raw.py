"""What was read from a site, valid or not: its files split into entries, its pages and its schemas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal, TypeAlias

from handbook.base.fixes import Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.span import Span
from handbook.read.files import Site, Source
from handbook.read.layers import Layers
from handbook.read.pages import Page
from handbook.read.readings import ReadingsFile
from handbook.read.schemas.choices import Declared
from handbook.read.schemas.former_names import FormerName
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.switched_off import OffValue
from handbook.read.schemas.words import without_words
from handbook.read.tree import Tree
from handbook.read.unread import UnreadFile
from handbook.read.yaml.document import Pointer, json_pointer

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

    def start_span(self) -> Span:
        """Return its first character."""
        return self.source.document.start_span(self.at)

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

    def respelling(
        self, pointer: Pointer, new: Any, side: Literal["value", "key"] = "value", *, is_safe: bool = True
    ) -> Callable[[], Fix | None]:
        """Return the fix that replaces a value of this entry, or its key, as a function.

        Args:
            pointer: The value, from the entry's root.
            new: The new value or key.
            side: Whether to replace the value or its key.
            is_safe: Whether there is one right answer.
        """

        def fix() -> Fix | None:
            # Most runs find nothing to correct.
            from handbook.read.yaml.respelling import respelled  # noqa: PLC0415

            document = self.source.document
            return respelled(document, self.source.path, (*self.at, *pointer), new, side, is_safe=is_safe)

        return fix


Connection: TypeAlias = tuple[RawEntry, Pointer, Shape, Any]
"""A reference, a target of references or a text: the entry, the place in it, its shape and the value."""


class Misshapen(NamedTuple):
    """A part of a file that is neither an entry nor a collection of entries."""

    source: Source
    place: Span | Callable[[], Span]
    message: str
    hint: str
    pointer: str = ""


class Read(NamedTuple):
    """Everything that was read from a site.

    Attributes:
        site: The folder, with its layers.
        layers: The same layers, and what can't be used as a layer.
        tree: The files of all of them.
        today: The day that counts as today in rules and figures.
        kinds: The kinds by name.
        kinds_off: The kinds that the settings switch off, by name.
        files_off: The files of those kinds, which aren't read, by the name of the kind.
        schema_problems: The problems of the schemas themselves.
        schemas_key: What names the schemas in a memory, as the settings change them.
        dropped_requirements: The lists of patches that make required fields optional.
        choices: The choices that the settings can change, by setting and name; none if they change nothing.
        settings_kind: The schema of the settings.
        setting: The content of the settings file, if it exists.
        settings_of_layers: The content of the settings files of layers, the lowest first.
        sources: Every file that belongs to a kind.
        unread: The files that look like sources or schemas, but aren't read.
        other_folders: The folders among the sources that are no namespaces, by the path of a file in each.
        entries: Every entry found in the sources, except those that a later layer overrides.
        idle_overrides: The entries that override nothing, although they say so.
        overridden: The entries that a later layer overrides, and the front matter of such pages.
        overridden_pages: The pages of layers that a later layer replaces.
        texts_off: The content of the files of kinds that are off, as text.
        misshapen: Parts of sources that are not entries.
        broken_kinds: Names of kinds with at least one unreadable file.
        readings: The files with the readings of metrics and the seats of tools.
        pages: The handwritten pages.
        page_kind: The schema of the front matter of pages.
        imprints: The front matter of the pages: owner and review of each.
        gone_kind: The schema of the files of removed entries.
        gone_files: The files of removed entries: those of layers, the lowest first, and the site's own.
        sound_files: The sources and pages in which an earlier run found no mistake in the file alone.
    """

    site: Site
    layers: Layers
    tree: Tree
    today: date
    kinds: Mapping[str, Kind]
    kinds_off: Mapping[str, Kind]
    files_off: Mapping[str, Sequence[str]]
    schema_problems: Sequence[Problem]
    schemas_key: str
    dropped_requirements: Sequence[Problem]
    choices: Mapping[tuple[str, str], Declared]
    settings_kind: Kind | None
    setting: RawEntry | None
    settings_of_layers: Sequence[RawEntry]
    sources: Sequence[Source]
    unread: Sequence[UnreadFile]
    other_folders: Mapping[str, str]
    entries: Sequence[RawEntry]
    idle_overrides: Sequence[RawEntry]
    overridden: Sequence[RawEntry]
    overridden_pages: Sequence[Page]
    texts_off: Sequence[str]
    misshapen: Sequence[Misshapen]
    broken_kinds: frozenset[str]
    readings: Sequence[ReadingsFile]
    pages: Sequence[Page]
    page_kind: Kind | None
    imprints: Sequence[RawEntry]
    gone_kind: Kind | None
    gone_files: Sequence[RawEntry]
    sound_files: frozenset[str] = frozenset()
