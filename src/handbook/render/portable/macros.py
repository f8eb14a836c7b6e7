"""The macros of page authors, written as Markdown without HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from handbook.link.catalogue import Entry
from handbook.read.macros import PageMacro
from handbook.read.schemas.kinds import Kind
from handbook.render.entry_tables import Layout
from handbook.render.macros import Macros
from handbook.render.portable.values import PortableValues

_GENERAL = frozenset({"entries", "ref", "whole"})


@dataclass(frozen=True)
class PortableMacros(Macros):
    """The macros that show entries. The result of any other is the HTML of its view."""

    @cached_property
    def _values(self) -> PortableValues:
        return PortableValues(self.renderer.catalogue, self.renderer.site.directory_urls)

    def _declared(self) -> dict[str, PageMacro]:
        declared = super()._declared()
        return {name: macro for name, macro in declared.items() if macro.kind or name in _GENERAL}

    def _table(self, kind: Kind, entries: Sequence[Entry], layout: Layout) -> str:
        return self._values.entries(kind, entries, layout.columns)

    def _link(self, entry: Entry) -> str:
        return self._values.link(entry)

    def _sheets(self, entries: Sequence[Entry]) -> str:
        return "\n".join(self._values.entry(entry, level=2) for entry in entries)

    def _sheet(self, entry: Entry) -> str:
        return self._values.entry(entry, level=2)
