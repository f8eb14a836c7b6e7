"""The languages that the theme has labels for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from handbook.base.words import nearest
from handbook.read.files import Site

_LANGUAGES = "partials/languages"


def theme_languages(site: Site) -> frozenset[str]:
    """Return the codes of the languages of the theme Material and of the site's own files for it.

    They are empty if the theme isn't installed where the checks run.
    """
    own = _codes(site.overrides / _LANGUAGES) if site.overrides else ()
    return _of_material().union(own) if _of_material() else frozenset()


def theme_language_near(code: str, codes: Iterable[str]) -> str | None:
    """Return the language that is meant by another code: `de` for `de-AT` or `DE`, or `None`."""
    by_folded = {each.casefold(): each for each in codes}
    folded = code.strip().replace("_", "-").casefold()
    found = by_folded.get(folded) or by_folded.get(folded.partition("-")[0])
    return found or nearest(folded, by_folded.values())


@lru_cache(maxsize=1)
def _of_material() -> frozenset[str]:
    # Importing the theme takes longer than all checks of a small handbook.
    from importlib.util import find_spec  # noqa: PLC0415 - most handbooks don't set a language

    spec = find_spec("material")
    folders = spec.submodule_search_locations if spec else None
    return frozenset(
        code for folder in folders or () for code in _codes(Path(folder, "templates", _LANGUAGES))
    )


def _codes(folder: Path) -> Iterable[str]:
    return (path.stem for path in folder.glob("*.html"))
