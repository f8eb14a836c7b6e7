"""Styles, scripts and fonts of the pages, shipped with the engine."""

from __future__ import annotations

import json
from pathlib import Path

from handbook.base.language import ENGLISH
from handbook.base.regex import regex
from handbook.publish.looks import own_colours
from handbook.read.languages import read_strings
from handbook.read.looks import Looks

_SHIPPED = Path(__file__).with_name("browser")
_FOLDER = "assets/handbook"

# In the order of the published style sheet: later rules override earlier ones.
_STYLES = (
    "fonts",
    "tokens",
    "theme",
    "signs",
    "buttons",
    "cards",
    "frame",
    "drawer",
    "search",
    "page",
    "parts",
    "home",
    "others",
    "tables",
    "processes",
    "calendar",
    "experiments",
    "tool",
    "audit",
    "checklists",
    "queries",
    "templates",
    "calculator",
    "form",
    "terms",
    "drawings",
    "reference",
    "phone",
    "print",
)

_OTHERS = frozenset({".css", ".ts"})
"""What is not published as it is: parts of the style, and types for the check of the scripts."""
_COMMENT = regex(r"(?ms)^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n")
_SERVED = "live.js"
"""The script that only a served page has."""

STYLE = f"{_FOLDER}/handbook.css"
SCRIPT = f"{_FOLDER}/handbook.js"
"""A module that loads the other modules of a page."""
EARLY_SCRIPT = f"{_FOLDER}/early.js"
FONT = f"{_FOLDER}/fonts/inter-latin-wght-normal.woff2"
"""The font that every page uses, which it asks for early."""
FORWARD_SCRIPT = f"{_FOLDER}/forward.js"
VERSIONS_SCRIPT = f"{_FOLDER}/versions.js"
SEARCH_FOLDER = f"{_FOLDER}/search"
"""The folder of the search index, next to the scripts that read it."""
FORM_FOLDER = f"{_FOLDER}/forms"
"""The folder of the data of the form that proposes a change."""
_TEXTS = f"{_FOLDER}/texts.js"

ATTRIBUTES = "attr_list"
"""The Markdown extension that reads the anchors of headings, so that links survive a renamed heading."""

SHOWN_ALL_THE_SAME = "!/templates/"
"""A pattern for `exclude_docs`. By default, both engines leave out a folder named `templates`."""


def read_assets(looks: Looks) -> dict[str, bytes]:
    """Return the files by their published path. The parts of the style are joined into one file.

    Every reader downloads styles and scripts, so they are published without the comments for their authors.

    Args:
        looks: The colours of the site.
    """
    parts = [(_SHIPPED / "styles" / f"{name}.css").read_text("utf-8") for name in _STYLES]
    style = "\n".join([*map(_without_comments, parts), *filter(None, [own_colours(looks)])]).encode()
    shipped = (path for path in sorted(_SHIPPED.rglob("*")) if path.is_file() and path.name != _SERVED)
    own = (path for path in shipped if path.suffix not in _OTHERS)
    files = {f"{_FOLDER}/{path.relative_to(_SHIPPED).as_posix()}": _published(path) for path in own}
    return {STYLE: style, **files}


def _published(path: Path) -> bytes:
    """Return the content of a file. Libraries are published as they came, with their licences."""
    is_own_script = path.suffix == ".js" and path.parent == _SHIPPED
    return read_script(path.name).encode() if is_own_script else path.read_bytes()


def read_script(name: str) -> str:
    """Return one of our scripts as it is published, by its name."""
    return _without_comments((_SHIPPED / name).read_text("utf-8"))


def _without_comments(text: str) -> str:
    """Return a script or style without the comments that have lines of their own; nearly all have."""
    return _COMMENT.sub("", text)


def translated_texts(language: str) -> dict[str, bytes]:
    """Return the file with the translations of the strings in scripts by its path; none for English.

    Args:
        language: The code of the language of the pages.
    """
    if language == ENGLISH:
        return {}
    texts = json.dumps(read_strings(language).scripts, ensure_ascii=False, indent=1)
    module = f"export const language = {json.dumps(language)};\nexport const texts = {texts};\n"
    return {_TEXTS: module.encode()}
