"""Derive the colours of the pages from those of the site, so that every text can be read.

All other colours of the style sheet are mixed from these variables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from handbook.base.colour import Colour, Shade, colour_of, contrast, mix, read_colour, shade_of
from handbook.read.looks import DARK, LIGHT, Looks, Palette

_SELECTORS = {
    LIGHT: ':root,\n[data-md-color-scheme="default"]',
    DARK: '[data-md-color-scheme="slate"]',
}
"""The elements with the colours of a scheme, as in `theme.css`."""

_TINT, _SOFT = 0.09, 0.04
"""The shares of the brand colour in a tint and of the text colour in a soft background, as in `theme.css`."""

_LOWEST = {LIGHT: 4.5, DARK: 7.0}
"""The lowest contrast of a colour with its background. WCAG 2.2 asks for 4.5; dark pages need more."""

_ALIKE = 40
"""Colours whose hues are this close, in degrees, look alike."""

_GREY = 0.04
"""The chroma below which a colour has no hue that people notice."""

_HALVINGS = 20


class Scheme(NamedTuple):
    """The variables of the style sheet for one scheme.

    Attributes:
        name: Its name.
        variables: The colours by variable.
    """

    name: str
    variables: Mapping[str, Colour]

    def backgrounds(self, brand: Colour) -> Iterable[Colour]:
        """Yield the backgrounds of text in the brand colour or the accent colour."""
        ink = self.variables["--md-default-fg-color"]
        for name in ("--hb-paper", "--hb-raised", "--md-code-bg-color"):
            yield (background := self.variables[name])
            yield mix(brand, background, _TINT)
            yield mix(ink, background, _SOFT)


def read_scheme(name: str, style: str) -> Scheme:
    """Return the variables of a scheme, as the style sheet of the theme has them."""
    block = style.partition(f"{_SELECTORS[name]} {{")[2].partition("}")[0]
    values = {variable: read_colour(code) for variable, code in re.findall(r"(--[\w-]+): (#\w+);", block)}
    return Scheme(name, {variable: colour for variable, colour in values.items() if colour})


def own_colours(looks: Looks, style: str) -> str:
    """Return the variables with the site's own colours; empty if it has none.

    Args:
        looks: The colours of the site.
        style: The style sheet of the theme, with the colours of the handbook.
    """
    parts = []
    for name, palette in looks.palettes.items():
        variables = derive(palette, read_scheme(name, style))
        if variables:
            lines = "".join(f"  {variable}: {value};\n" for variable, value in variables.items())
            parts.append(f"{_SELECTORS[name]} {{\n{lines}}}\n")
    return "".join(parts)


def derive(palette: Palette, scheme: Scheme) -> dict[str, str]:
    """Return the variables for the colours of a site in a scheme, with enough contrast."""
    found = {}
    brand, accent = scheme.variables["--hb-brand"], palette.accent
    if palette.brand:
        if accent is None and _are_alike(palette.brand, scheme.variables["--md-accent-fg-color"]):
            accent = brand
        brand = _readable(palette.brand, scheme, scheme.backgrounds)
        found = {"--hb-brand": brand.code, "--hb-on-brand": _on(brand, scheme).code}
    if accent:
        shown = _readable(accent, scheme, lambda _: scheme.backgrounds(brand))
        found["--md-accent-fg-color"] = shown.code
        found["--md-accent-fg-color--transparent"] = f"{shown.code}{'14' if scheme.name == LIGHT else '1f'}"
    return found


def _readable(colour: Colour, scheme: Scheme, backgrounds: Callable[[Colour], Iterable[Colour]]) -> Colour:
    """Return a colour, darker or lighter if it can't be read on a scheme's backgrounds.

    Args:
        colour: The colour.
        scheme: The scheme.
        backgrounds: Returns the backgrounds; some are a tint of the colour.
    """

    def is_readable(tried: Colour) -> bool:
        return all(contrast(tried, each) >= _LOWEST[scheme.name] for each in backgrounds(tried))

    if is_readable(colour):
        return colour
    shade = shade_of(colour)
    wrong, right = shade.lightness, 0.0 if scheme.name == LIGHT else 1.0
    for _ in range(_HALVINGS):
        middle = (wrong + right) / 2
        if is_readable(colour_of(shade._replace(lightness=middle))):
            right = middle
        else:
            wrong = middle
    return colour_of(shade._replace(lightness=right))


def _on(brand: Colour, scheme: Scheme) -> Colour:
    """Return the colour of text on the brand colour."""
    if scheme.name == LIGHT:
        return scheme.variables["--hb-on-brand"]
    usual = shade_of(scheme.variables["--hb-on-brand"])
    return colour_of(Shade(usual.lightness, min(usual.chroma, shade_of(brand).chroma), shade_of(brand).hue))


def _are_alike(one: Colour, other: Colour) -> bool:
    first, second = shade_of(one), shade_of(other)
    apart = abs(first.hue - second.hue)
    return min(apart, 360 - apart) < _ALIKE and min(first.chroma, second.chroma) > _GREY
