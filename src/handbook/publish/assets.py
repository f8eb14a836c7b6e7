"""What the pages need in the browser, shipped with the engine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbook.view.downloads import Download

_FOLDER = Path(__file__).with_name("browser")

STYLE = "assets/handbook.css"
SCRIPT = "assets/handbook.js"
FORWARD_SCRIPT = "assets/forward.js"
VERSIONS_SCRIPT = "assets/versions.js"

ATTRIBUTES = "attr_list"
"""The extension of Markdown that reads anchors of headings: they stay when a heading is renamed."""

SHOWN_ALL_THE_SAME = "!/templates/"
"""A pattern for `exclude_docs`: both engines leave out a folder named `templates` unless told otherwise."""


def read_assets() -> dict[str, str]:
    """The files by the path they are published at."""
    paths = (STYLE, SCRIPT, FORWARD_SCRIPT, VERSIONS_SCRIPT)
    return {path: (_FOLDER / Path(path).name).read_text(encoding="utf-8") for path in paths}


def write_downloads(downloads: Iterable[Download], folder: Path) -> None:
    """Writes downloads into a folder."""
    for download in downloads:
        target = folder / download.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(download.text, encoding="utf-8", newline="\n")


def keep_to_itself(page: str) -> str:
    """A page of the theme without the part that asks the repository's host how many stars it has."""
    return page.replace(' data-md-component="source"', "")
