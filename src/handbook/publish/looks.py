"""Give the pages the colours of a site, from which the style sheet derives all others."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.colour import Colour, read_colour, shade_of
from handbook.read.looks import DARK, LIGHT, Looks, Palette

_SELECTORS = {LIGHT: ':root,\n[data-md-color-scheme="default"]', DARK: '[data-md-color-scheme="slate"]'}
"""The elements with the colours of a scheme, as in `tokens.css`."""

BRAND, ACCENT = "#0b5c69", "#a3490a"
"""The colours of the handbook, as in `tokens.css`."""

_ALIKE = 40
"""Colours whose hues are this close, in degrees, look alike."""

_GREY = 0.04
"""The chroma below which a colour has no hue that people notice."""


def own_colours(looks: Looks) -> str:
    """Return the style that sets a site's own colours; empty if it has none."""
    parts = []
    for name, palette in looks.palettes.items():
        lines = "".join(f"  {variable}: {colour.code};\n" for variable, colour in _variables(palette))
        if lines:
            parts.append(f"{_SELECTORS[name]} {{\n{lines}}}\n")
    return "".join(parts)


def _variables(palette: Palette) -> Iterator[tuple[str, Colour]]:
    if palette.brand:
        yield "--hb-brand", palette.brand
    accent = palette.accent
    if palette.brand and accent is None and _are_alike(palette.brand, read_colour(ACCENT)):
        accent = read_colour(BRAND)
    if accent:
        yield "--hb-accent", accent


def _are_alike(one: Colour, other: Colour | None) -> bool:
    if other is None:
        return False
    first, second = shade_of(one), shade_of(other)
    apart = abs(first.hue - second.hue)
    return min(apart, 360 - apart) < _ALIKE and min(first.chroma, second.chroma) > _GREY
