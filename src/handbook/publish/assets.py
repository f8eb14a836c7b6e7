"""Styles, scripts and fonts of the pages, shipped with the engine."""

from __future__ import annotations

import json
from pathlib import Path

from handbook.base.language import ENGLISH
from handbook.read.languages import read_strings

_SHIPPED = Path(__file__).with_name("browser")
_FOLDER = "assets/handbook"

# In the order of the published style sheet: later rules override earlier ones.
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
"""A module that loads the other modules of a page."""
EARLY_SCRIPT = f"{_FOLDER}/early.js"
FORWARD_SCRIPT = f"{_FOLDER}/forward.js"
VERSIONS_SCRIPT = f"{_FOLDER}/versions.js"
_TEXTS = f"{_FOLDER}/texts.js"

ATTRIBUTES = "attr_list"
"""The Markdown extension that reads the anchors of headings, so that links survive a renamed heading."""

SHOWN_ALL_THE_SAME = "!/templates/"
"""A pattern for `exclude_docs`. By default, both engines leave out a folder named `templates`."""


def read_assets(language: str) -> dict[str, bytes]:
    """Return the files by their published path. The parts of the style are joined into one file.

    Args:
        language: The code of the language of the pages.
    """
    style = b"\n".join((_SHIPPED / "styles" / f"{name}.css").read_bytes() for name in _STYLES)
    own = (path for path in sorted(_SHIPPED.rglob("*")) if path.is_file() and path.suffix != ".css")
    files = {f"{_FOLDER}/{path.relative_to(_SHIPPED).as_posix()}": path.read_bytes() for path in own}
    if language != ENGLISH:
        files[_TEXTS] = _script_texts(language).encode()
    return {STYLE: style, **files}


def _script_texts(language: str) -> str:
    """Return the module with the translations of the strings in scripts."""
    texts = json.dumps(read_strings(language).scripts, ensure_ascii=False, indent=1)
    return f"export const language = {json.dumps(language)};\nexport const texts = {texts};\n"
