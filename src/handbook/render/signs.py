"""Small pictures: icons, the tile of a content type, the mark of a tool, the sign of a team or role.

Each is decoration next to a name, so screen readers skip it. Icons are inline SVG: they take the colour of
the text, and a page loads no icon font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from handbook.base.named_tuples import NamedTuple
from handbook.link.catalogue import Entry
from handbook.read.files import Site
from handbook.read.icons import find_icon
from handbook.read.schemas.kinds import Kind

_SVG = re.compile(r'<svg[^>]*?viewBox="(?P<box>[-\d. ]+)"[^>]*>(?P<inside>.*)</svg>', re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ICON = Markup('<svg class="hb-i{}" viewBox="{}" aria-hidden="true">{}</svg>')
_SYMBOL = Markup('<symbol id="{}" viewBox="{}"><g{}>{}</g></symbol>')
_SYMBOLS = Markup('<svg xmlns="http://www.w3.org/2000/svg">{}</svg>\n')
_FILLED = Markup(' fill="currentColor" stroke="none"')
_TILE = Markup('<span class="hb-tile{} hb-of-{}" aria-hidden="true">{}</span>')
_DRAWN = Markup('<span class="hb-{}{}" aria-hidden="true">{}</span>')
_LETTERED = Markup('<span class="hb-{0}{1}" data-letters="{2}" aria-hidden="true"></span>')
"""Letters are an attribute that the style shows: as text, they would be part of the title next to them."""

_LARGE = "--large"

_SPELT = str.maketrans({"+": "plus", ".": "dot", "&": "and"})
"""How Simple Icons spells characters of a brand in the name of its icon."""

_LETTERS = 3
_SMALL = 2
"""The length of words such as "of", which initials leave out."""
_USUAL = "file-text"
"""The icon of a content type without one that can be shown."""


class NoIconError(ValueError):
    """A view names an icon that doesn't exist."""


def icon(site: Site, name: str) -> Markup:
    """Return an icon as inline SVG.

    Args:
        site: The site, which can have icons of its own.
        name: Its name, such as `wrench`; with the name of another collection of the theme, `material/target`.

    Raises:
        NoIconError: There is none of that name.
    """
    found = find_drawing(site, name if "/" in name else f"lucide/{name}")
    if not found:
        raise NoIconError(f"there is no icon `{name}`")
    return found


def tile(site: Site, kind: Kind, *, large: bool = False) -> Markup:
    """Return the tile of a content type: its icon on its hue."""
    return _tile(kind.name, find_drawing(site, kind.icon) or icon(site, _USUAL), large=large)


@lru_cache(maxsize=512)
def _tile(kind: str, drawing: Markup, *, large: bool) -> Markup:
    return _TILE.format(f" hb-tile{_LARGE}" if large else "", kind.replace("_", "-"), drawing)


def sign(site: Site, entry: Entry, *, large: bool = False) -> Markup:
    """Return the sign of an entry: the mark of a tool, the icon of a team, or the tile of its type."""
    if entry.kind.name == "tool":
        look, glyph = f" hb-mark{_LARGE}" if large else "", _brand(site, entry)
        return _drawn("mark", look, glyph) if glyph else _lettered("mark", look, letters(entry.short_name))
    if entry.kind.name in {"team", "role"}:
        chosen = entry.data.get("icon")
        drawing = find_drawing(site, chosen) if isinstance(chosen, str) else None
        look = f" hb-sign{_LARGE}" if large else ""
        return (
            _drawn("sign", look, drawing) if drawing else _lettered("sign", look, initials(entry.short_name))
        )
    return tile(site, entry.kind, large=large)


@lru_cache(maxsize=512)
def _drawn(name: str, look: str, drawing: Markup) -> Markup:
    return _DRAWN.format(name, look, drawing)


@lru_cache(maxsize=512)
def _lettered(name: str, look: str, shown: str) -> Markup:
    return _LETTERED.format(name, look, shown)


