"""Our macros for pages, each declared once: for pages, for rules and for the macro reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from handbook.base.language import N_
from handbook.base.named_tuples import NamedTuple
from handbook.read.schemas.kinds import Kind


class Takes(NamedTuple):
    """What the values of an argument have to be.

    Attributes:
        words: The end of the sentence "It needs …".
        accepts: Returns whether a value is right.
    """

    words: str
    accepts: Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


TEXT = Takes("a text", _is_text)
NUMBER = Takes("a whole number above 0", lambda value: type(value) is int and value > 0)
TEXTS = Takes("a list of texts", lambda value: isinstance(value, (list, tuple)) and all(map(_is_text, value)))
_VALUES = Takes(
    "a mapping of fields to values", lambda value: isinstance(value, Mapping) and all(map(_is_text, value))
)


class Argument(NamedTuple):
    """An argument of a macro.

    Attributes:
        name: Its name.
        takes: What its values have to be. The default `None` can be given, too.
        default: Its default, as in Python; empty if the argument is required.
    """

    name: str
    takes: Takes
    default: str = ""

    @property
    def usage(self) -> str:
        """Return the argument as the signature shows it."""
        return f"{self.name}={self.default}" if self.default else self.name


class PageMacro(NamedTuple):
    """A macro that pages can call.

    Attributes:
        name: Its name.
        parameters: Its arguments in order.
        description: What it shows, as Markdown: a message of the catalogue. If it is for a content type, it
            has places for the name `kind`, and for the words `entry` and `entries`.
        shows: How much readers see of a content type: an `entry`, all `entries` or nothing.
        kind: The content type. If empty, the argument `kind` names it.
    """

    name: str
    parameters: tuple[Argument, ...]
    description: str
    shows: str = ""
    kind: str = ""

    @property
    def signature(self) -> str:
        """Return the name with the arguments."""
        return f"{self.name}({', '.join(each.usage for each in self.parameters)})"

    def arguments(self, positional: Sequence[object], named: Mapping[str, object]) -> dict[str, Any]:
        """Return the arguments of a call by name. A single text counts as a list of one."""
        names = [each.name for each in self.parameters]
        given = {**dict(zip(names, positional, strict=False)), **named}
        lists = [each.name for each in self.parameters if each.takes is TEXTS]
        return {
            name: [value] if name in lists and _is_text(value) else value for name, value in given.items()
        }

    def misfit(self, given: Mapping[str, object]) -> str:
        """Return which of the arguments of a call has a wrong value; empty if none has."""
        for each in self.parameters:
            if each.name in given and not (
                each.takes.accepts(given[each.name]) or (given[each.name] is None and each.default == "None")
            ):
                return f"Argument `{each.name}` for `{self.name}` takes {each.takes.words}"
        return ""

    def mistake(self, positional: int, named: Sequence[str]) -> str:
        """Return what is wrong with the arguments of a call; empty if nothing is.

        Args:
            positional: The number of arguments without a name.
            named: The names of the others.
        """
        names = [each.name for each in self.parameters]
        given = [*names[:positional], *named]
        if positional > len(names):
            return f"Too many arguments for `{self.name}`"
        for name in given:
            if name not in names:
                return f"Unknown argument `{name}` for `{self.name}`"
            if given.count(name) > 1:
                return f"Argument `{name}` for `{self.name}` is repeated"
        required = (each.name for each in self.parameters if not each.default)
        missing = next((name for name in required if name not in given), "")
        return f"Missing argument `{missing}` for `{self.name}`" if missing else ""


_KIND = Argument("kind", TEXT)
_ID = Argument("id", TEXT)
_GENERAL = (
    PageMacro(
        "entries",
        (
            _KIND,
            Argument("where", _VALUES, "None"),
            Argument("sort", TEXTS, "None"),
            Argument("columns", TEXTS, "None"),
            Argument("group", TEXT, '""'),
            Argument("compare", TEXTS, "None"),
        ),
        N_(
            """Show a table of the entries of a content type, with links to their pages.

- `kind`: the content type, such as `"tool"`.
- `where`: the entries to show, as a value or a list of values for a field, such as
  `{"status": ["active", "trial"]}`. Use a dot for nested fields: `"cost.currency"`. Without it, all.
- `sort`: the field, or list of fields, to sort by; a minus reverses the order. Without it, by the first
  field with fixed choices, such as the status, then by name.
- `columns`: the field, or list of fields, to show, such as `["name", "owner", "access.takes"]`. The purpose
  is shown below the name.
- `group`: the field by whose values the rows are grouped, such as `"category"`.
- `compare`: the field, or list of fields, that readers see next to the columns when they compare two or
  three entries. Without it, entries can't be compared."""
        ),
        shows="entries",
    ),
    PageMacro(
        "ref",
        (_KIND, _ID),
        N_(
            """Show a link to an entry, with its name as the text.

- `kind`: the content type, such as `"process"`.
- `id`: the ID of the entry."""
        ),
        shows="entry",
    ),
    PageMacro(
        "whole",
        (_KIND,),
        N_(
            """Show all entries of a content type, each on a new sheet, to print or save as PDF.

- `kind`: the content type, such as `"process"`."""
        ),
        shows="entries",
    ),
    PageMacro(
        "field_reference",
        (_KIND,),
        N_(
            """Show a table of the fields of a content type, with type, description and example.

- `kind`: the content type, such as `"tool"`, or `"handbook"` for the settings."""
        ),
    ),
    PageMacro("macro_reference", (), N_("Show this list of the macros and filters that pages can use.")),
    PageMacro("rules_reference", (), N_("Show every validation rule with its reason and an example.")),
)
_TABLE = N_('Show the table of all %(entries)s: short for `entries("%(kind)s")`.')
_ENTRY = N_(
    "Show the full content of one entry (%(entry)s) on this page.\n\n- `id`: the ID of the %(entry)s."
)


def page_macros(kinds: Iterable[Kind]) -> dict[str, PageMacro]:
    """Return our macros by name, other than figures: the general ones, and two for each content type."""
    found = {macro.name: macro for macro in _GENERAL}
    for kind in kinds:
        for macro in (
            PageMacro(f"{kind.plural}_table", (), _TABLE, "entries", kind.name),
            PageMacro(kind.name, (_ID,), _ENTRY, "entry", kind.name),
        ):
            found[macro.name] = macro
    return found
