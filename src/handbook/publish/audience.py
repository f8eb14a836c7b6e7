"""Whom one build is for, handed over from the command line to the site engine that it starts."""

from __future__ import annotations

import os

from handbook.handbook import Handbook
from handbook.read.audiences import AUDIENCES, FIELD

_VARIABLE = "HANDBOOK_AUDIENCE"
"""An engine is a process of its own, so what is handed over ends with the build."""

_FIRST_PAGES = ("index.md", "README.md")


class AudienceError(Exception):
    """A site cannot be built for an audience. The message says why, and how to mend it."""


def handed_over() -> str | None:
    """The audience of this build; `None` when the settings have their say.

    Raises:
        AudienceError: There is no such audience.
    """
    audience = os.environ.get(_VARIABLE)
    if audience and audience not in AUDIENCES:
        names = ", ".join(AUDIENCES)
        raise AudienceError(f"{_VARIABLE} is {audience}, which is no audience; there are {names}")
    return audience or None


def to_hand_over(audience: str) -> dict[str, str]:
    """What to add to the environment of a site engine."""
    return {_VARIABLE: audience}


def check_first_page(handbook: Handbook) -> None:
    """Sees to it that readers find a first page.

    Raises:
        AudienceError: There is one, and the audience may not see it.
    """
    hidden = handbook.catalogue.gate.hidden_pages.intersection(_FIRST_PAGES)
    if hidden and handbook.pages.keys().isdisjoint(_FIRST_PAGES):
        page = handbook.site.relative(handbook.site.docs / min(hidden))
        raise AudienceError(
            f"{page}: the site is built for the audience `{handbook.audience}`, which may not see its first "
            f"page; write `{FIELD}: {handbook.audience}` between the lines of dashes at the top of the page"
        )
