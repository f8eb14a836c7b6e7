"""Settings: an address of the site or the repository that links can't start with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.engine_settings import engine_settings
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.values import list_at

_NAME = "site_url"
_CONFIG = "site_name: Handbook\nsite_url: {}\n"
_HOST = regex(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/.*)?")
_VERSION = regex(r"(?P<home>.*/)(?:latest|v?\d+(?:\.\d+)+)/?")
_PAGE = regex(r"(?P<home>.*/)(?:index|README)\.(?:html|md)")
_ELSEWHERE = regex(rf"^{_NAME}:[ ]*!", re.MULTILINE)
"""An address that the engine takes from elsewhere, such as a variable of the environment."""
_REPOSITORY = "repo_url"
_OTHER = regex(rf"^{_REPOSITORY}:[ ]*!", re.MULTILINE)
_OWNER_AND_NAME = regex(r"[\w-]+/[\w.-]+", re.ASCII)
_EXAMPLE = "Use the address of the site, such as `https://example.com/handbook/`"
_INSTANT = "navigation.instant"


@rule(
    "HB614",
    "site-address",
    reason=(
        "`site_url` in `mkdocs.yml` is the address of the site, without the version. The canonical address "
        "of every page, the calendar feed and the digest start with it; each version adds its own name. If "
        "it is wrong, search engines and colleagues open nothing. `repo_url` is the whole address of the "
        "repository; with any other form, there is no build."
    ),
    bad={"mkdocs.yml": _CONFIG.format("«https://example.com/handbook/latest/»")},
    good={"mkdocs.yml": _CONFIG.format("https://example.com/handbook/")},
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, _NAME, _REPOSITORY, _INSTANT)
    if found is None:
        return
    source, settings = found
    url = settings.get(_NAME)
    if not url and _INSTANT in list_at(settings, ("theme", "features")):
        place = partial(source.document.value_span, ("theme", "features"))
        message = f"The theme feature `{_INSTANT}` needs `{_NAME}`"
        hint = f"Add `{_NAME}:` with the address of the site, or remove the feature"
        yield Problem(source.path, place, message, hint)
    if not _OTHER.search(source.document.text):
        yield from _check_repository(source, settings.get(_REPOSITORY))
    if _ELSEWHERE.search(source.document.text):
        return
    if isinstance(url, (list, dict)):
        place = partial(source.document.value_span, (_NAME,))
        message = f"`{_NAME}` must be an address, not {'a list' if isinstance(url, list) else 'a mapping'}"
        yield Problem(source.path, place, message, _EXAMPLE)
    wrong = _wrong(str(url)) if url and isinstance(url, (str, int, float)) else None
    if wrong:
        message, right, is_safe = wrong
        place = partial(source.document.text_span, (_NAME,), str(url))
        hint = f"Use `{right}`" if right else _EXAMPLE
        edit = Edit(source.path, place(), right)
        fix = Fix((edit,), is_safe=is_safe) if right else None
        yield Problem(source.path, place, message, hint, correction=fix)


def _check_repository(source: Source, url: Any) -> Iterator[Problem]:
    if not url or (isinstance(url, str) and _is_whole(url)):
        return
    right = ""
    if isinstance(url, str):
        is_short = _OWNER_AND_NAME.fullmatch(url)
        right = f"https://github.com/{url}" if is_short else f"https://{url}" if _HOST.fullmatch(url) else ""
        place = partial(source.document.text_span, (_REPOSITORY,), url)
    else:
        place = partial(source.document.value_span, (_REPOSITORY,))
    message = (
        f"Invalid address {shown(url)}: it must start with `https://`"
        if isinstance(url, str)
        else f"`{_REPOSITORY}` must be an address, not {shown(url)}"
    )
    hint = f"Use `{right}`" if right else "Use one such as `https://github.com/acme/handbook`"
    fix = Fix((Edit(source.path, place(), right),), is_safe=False) if right else None
    yield Problem(source.path, place, message, hint, correction=fix)


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


def _wrong(url: str) -> tuple[str, str, bool] | None:
    """Return what is wrong with an address, the right one if it is likely, and whether it is certain."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"Invalid address {shown(url)}", "", False
    if parts.scheme not in {"http", "https"} or not parts.netloc or set(url) & set(" \t\\<>\"'"):
        right = f"https://{url}" if _HOST.fullmatch(url) else ""
        return f"Invalid address {shown(url)}: it must start with `https://`", right, False
    if parts.query or parts.fragment:
        right = parts._replace(query="", fragment="").geturl()
        return f"`{_NAME}` must end with a folder, not with `?` or `#`", right, True
    version = _VERSION.fullmatch(url)
    if version:
        return (
            f"`{_NAME}` ends with the name of a version, which is added to every address",
            version["home"],
            True,
        )
    page = _PAGE.fullmatch(url)
    return (f"`{_NAME}` must be the address of a folder, not of a page", page["home"], True) if page else None
