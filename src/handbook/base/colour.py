"""Colours: contrast as WCAG 2.2 measures it, and lightness as people see it (OKLCH).

OKLCH is by Björn Ottosson (https://bottosson.github.io/posts/oklab/). A change of its lightness keeps the
hue, so that a darker brand colour still looks like the brand.
"""

from __future__ import annotations

import re
from math import atan2, cbrt, cos, degrees, hypot, radians, sin
from typing import NamedTuple

from handbook.base.regex import regex

_HEX = regex(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_SHORT = 3
_STEPS = 20
"""The halvings of an interval that find a value to far less than a step of a screen's colour."""
_RANGE = 0.5 + 1e-6
"""How far from the middle the light of a screen can be, with the error of floats."""


class Colour(NamedTuple):
    """A colour of a screen (sRGB), each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def code(self) -> str:
        """Return the colour as in CSS: `#0b5c69`."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


class Shade(NamedTuple):
    """A colour as people see it.

    Attributes:
        lightness: From 0 for black to 1 for white.
        chroma: From 0 for grey to about 0.3 for the most vivid.
        hue: The angle on the colour wheel, in degrees.
    """

    lightness: float
    chroma: float
    hue: float


def read_colour(text: str) -> Colour | None:
    """Return a colour such as `#0b6e4f` or `#fc0`, or `None` for any other text."""
    match = _HEX.fullmatch(text)
    if not match:
        return None
    digits = match[1] if len(match[1]) > _SHORT else "".join(digit * 2 for digit in match[1])
    return Colour(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return two colours mixed as `color-mix(in srgb, …)` does, with a share from 0 to 1 of the first."""
    parts = (share * a + (1 - share) * b for a, b in zip(one, other, strict=True))
    return Colour(*map(_whole, parts))


def shade_of(colour: Colour) -> Shade:
    """Return how people see a colour."""
    red, green, blue = map(_linear, colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Shade(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def colour_of(shade: Shade) -> Colour:
    """Return the colour of a shade, less vivid if a screen can't show it."""
    low, high = 0.0, shade.chroma
    parts = _parts(shade)
    if not _fits(parts):
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_parts(shade._replace(chroma=middle))) else (low, middle)
        parts = _parts(shade._replace(chroma=low))
    return Colour(*(_whole(255 * _curved(part)) for part in parts))


def _parts(shade: Shade) -> tuple[float, float, float]:
    """Return the red, green and blue light of a shade; below 0 or above 1 if a screen can't show it."""
    lightness, chroma, hue = shade
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _fits(parts: tuple[float, float, float]) -> bool:
    return all(abs(part - 0.5) <= _RANGE for part in parts)


def _linear(part: int) -> float:
    """Return the light of a part of a colour, from 0 to 1."""
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - as in sRGB


def _curved(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004


def _luminance(colour: Colour) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _whole(part: float) -> int:
    return min(max(int(part + 0.5), 0), 255)
