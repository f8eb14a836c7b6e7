"""The names that pages can use: our macros, and what modules of mkdocs-macros give to pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handbook.read.files import shipped
from handbook.read.macro_settings import DEFAULT, OUR_MODULE, MacroSettings
from handbook.read.macros import PageMacro


class MacroNames:
    """The names that pages can use.

    Attributes:
        macros: The functions.
        filters: The filters.
        variables: The values.
        has_ours: Whether any module gives pages our macros.
        ours: Those of our macros that the site does not replace, except figures.
        off: The names of our macros for kinds that are switched off, with the plural of the kind.
        is_complete: Whether these are all; otherwise a module computes more names.
    """

    def __init__(self) -> None:
        self.macros, self.filters, self.variables = set[str](), set[str](), set[str]()
        self.ours: Mapping[str, PageMacro] = {}
        self.off: Mapping[str, str] = {}
        self.has_ours = False
        self.is_complete = True

    def add(self, kind: str, name: str | None) -> None:
        """Add a name to the `macros`, `filters` or `variables`, or `None` if a module computes it."""
        if name is None:
            self.is_complete = False
        else:
            getattr(self, kind).add(name)


def has_only_ours(root: Path, settings: MacroSettings) -> bool:
    """Return whether a site has no modules but ours, by name or as the file that every new site has.

    Args:
        root: The site's folder.
        settings: The settings with the modules.
    """
    if not {*settings.modules} <= {OUR_MODULE}:
        return False
    file = module_file(root / settings.module_name)
    # The default module does not have to exist.
    if file is None:
        return settings == DEFAULT
    try:
        return file.read_bytes() == (shipped("macros") / "__init__.py").read_bytes()
    except OSError:
        return False


def module_file(path: Path) -> Path | None:
    """Return the source of the module or package at a path without a suffix."""
    files = (path.with_name(f"{path.name}.py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)
