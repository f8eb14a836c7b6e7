"""The page that says what has changed since the version before."""

from __future__ import annotations

from handbook.handbook import Handbook
from handbook.publish.edition import Edition
from handbook.read.pages import CHANGES_PAGE
from handbook.view.render import Renderer

_TITLE = "What changed"
_FRONT = f"""---
title: {_TITLE}
description: What is different from the version before.
icon: material/history
render_macros: false
---

"""
_NO_EDITION = """This is the handbook as it is being written. Each published version says here what is
different from the version before.
"""


def changes_page(handbook: Handbook, renderer: Renderer, edition: Edition | None) -> str | None:
    """The page as Markdown; `None` when somebody has written one, or nobody asks for one.

    A version always has the page. Another build has it when the navigation names it.
    """
    if any(page.path == CHANGES_PAGE for page in handbook.context.pages):
        return None
    if edition is None and CHANGES_PAGE not in (handbook.site.navigation or ()):
        return None
    told = edition.changes if edition else _NO_EDITION
    return _FRONT + renderer.made_page(f"# {_TITLE}\n\n{told}", CHANGES_PAGE, _TITLE)
