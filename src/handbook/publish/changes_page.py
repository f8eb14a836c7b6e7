"""Make the page that lists the changes since the previous version."""

from __future__ import annotations

from handbook.loaded.handbook import Handbook
from handbook.publish.edition import Edition
from handbook.read.pages import CHANGES_PAGE
from handbook.render.render import Renderer

_TITLE = "What's new"
_FRONT = f"""---
title: {_TITLE}
description: Changes since the previous version.
icon: material/history
render_macros: false
---

"""
_NO_EDITION = """This is the unreleased version of the handbook. In published versions, this page lists the
changes since the previous version.
"""


def changes_page(handbook: Handbook, renderer: Renderer, edition: Edition | None) -> str | None:
    """Return the page as Markdown; `None` when the site has its own page or does not need one.

    A published version always has the page. Any other build has the page when the navigation names it.
    """
    if any(page.path == CHANGES_PAGE for page in handbook.context.pages):
        return None
    if edition is None and CHANGES_PAGE not in (handbook.site.navigation or ()):
        return None
    changes = edition.changes if edition else _NO_EDITION
    return _FRONT + renderer.made_page(f"# {_TITLE} {{ #what-changed }}\n\n{changes}", CHANGES_PAGE, _TITLE)
