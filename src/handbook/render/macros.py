"""The macros for page authors. Each docstring is published in the macro reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any

from handbook.base.rule import Rule
from handbook.base.text import escape
from handbook.kinds.any.registry import FIGURES
from handbook.link.catalogue import HiddenEntryError, UnknownEntryError
from handbook.link.hidden_links import HIDDEN
from handbook.link.selection import UnknownFieldError, default_columns, default_order, select
from handbook.read.page_language import PAGE_FILTERS
from handbook.read.schemas.kinds import Kind
from handbook.render.reference import field_table, filter_list, macro_list, rule_list
from handbook.render.render import Renderer
from handbook.render.tables import draw_table

Macro = Callable[..., str]
_HEADING = re.compile(r"^#{2,5} ", re.MULTILINE)


class MacroError(Exception):
    """A macro was called with an unknown argument. The message has a suggestion."""


@dataclass(frozen=True, slots=True)
class Macros:
    """The macros of one handbook.

    Attributes:
        renderer: The renderer of entries.
        current_page: Returns the path, in the docs folder, of the page being written.
        rules: Every rule, in the order of their codes.
        chapters: The subjects of the rules, by the start of their codes.
    """

    renderer: Renderer
    current_page: Callable[[], str]
    rules: Sequence[Rule[Any]]
    chapters: Mapping[str, str]

    def all(self) -> dict[str, Macro]:
        """Return every macro by name: the general ones, and two for each content type."""
        found: dict[str, Macro] = {
            "entries": self._entries,
            "ref": self._ref,
            "whole": self._whole,
            "field_reference": self._field_reference,
            "macro_reference": self._macro_reference,
            "rules_reference": self._rules_reference,
        }
        found |= {name: self._figure(name) for name in self.renderer.figures}
        for kind in self.renderer.catalogue.kinds.values():
            found |= {f"{kind.plural}_table": self._table_of(kind), kind.name: self._entry_of(kind)}
        return {name: _explained(function) for name, function in found.items()}

    def _entries(
        self,
        kind: str,
        where: Mapping[str, Any] | None = None,
        sort: str | Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
    ) -> str:
        """Show a table of the entries of a content type, with links to their pages.

        - `kind`: the content type, such as `"tool"`.
        - `where`: the entries to show, as a value or a list of values for a field, such as
          `{"status": ["active", "trial"]}`. Use a dot for nested fields: `"cost.currency"`. Without it, all.
        - `sort`: the field, or list of fields, to sort by; a minus reverses the order. Without it, by the
          first
          field with fixed choices, such as the status, then by name.
        - `columns`: the fields to show, such as `["name", "owner", "access.takes"]`.
        """
        found = self.renderer.catalogue.kind(kind)
        order = [sort] if isinstance(sort, str) else sort or default_order(found)
        chosen = select(found, self.renderer.catalogue.entries(kind).values(), where, order)
        table = draw_table(
            found, chosen, columns or default_columns(found), self.renderer.desk(self.current_page())
        )
        return f"\n{table}\n"

    def _ref(self, kind: str, id: str) -> str:  # noqa: A002  # what authors call it
        """Show a link to an entry, with its name as the text.

        - `kind`: the content type, such as `"process"`.
        - `id`: the ID of the entry.
        """
        entry = self.renderer.catalogue.entry(kind, id)
        return str(self.renderer.desk(self.current_page()).entry(entry).__html__())

    def _whole(self, kind: str) -> str:
        """Show all entries of a content type, each on a new sheet, to print or save as PDF.

        - `kind`: the content type, such as `"process"`.
        """
        found = self.renderer.catalogue.kind(kind)
        all_entries = self.renderer.catalogue.entries(kind).values()
        entries = select(found, all_entries, sort=default_order(found))
        parts = [f"- [{escape(entry.name)}](#{entry.id})" for entry in entries] + [""]
        for entry in entries:
            body = self.renderer.entry(entry, self.current_page(), embedded=True)
            # The headings of an entry are below its name.
            lower = _HEADING.sub(r"#\g<0>", body)
            summary = escape(str(entry.data.get("summary", "")))
            parts.append(f"## {escape(entry.name)} {{ #{entry.id} .hb-sheet }}\n\n{summary}\n\n{lower}")
        return "\n" + "\n".join(parts)

    def _field_reference(self, kind: str) -> str:
        """Show a table of the fields of a content type, with type, description and example.

        - `kind`: the content type, such as `"tool"`, or `"handbook"` for the settings.
        """
        described = self.renderer.catalogue.described(kind)
        return f"\n{field_table(described, self.renderer.desk(self.current_page()))}\n"

    def _macro_reference(self) -> str:
        """Show this list of the macros and filters that pages can use."""
        listed = macro_list(self.all(), self.renderer.desk(self.current_page()))
        return f"{listed}\n{filter_list(PAGE_FILTERS)}"

    def _rules_reference(self) -> str:
        """Show every validation rule with its reason and an example."""
        return rule_list(self.rules, self.chapters, self.renderer.desk(self.current_page()))

    def _figure(self, name: str) -> Macro:
        full = signature(FIGURES[name])
        wanted = full.replace(parameters=list(full.parameters.values())[1:])

        def draw(*given: Any, **named: Any) -> str:
            arguments = wanted.bind(*given, **named).arguments
            return f"\n{self.renderer.figure(name, self.current_page(), arguments)}\n"

        draw.__doc__ = (FIGURES[name].__doc__ or "").partition("\n\n    Args:")[0]
        draw.__signature__ = wanted  # type: ignore[attr-defined]
        return draw

    def _table_of(self, kind: Kind) -> Macro:
        def table() -> str:
            return self._entries(kind.name)

        table.__doc__ = f'Show the table of all {kind.title.lower()}: short for `entries("{kind.name}")`.'
        return table

    def _entry_of(self, kind: Kind) -> Macro:
        def embed(id: str) -> str:  # noqa: A002  # what authors call it
            entry = self.renderer.catalogue.entry(kind.name, id)
            return f"\n{self.renderer.entry(entry, self.current_page(), embedded=True)}"

        embed.__doc__ = (
            f"Show the full content of one entry ({kind.label.lower()}) on this page.\n\n"
            f"- `id`: the ID of the {kind.label.lower()}."
        )
        return embed


def _explained(function: Macro) -> Macro:
    """Return the macro with unknown arguments turned into a message for the author of the page."""

    def call(*args: Any, **kwargs: Any) -> str:
        try:
            return function(*args, **kwargs)
        except HiddenEntryError:
            return HIDDEN
        except UnknownEntryError as error:
            raise MacroError(error.full_message) from error
        except (UnknownFieldError, TypeError) as error:
            raise MacroError(str(error)) from error

    call.__doc__ = function.__doc__
    call.__name__ = function.__name__
    call.__wrapped__ = function  # type: ignore[attr-defined]  # lets signature() see the real one
    return call