def own_sign(site: Site, entry: Entry) -> Markup:
    """Return the sign of an entry that has one of its own; empty for one with the tile of its type."""
    return sign(site, entry) if entry.kind.name in {"tool", "team", "role"} else Markup()


def initials(name: str) -> str:
    """Return the initials of a team or role: `PMM` for "Product marketing manager"."""
    words = [word for word in re.findall(r"\w+", name) if len(word) > _SMALL or word.isupper()]
    return "".join(word[0] for word in words[:_LETTERS]).upper() if len(words) > 1 else letters(name)


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """Return two letters for a tool: `LD` for "LaunchDarkly", `Am` for "Amplitude"."""
    capitals = [character for character in name if character.isupper()]
    words = re.findall(r"\w+", name)
    if len(words) > 1:
        return "".join(word[0] for word in words[:2]).upper()
    return "".join(capitals[:2]) if len(capitals) > 1 else name.strip()[:2]


def _brand(site: Site, entry: Entry) -> Markup | None:
    """Return the glyph of the brand of a tool that the theme has an icon of."""
    plain, slug = _spelt(entry.short_name)
    if not slug or not _is_of_brand(entry.data, slug):
        return None
    dashed = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return find_drawing(site, f"simple/{slug}") or find_drawing(site, f"fontawesome/brands/{dashed}")


def _is_of_brand(data: Mapping[str, Any], slug: str) -> bool:
    """Return whether a tool is of the brand that has its name: its vendor, or else a link, says the same.

    A company's own tool can have the name of a product of others. Without a vendor, the name counts.
    """
    vendor = data.get("vendor")
    maker = _spelt(vendor)[1] if isinstance(vendor, str) else ""
    if not maker or slug in maker or maker in slug:
        return True
    links = data.get("links")
    addresses = (link.get("url") for link in links if isinstance(link, Mapping)) if links else ()
    return any(slug in _spelt(address)[1] for address in addresses if isinstance(address, str))


@lru_cache(maxsize=4096)
def _spelt(name: str) -> tuple[str, str]:
    """Return a name in lowercase, and as Simple Icons spells it."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return plain, re.sub(r"[^a-z0-9]", "", plain.translate(_SPELT))


def find_drawing(site: Site, name: str) -> Markup | None:
    """Return an icon by its whole name as inline SVG; `None` if there is none that can be shown."""
    path = find_icon(site, name) if name else None
    return _read(path) if path else None


def draw_symbols(site: Site, names: Mapping[str, str]) -> Markup:
    """Return icons as one SVG file, from which scripts show each by its ID.

    Args:
        site: The site.
        names: The whole name of each icon by its ID. Those that can't be shown are left out.
    """
    paths = {symbol: find_icon(site, name) if name else None for symbol, name in names.items()}
    shapes = {symbol: _shape(path) for symbol, path in paths.items() if path}
    return _SYMBOLS.format(
        Markup().join(
            _SYMBOL.format(symbol, shape.box, "" if shape.is_line else _FILLED, shape.inside)
            for symbol, shape in shapes.items()
            if shape
        )
    )


@lru_cache(maxsize=512)
def _read(path: Path) -> Markup | None:
    shape = _shape(path)
    return _ICON.format("" if shape.is_line else " hb-i--solid", shape.box, shape.inside) if shape else None


class _Shape(NamedTuple):
    """The drawing of an icon: its coordinates, its markup, and whether it consists of lines."""

    box: str
    inside: Markup
    is_line: bool


@lru_cache(maxsize=512)
def _shape(path: Path) -> _Shape | None:
    found = _SVG.search(_COMMENT.sub("", path.read_text(encoding="utf-8")))
    if not found:
        return None
    # The files come with the engine and the theme, or are the site's own code.
    inside = Markup(found["inside"].strip())  # noqa: S704
    return _Shape(found["box"], inside, 'stroke="currentColor"' in found[0])
