"""The help pages, which every site gets from the engine: how to change a handbook, and the references.

A page of the site at the same path replaces one. Few runs need their text, so it is read on request.

Text between `<!-- only: experiment -->` and `<!-- end -->` is for sites with that content type. The folder of
a language, such as `help/de/`, has the translated pages; for a language without one, they are in English.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from handbook.base.language import ENGLISH
from handbook.base.regex import regex
from handbook.read.pages import Page

HELP_PAGES = (
    "contribute/index.md",
    "contribute/pages.md",
    "contribute/kinds.md",
    "contribute/looks.md",
    "contribute/audiences.md",
    "contribute/language.md",
    "contribute/search.md",
    "contribute/shared-core.md",
    "contribute/import.md",
    "contribute/host.md",
    "contribute/proposals.md",
    "contribute/what-a-change-can-do.md",
    "reference/fields.md",
    "reference/comparison.md",
    "reference/rules.md",
    "reference/macros.md",
    "reference/python.md",
)
"""Their paths below the docs folder, in the order of the navigation."""

GENERATED_HEADINGS = frozenset({"reference/fields.md", "reference/macros.md", "reference/rules.md"})
"""Those with more headings than their files, which are known only once they are rendered."""

_FOLDER = Path(__file__).parents[1] / "help"
_ONLY = regex(r"^<!-- only: (\w+) -->\n\n(.*?)^<!-- end -->\n\n", re.MULTILINE | re.DOTALL)


def read_help_page(path: str, kinds: Collection[str], language: str = ENGLISH) -> Page:
    """Return a help page with the parts for a site.

    Args:
        path: Its path below the docs folder.
        kinds: The names of the content types of the site.
        language: The code of the language of its readers.
    """
    translated = _FOLDER / language / path
    text = (translated if translated.exists() else _FOLDER / path).read_text(encoding="utf-8")
    return Page(path, path, _ONLY.sub(lambda found: found[2] if found[1] in kinds else "", text))
