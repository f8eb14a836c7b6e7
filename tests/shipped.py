"""This repository's handbook, loaded once in a process."""

from __future__ import annotations

from functools import cache

from handbook.loaded.handbook import Handbook, load
from handbook.read.files import find_site
from tests.conftest import TODAY
from tests.sites import ROOT


@cache
def load_shipped(audience: str | None = None) -> Handbook:
    """Return the handbook as an audience sees it on the day that the tests take for today."""
    return load(find_site(ROOT), TODAY, audience)
