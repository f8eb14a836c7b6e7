"""The macros for page authors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any

from handbook.base.language import _, speaking, within
from handbook.base.rule import Rule
from handbook.base.text import escape
from handbook.kinds.figures import FIGURES
from handbook.link.catalogue import Entry, HiddenEntryError, UnknownEntryError
from handbook.link.hidden_links import HIDDEN
from handbook.link.selection import UnknownFieldError, default_columns, default_order, select, without_off
from handbook.read.macros import Argument, PageMacro, page_macros
from handbook.read.page_language import PAGE_FILTERS
from handbook.read.schemas.kinds import Kind
from handbook.render.entry_tables import Layout, draw_entries
from handbook.render.environment import ViewError
from handbook.render.html_table import draw_nothing
from handbook.render.reference import describe, field_table, filter_list, macro_list, rule_list
from handbook.render.render import Renderer
from handbook.render.signs import own_sign

Macro = Callable[..., str]
_HEADING = re.compile(r"^#{2,5} ", re.MULTILINE)


class MacroError(ValueError):
    """A macro can't show what a page asks for.

    Attributes:
        message: The problem.
        hint: The fix.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}. {hint}" if hint else message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
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
        """Return every macro by name."""
        return {
            name: _called(self._function(macro), macro, self.renderer)
            for name, macro in self._declared().items()
        }

    def _declared(self) -> dict[str, PageMacro]:
        """Return the macros in the order of the macro reference."""
        figures = {name: _declared_figure(name) for name in self.renderer.figures}
        return page_macros(()) | figures | page_macros(self.renderer.catalogue.kinds.values())

    def _function(self, macro: PageMacro) -> Macro:
        if macro.kind:
            return partial(self._entries if macro.shows == "entries" else self._entry, macro.kind)
        general: dict[str, Macro] = {
            "entries": self._entries,
            "ref": self._ref,
            "whole": self._whole,
            "field_reference": self._field_reference,
            "macro_reference": self._macro_reference,
            "rules_reference": self._rules_reference,
        }
        return general.get(macro.name) or partial(self._figure, macro.name)

    def _entries(  # noqa: PLR0913, PLR0917 - what authors say of a table
        self,
        kind: str,
        where: Mapping[str, Any] | None = None,
        sort: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        group: str = "",
        compare: Sequence[str] | None = None,
    ) -> str:
        found = self.renderer.catalogue.kind(kind)
        all_entries = self.renderer.catalogue.entries(kind).values()
        order = without_off(found, sort or ()) or default_order(found)
        chosen = select(found, all_entries, where, order)
        if all_entries and not chosen:
            return f"\n{draw_nothing(_('No matching %(entries)s.', entries=within(_(found.title))))}\n"
        shown = without_off(found, columns or ()) or default_columns(found)
        layout = Layout(
            shown,
            next(iter(without_off(found, [group])), "") if group else "",
            without_off(found, compare or ()),
        )
        return f"\n{self._table(found, chosen, layout)}\n"

    def _table(self, kind: Kind, entries: Sequence[Entry], layout: Layout) -> str:
        context = self.renderer.context(self.current_page())
        site = self.renderer.repository.site
        guide = self.renderer.guide(context.place)
        return draw_entries(kind, entries, layout, context, guide, partial(own_sign, site))

    def _ref(self, kind: str, id: str) -> str:  # noqa: A002  # what authors call it
        return self._link(self.renderer.catalogue.entry(kind, id))

    def _link(self, entry: Entry) -> str:
        return str(self.renderer.context(self.current_page()).entry(entry).__html__())

    def _whole(self, kind: str) -> str:
        found = self.renderer.catalogue.kind(kind)
        all_entries = self.renderer.catalogue.entries(kind).values()
        return "\n" + self._sheets(select(found, all_entries, sort=default_order(found)))

    def _sheets(self, entries: Sequence[Entry]) -> str:
        parts = [f"- [{escape(entry.name)}](#{entry.anchor})" for entry in entries] + [""]
        for entry in entries:
            body = self.renderer.entry(entry, self.current_page(), embedded=True)
            # The headings of an entry are below its name.
            lower = _HEADING.sub(r"#\g<0>", body)
            summary = escape(str(entry.data.get("summary", "")))
            parts.append(f"## {escape(entry.name)} {{ #{entry.anchor} .hb-sheet }}\n\n{summary}\n\n{lower}")
        return "\n".join(parts)

    def _entry(self, kind: str, id: str) -> str:  # noqa: A002  # what authors call it
        return f"\n{self._sheet(self.renderer.catalogue.entry(kind, id))}"

    def _sheet(self, entry: Entry) -> str:
        return self.renderer.entry(entry, self.current_page(), embedded=True)

    def _field_reference(self, kind: str) -> str:
        described = self.renderer.catalogue.described(kind)
        if described.name in self.renderer.catalogue.gate.hidden_kinds:
            raise HiddenEntryError(f"Hidden content type `{kind}`")
        return f"\n{field_table(described, self.renderer.context(self.current_page()))}\n"

    def _macro_reference(self) -> str:
        hidden = self.renderer.catalogue.gate.hidden_kinds
        shown = (macro for macro in self._declared().values() if macro.kind not in hidden)
        listed = macro_list(shown, self.renderer.context(self.current_page()))
        return f"{listed}\n{filter_list(PAGE_FILTERS)}"

    def _rules_reference(self) -> str:
        return rule_list(self.rules, self.chapters, self.renderer.context(self.current_page()))

    def _figure(self, name: str, /, **arguments: Any) -> str:
        return f"\n{self.renderer.figure(name, self.current_page(), arguments)}\n"


def _declared_figure(name: str) -> PageMacro:
    """Return the macro of a figure, which has the arguments and the description of its function."""
    _basis, *parameters = signature(FIGURES[name].function).parameters.values()
    arguments = tuple(
        Argument(
            each.name,
            FIGURES[name].takes(each),
            "" if each.default is each.empty else json.dumps(each.default),
        )
        for each in parameters
    )
    return PageMacro(name, arguments, FIGURES[name].description)


def _called(function: Macro, macro: PageMacro, renderer: Renderer) -> Macro:
    """Return a macro as pages call it, with wrong arguments turned into a message for the author."""
    language = renderer.language

    def call(*args: Any, **kwargs: Any) -> str:
        arguments = macro.arguments(args, kwargs)
        if mistake := macro.mistake(len(args), list(kwargs)) or macro.misfit(arguments):
            raise MacroError(mistake, f"Use `{macro.signature}`")
        try:
            with speaking(language):
                return function(**arguments)
        except HiddenEntryError:
            with speaking(language):
                return _(HIDDEN)
        except UnknownEntryError as error:
            raise MacroError(str(error), error.hint) from error
        except ViewError as error:
            message, _mark, hint = str(error).partition("; ")
            raise MacroError(message, hint) from error
        except UnknownFieldError as error:
            raise MacroError(str(error)) from error

    call.__doc__ = describe(macro, renderer.catalogue.kinds)
    call.__name__ = macro.name
    return call
