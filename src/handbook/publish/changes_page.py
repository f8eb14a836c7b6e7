"""The page that says what has changed since the version before."""

from __future__ import annotations

from handbook.handbook import Handbook
from handbook.publish.edition import Edition
from handbook.read.pages import CHANGES_PAGE

_FRONT = """---
title: What changed
description: What is different from the version before.
icon: material/history
render_macros: false
---

# What changed

"""
_NO_EDITION = """This is the handbook as it is being written. Each published version says here what is
different from the version before.
"""


def changes_page(handbook: Handbook, edition: Edition | None) -> str | None:
    """The page as Markdown; `None` when somebody has written one, or nobody asks for one.

    A version always has the page. Another build has it when the navigation names it.
    """
    if any(page.path == CHANGES_PAGE for page in handbook.context.pages):
        return None
    if edition is not None:
        return _FRONT + edition.changes
    return _FRONT + _NO_EDITION if CHANGES_PAGE in (handbook.site.navigation or ()) else None
