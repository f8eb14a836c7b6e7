"""Pass the audience of a build from the command line to the site engine."""

from __future__ import annotations

import os

from handbook.loaded.handbook import Handbook
from handbook.read.audiences import AUDIENCES, FIELD

_VARIABLE = "HANDBOOK_AUDIENCE"
"""The engine is a separate process, so the variable ends with the build."""

_FIRST_PAGES = ("index.md", "README.md")


class AudienceError(Exception):
    """A site cannot be built for an audience. The message gives the reason and the fix."""


def handed_over() -> str | None:
    """Return the audience of this build; `None` to use the audience of the settings.

    Raises:
        AudienceError: The variable names an unknown audience.
    """
    audience = os.environ.get(_VARIABLE)
    if audience and audience not in AUDIENCES:
        names = ", ".join(AUDIENCES)
        raise AudienceError(f"{_VARIABLE}: Unknown audience `{audience}`. Use one of: {names}")
    return audience or None


def to_hand_over(audience: str) -> dict[str, str]:
    """Return the variables to add to the environment of a site engine."""
    return {_VARIABLE: audience}


def check_first_page(handbook: Handbook) -> None:
    """Check that the audience can see the home page.

    Raises:
        AudienceError: The home page is hidden from the audience.
    """
    hidden = handbook.catalogue.gate.hidden_pages.intersection(_FIRST_PAGES)
    if hidden and handbook.pages.keys().isdisjoint(_FIRST_PAGES):
        page = handbook.site.relative(handbook.site.docs / min(hidden))
        raise AudienceError(
            f"{page}: The audience `{handbook.audience}` can't see the home page of the site. "
            f"Add `{FIELD}: {handbook.audience}` to the front matter of the page"
        )
