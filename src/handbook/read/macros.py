"""Our macros for pages, each declared once: for pages, for rules and for the macro reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from handbook.read.schemas.kinds import Kind


class Takes(NamedTuple):
    """What the values of an argument have to be.

    Attributes:
        words: The end of the sentence "It needs …".
        accepts: Returns whether a value is right.
    """

    words: str
    accepts: Callable[[Any], bool]


def _are_texts(values: object) -> bool:
    return isinstance(values, (list, tuple)) and all(isinstance(value, str) for value in values)


TEXT = Takes("a text", lambda value: isinstance(value, str))
NUMBER = Takes("a whole number above 0", lambda value: type(value) is int and value > 0)
TEXTS = Takes("a list of texts", _are_texts)


class PageMacro(NamedTuple):
    """A macro that pages can call.

    Attributes:
        name: Its name.
        parameters: Its arguments in order, an optional one with its default, such as `most=5`.
        description: What it shows, as Markdown.
        shows: How much readers see of a content type: an `entry`, all `entries` or nothing.
        kind: The content type. If empty, the argument `kind` names it.
    """

    name: str
    parameters: tuple[str, ...]
    description: str
    shows: str = ""
    kind: str = ""

    @property
    def signature(self) -> str:
        """Return the name with the arguments."""
        return f"{self.name}({', '.join(self.parameters)})"

    def arguments(self, positional: Sequence[object], named: Mapping[str, object]) -> dict[str, Any]:
        """Return the arguments of a call by name."""
        names = [parameter.partition("=")[0] for parameter in self.parameters]
        return {**dict(zip(names, positional, strict=False)), **named}

    def mistake(self, positional: int, named: Sequence[str]) -> str:
        """Return what is wrong with the arguments of a call; empty if nothing is.

        Args:
            positional: The number of arguments without a name.
            named: The names of the others.
        """
        names = [parameter.partition("=")[0] for parameter in self.parameters]
        given = [*names[:positional], *named]
        if positional > len(names):
            return f"Too many arguments for `{self.name}`"
        for name in given:
            if name not in names:
                return f"Unknown argument `{name}` for `{self.name}`"
            if given.count(name) > 1:
                return f"Argument `{name}` for `{self.name}` is repeated"
        missing = next((name for name in self.parameters if "=" not in name and name not in given), "")
        return f"Missing argument `{missing}` for `{self.name}`" if missing else ""


_GENERAL = (
    PageMacro(
        "entries",
        ("kind", "where=None", "sort=None", "columns=None"),
        """Show a table of the entries of a content type, with links to their pages.

- `kind`: the content type, such as `"tool"`.
- `where`: the entries to show, as a value or a list of values for a field, such as
  `{"status": ["active", "trial"]}`. Use a dot for nested fields: `"cost.currency"`. Without it, all.
- `sort`: the field, or list of fields, to sort by; a minus reverses the order. Without it, by the first
  field with fixed choices, such as the status, then by name.
- `columns`: the fields to show, such as `["name", "owner", "access.takes"]`.""",
        shows="entries",
    ),
    PageMacro(
        "ref",
        ("kind", "id"),
        """Show a link to an entry, with its name as the text.

- `kind`: the content type, such as `"process"`.
- `id`: the ID of the entry.""",
        shows="entry",
    ),
    PageMacro(
        "whole",
        ("kind",),
        """Show all entries of a content type, each on a new sheet, to print or save as PDF.

- `kind`: the content type, such as `"process"`.""",
        shows="entries",
    ),
    PageMacro(
        "field_reference",
        ("kind",),
        """Show a table of the fields of a content type, with type, description and example.

- `kind`: the content type, such as `"tool"`, or `"handbook"` for the settings.""",
    ),
    PageMacro("macro_reference", (), "Show this list of the macros and filters that pages can use."),
    PageMacro("rules_reference", (), "Show every validation rule with its reason and an example."),
)


def page_macros(kinds: Iterable[Kind]) -> dict[str, PageMacro]:
    """Return our macros by name, other than figures: the general ones, and two for each content type."""
    found = {macro.name: macro for macro in _GENERAL}
    for kind in kinds:
        one = kind.label.lower()
        table = f'Show the table of all {kind.title.lower()}: short for `entries("{kind.name}")`.'
        entry = f"Show the full content of one entry ({one}) on this page.\n\n- `id`: the ID of the {one}."
        for macro in (
            PageMacro(f"{kind.plural}_table", (), table, "entries", kind.name),
            PageMacro(kind.name, ("id",), entry, "entry", kind.name),
        ):
            found[macro.name] = macro
    return found
