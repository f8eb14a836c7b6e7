"""Colours as a screen shows them (sRGB), and as people see them (OKLCH).

OKLCH is by Björn Ottosson (https://bottosson.github.io/posts/oklab/). The style sheet derives every
colour of the pages in it: with the same hue, a darker brand colour still looks like the brand.
"""

from __future__ import annotations

import re
from math import atan2, cbrt, degrees, hypot

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex

_HEX = regex(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_SHORT = 3


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


def _linear(part: int) -> float:
    """Return the light of a part of a colour, from 0 to 1."""
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - as in sRGB
