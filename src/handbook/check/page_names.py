"""Collect the macros that pages can call: ours, and those of the site's own and installed modules."""

from __future__ import annotations

from handbook.read.context import Context
from handbook.read.files import shipped
from handbook.read.macro_names import MacroNames, read_macro_names
from handbook.read.page_language import GENERAL_MACROS

_FIGURES = "macros/figures"
_SUFFIX = ".jinja"


def page_names(context: Context) -> MacroNames:
    """Return the macros, filters and variables that the pages of a site have."""
    settings = context.site.macros
    if settings is None:
        return MacroNames()
    known = read_macro_names(context.site.root, settings)
    if known.has_ours:
        known.macros |= GENERAL_MACROS
        for kind in context.kinds.values():
            known.macros |= {kind.name, f"{kind.plural}_table"}
        for folder in {context.site.root / _FIGURES, shipped("macros") / "figures"}:
            known.macros |= {path.stem for path in folder.glob(f"*{_SUFFIX}")}
    return known
