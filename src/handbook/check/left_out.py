"""Find what the settings of the site engine leave out: of the site, or of its navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from handbook.check.engine_settings import engine_settings
from handbook.read.files import Site

EXCLUDED = "exclude_docs"
DRAFTS = "draft_docs"
_USUAL = "/templates/\n"
"""The folder that the engine leaves out, too, if a site has patterns of its own."""


def unpublished_by(site: Site) -> Callable[[str], str] | None:
    """Return a function from a path in the docs folder to the setting that leaves it out of the site.

    It returns an empty text for what is published. Without such settings, there is no function.
    """
    found = engine_settings(site, EXCLUDED, DRAFTS)
    if found is None:
        return None
    matches = {name: match for name in (EXCLUDED, DRAFTS) if (match := left_out_by(found[1], name))}
    if not matches:
        return None
    return lru_cache(maxsize=None)(lambda path: next((name for name in matches if matches[name](path)), ""))


def left_out_by(settings: Mapping[str, Any], name: str) -> Callable[[str], bool] | None:
    """Return whether the patterns of a setting match a path in the docs folder; `None` without patterns."""
    text = settings.get(name)
    if not isinstance(text, str) or not text.strip():
        return None
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - few sites use patterns

    try:
        found = GitIgnoreSpec.from_lines(f"{_USUAL if name == EXCLUDED else ''}{text}".splitlines())
    except ValueError:
        return None
    return found.match_file
