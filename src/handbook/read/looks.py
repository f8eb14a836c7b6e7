"""Read the colours of a site: `theme.palette` and `extra` in `mkdocs.yml`, or variables in style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from handbook.base.colour import Colour, read_colour
from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.words import shown, suggestion
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.yaml.document import Pointer

LIGHT, DARK = "default", "slate"
"""The schemes of the theme."""

_OWN = "custom"
_SETTINGS = {"primary": "brand", "accent": "accent"}
"""The setting in `extra` for a colour of the palette that is `custom`."""
_EXAMPLES = {"primary": "#0b6e4f", "accent": "#a3490a"}

# fmt: off
_NAMED: Mapping[str, Mapping[str, str]] = {
    "primary": {
        "red": "#ef5552", "pink": "#e92063", "purple": "#ab47bd", "deep-purple": "#7e56c2",
        "indigo": "#4051b5", "blue": "#2094f3", "light-blue": "#02a6f2", "cyan": "#00bdd6",
        "teal": "#009485", "green": "#4cae4f", "light-green": "#8bc34b", "lime": "#cbdc38",
        "yellow": "#ffec3d", "amber": "#ffc105", "orange": "#ffa724", "deep-orange": "#ff6e42",
        "brown": "#795649", "grey": "#757575", "blue-grey": "#546d78", "black": "#000000", "white": "#ffffff",
    },
    "accent": {
        "red": "#ff1a47", "pink": "#f50056", "purple": "#df41fb", "deep-purple": "#7c4dff",
        "indigo": "#526cfe", "blue": "#4287ff", "light-blue": "#0091eb", "cyan": "#00bad6",
        "teal": "#00bda4", "green": "#00c753", "light-green": "#63de17", "lime": "#b0eb00",
        "yellow": "#ffd500", "amber": "#ffaa00", "orange": "#ff9100", "deep-orange": "#ff6e42",
    },
}
# fmt: on
"""The colours of Material by name."""

# None of them looks twice at what has no end.
_COMMENT = regex(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ROOT = regex(r":root\s*\{([^{}]*)\}")
_VARIABLE = regex(r"(--md-(primary|accent)-fg-color)\s*:([^;}]*)")


class Palette(NamedTuple):
    """The colours of a site in one scheme, as the site has them.

    Attributes:
        brand: The brand colour; `None` for that of the handbook.
        accent: The accent colour; `None` for one that suits the brand colour.
    """

    brand: Colour | None = None
    accent: Colour | None = None


class LookFault(NamedTuple):
    """A setting that has no effect.

    Attributes:
        pointer: The setting in `mkdocs.yml`.
        message: What is wrong.
        hint: How to fix it.
    """

    pointer: Pointer
    message: str
    hint: str


class Looks(NamedTuple):
    """The colours of a site.

    Attributes:
        palettes: The colours by scheme.
        faults: The settings that have no effect.
    """

    palettes: Mapping[str, Palette]
    faults: Sequence[LookFault]


def read_looks(settings: Mapping[str, Any], files: Mapping[str, Path]) -> Looks:
    """Return the colours of a site.

    A colour in `extra` is used for both schemes, whatever the palette says.

    Args:
        settings: The settings in `mkdocs.yml`.
        files: The files in the docs folders, by path, with the style sheets.
    """
    own, faults = _own_colours(settings)
    variables, more = _variables(settings, files)
    faults += more
    palettes: dict[str, dict[str, Colour | None]] = {}
    for pointer, entry in _palette(settings):
        if not isinstance(entry, Mapping):
            hint = "Use a mapping, such as `{primary: teal}`, or a list with one for each scheme"
            faults.append(LookFault(pointer, f"Unknown palette {shown(entry)}", hint))
            continue
        colours = palettes.setdefault(str(entry.get("scheme") or LIGHT), {})
        for name, named in _NAMED.items():
            value = entry.get(name)
            if value is None or value == _OWN:
                colours[name] = variables.get(name)
            elif isinstance(value, str) and value.replace(" ", "-") in named:
                colours[name] = read_colour(named[value.replace(" ", "-")])
            else:
                faults.append(_unknown_name((*pointer, name), name, value))
    found = {}
    for scheme in (LIGHT, DARK):
        colours = {**variables, **palettes.get(scheme, {}), **own}
        found[scheme] = Palette(colours.get("primary"), colours.get("accent"))
    return Looks(found, faults)


def _own_colours(settings: Mapping[str, Any]) -> tuple[dict[str, Colour], list[LookFault]]:
    """Return the colours in `extra`, and the faults in them."""
    colours: dict[str, Colour] = {}
    faults = []
    extra = settings.get("extra")
    for name, setting in _SETTINGS.items():
        if not isinstance(extra, Mapping) or setting not in extra:
            continue
        colour = read_colour(extra[setting]) if isinstance(extra[setting], str) else None
        if colour:
            colours[name] = colour
        else:
            value = extra[setting]
            message = (
                f"Missing colour for `{setting}`" if value is None else f"{shown(value)} is not a colour"
            )
            hint = (
                f'Use a colour such as `"{_EXAMPLES[name]}"`, in quotes: without them, `#` starts a comment'
            )
            faults.append(LookFault(("extra", setting), message, hint))
    return colours, faults


def _unknown_name(pointer: Pointer, name: str, value: object) -> LookFault:
    if isinstance(value, str) and read_colour(value):
        hint = f'Use `{name}: {_OWN}` here, and add `{_SETTINGS[name]}: "{value}"` to `extra`'
    else:
        hint = suggestion(str(value), [*_NAMED[name], _OWN])
    return LookFault(pointer, f"Unknown {name} colour {shown(value)}", hint)


def _palette(settings: Mapping[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    """Yield the palettes with their places. A site has one, or a list with one for each scheme."""
    theme = settings.get("theme")
    palette = theme.get("palette") if isinstance(theme, Mapping) else None
    if isinstance(palette, list):
        for at, entry in enumerate(palette):
            yield ("theme", "palette", at), entry
    elif palette is not None:
        yield ("theme", "palette"), palette


def _variables(
    settings: Mapping[str, Any], files: Mapping[str, Path]
) -> tuple[dict[str, Colour], list[LookFault]]:
    """Return the colours that style sheets set for the whole site, and the faults in them."""
    colours: dict[str, Colour] = {}
    faults = []
    sheets = settings.get("extra_css")
    for at, sheet in enumerate(sheets if isinstance(sheets, list) else ()):
        for block in _ROOT.findall(_COMMENT.sub("", _text(files.get(str(sheet))))):
            for variable, name, said in _VARIABLE.findall(block):
                value = said.strip()
                colour = read_colour(value)
                if colour:
                    colours[name] = colour
                elif value:
                    message = f"{shown(value)} for `{variable}` in this style sheet is not a colour"
                    hint = f"Use a colour such as `{_EXAMPLES[name]}`"
                    faults.append(LookFault(("extra_css", at), message, hint))
    return colours, faults


def _text(sheet: Path | None) -> str:
    """Return a style sheet; empty if it is on another host, missing or unreadable."""
    try:
        return read_plain_file(sheet).decode("utf-8", "replace") if sheet else ""
    except UnusableError:
        return ""
