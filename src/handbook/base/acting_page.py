"""Find markup that reaches beyond its own place on a page: it covers, replaces or imitates parts of the site.

Nothing in it runs, but readers could no longer tell the text of a page from what the site says about it, such
as its owner, its review, or the form that proposes a change.
"""

from __future__ import annotations

from enum import Enum, auto

from handbook.base.acting_styles import covering
from handbook.base.regex import regex


class Markup(Enum):
    """What some HTML is.

    Attributes:
        FILE: A file of its own.
        PAGE: The text of a finished page, with the HTML of views and macros.
        SOURCE: The text of a page as people write it.
    """

    FILE = auto()
    PAGE = auto()
    SOURCE = auto()


WHOLE_PAGE = frozenset({"body", "dialog", "head", "html", "plaintext", "style"})
"""Elements that change the whole page, are shown above it, or swallow the rest of it."""

_KEYS = frozenset({"accesskey", "autofocus", "contenteditable"})
_OPENING = frozenset({"command", "commandfor", "popover", "popovertarget"})
_PROPERTIES = frozenset({"form", "img"})
"""Elements whose name becomes a property of the document, and hides one such as `getElementById`."""
_TARGETS = frozenset({"_blank", "_parent", "_self", "_top"})

_FLOATING_CLASS = regex(
    r"md-(?:code|consent|dialog|header|nav|option|overlay|progress|search|select|sidebar|skip|tooltip|top|version)"
)
"""The classes of the theme that are shown above the page or at the edge of the window."""

# Everything else is a part of a control, a sign or a layer above the page.
_OWN_CLASS = regex(
    r"hb-(?!(?:actions|asks|doors|duo|facts|lead|path)\Z)|md-(?!(?:button|icon|tag|typeset)(?:--|\Z))"
)
_OWN_ID = regex(r"hb-|__")
_THEME_DATA = regex(r"data-(?:md|clipboard)-")
_OWN_DATA = regex(r"data-hb")

SIGNS = (
    *(f"<{element}" for element in sorted(WHOLE_PAGE)),
    *sorted(_KEYS),
    *("__", "command", "data-clipboard-", "data-hb", "hb-", "md-", "name=", "opener", "overflow", "popover"),
    "target=",
)
"""Every text with such markup has one of these, or sets a style."""


def reach(kind: Markup, name: str, value: str, element: str) -> tuple[str, str] | None:
    """Return the problem with an attribute that reaches beyond its element, and the fix, if there is one.

    Args:
        kind: What the HTML is.
        name: The name, or a class or an ID as the Markdown extension `attr_list` has it.
        value: The value.
        element: The element, if it is known.
    """
    if kind is Markup.FILE:
        return None
    said = _hook(name, value, is_source=kind is Markup.SOURCE)
    plain = value.strip().casefold()
    if name == "style" and (setting := covering(value)):
        said = f"`style` can cover other parts of the page: `{setting}`", f"Remove `{setting}`"
    elif name == "overflow" and plain not in {"auto", "clip", "hidden", "scroll"}:
        said = "`overflow` can cover other parts of the page", f"Remove `{name}`"
    elif name in _KEYS:
        said = f"`{name}` takes the keyboard from the reader", f"Remove `{name}`"
    elif name in _OPENING:
        said = f"`{name}` shows something above the page", f"Remove `{name}`"
    elif name == "name" and element in _PROPERTIES:
        said = (
            f"The name of `<{element}>` hides a part of the page from the site's scripts",
            f"Remove `{name}`",
        )
    elif (name == "target" and plain not in _TARGETS) or (name == "rel" and "opener" in plain.split()):
        said = f"With this `{name}`, the page that is opened can replace this one", f"Remove `{name}`"
    return said


def _hook(name: str, value: str, *, is_source: bool) -> tuple[str, str] | None:
    """Return the problem with an attribute by which markup becomes a part of the site, and the fix, if any.

    A finished page has names of views and of the theme, too, so most of them count only in what people write.
    """
    if _THEME_DATA.match(name) or (is_source and _OWN_DATA.match(name)):
        return f"`{name}` starts a tool of the site", "Use a macro"
    kind, names = (name[0], [name[1:]]) if name[:1] in {".", "#"} else (name, value.split())
    found = ""
    if kind in {"class", "."}:
        found = next(filter((_OWN_CLASS if is_source else _FLOATING_CLASS).match, names), "")
    elif is_source and kind in {"for", "id", "#"}:
        found = next(filter(_OWN_ID.match, names), "")
    return (
        (f"`{found}` is a name of the site's own controls", "Use another name, or a macro") if found else None
    )
