"""What the pages need in the browser, shipped with the engine: styles, scripts and fonts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbook.view.downloads import Download

_SHIPPED = Path(__file__).with_name("browser")
_FOLDER = "assets/handbook"

# In the order in which they are put together: what comes later wins.
_STYLES = (
    "fonts",
    "theme",
    "parts",
    "home",
    "tables",
    "checklists",
    "templates",
    "calculator",
    "terms",
    "drawings",
    "reference",
    "phone",
    "print",
)

STYLE = f"{_FOLDER}/handbook.css"
SCRIPT = f"{_FOLDER}/handbook.js"
"""A module, which fetches the others that a page needs."""
EARLY_SCRIPT = f"{_FOLDER}/early.js"
FORWARD_SCRIPT = f"{_FOLDER}/forward.js"
VERSIONS_SCRIPT = f"{_FOLDER}/versions.js"

ATTRIBUTES = "attr_list"
"""The extension of Markdown that reads anchors of headings: they stay when a heading is renamed."""

SHOWN_ALL_THE_SAME = "!/templates/"
"""A pattern for `exclude_docs`: both engines leave out a folder named `templates` unless told otherwise."""


def read_assets() -> dict[str, bytes]:
    """The files by the path they are published at. The parts of the style are put into one file."""
    style = b"\n".join((_SHIPPED / "styles" / f"{name}.css").read_bytes() for name in _STYLES)
    own = (path for path in sorted(_SHIPPED.rglob("*")) if path.is_file() and path.suffix != ".css")
    files = {f"{_FOLDER}/{path.relative_to(_SHIPPED).as_posix()}": path.read_bytes() for path in own}
    return {STYLE: style, **files}


def write_downloads(downloads: Iterable[Download], folder: Path) -> None:
    """Writes downloads into a folder."""
    for download in downloads:
        target = folder / download.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(download.text, encoding="utf-8", newline="\n")
