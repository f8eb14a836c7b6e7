"""What is done to every page of a finished site, whichever engine has made it.

A policy in its head forbids the browser whatever the theme does not need: requests to other hosts, and
scripts that were smuggled in. It is in the page because few hosts of static sites can be told to send
headers. The scripts that it allows are those of the theme's own templates. A script in the text of a page is
none of them, so it cannot vouch for itself.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateError

from handbook.publish.assets import EARLY_SCRIPT, STYLE
from handbook.read.settings import Security

_HEAD = re.compile(
    r"\A(?:\s|(?><!--(?!-?>).*?-->)|<!doctype[^>]*>|<html[^>]*>)*"
    r"<head(?:\s[^>]*)?>(?:(?:(?!</head|<link|<script|<style).)*?<meta charset=[^>]*>)?",
    re.IGNORECASE | re.DOTALL,
)
"""Where a policy goes: before all that it is about, and behind the charset, which has to come early.

With anything else above its head, a browser takes the head for a part of the text and ignores the policy.
"""
_OWN_STYLE = re.compile(rf"""<link [^>]*?href=["']?([^"'>\s]*){re.escape(STYLE)}""")
_SCRIPT = re.compile(r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<text>.*?)</script", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUNNING_TYPE = re.compile(r"script|\Amodule\Z|\Aimportmap\Z|\Aspeculationrules\Z", re.IGNORECASE)
_LOADING = re.compile(
    r"""<(?:script|link|iframe)\s[^>]*?\b(?:src|href)\s*=\s*["']?(?:https?:)?//(?P<host>[^/"'?#>\s]+)[^>]*>""",
    re.IGNORECASE,
)
_TEMPLATED = re.compile(r"\{[{%#]")
_END = "|"
_NAMING = re.compile(r"""\brel=["']?(?:alternate|author|canonical|help|license|me|next|prev|search)\b""")
"""Links by which nothing is loaded."""

# Styles may be in a page: Markdown aligns columns of tables by them, and the search of Zensical brings its
# own. None of them can tell another host what they found.
_OWN = "script-src 'self'"
_POLICY = (
    "default-src 'none'; " + _OWN + "{hosts}{scripts}; style-src 'self' 'unsafe-inline'{hosts}; "
    "img-src 'self' data:{hosts}; font-src 'self'{hosts}; media-src 'self'{hosts}; "
    "connect-src 'self'{hosts}; worker-src 'self'; frame-src 'self'{hosts}; base-uri 'self'; "
    "form-action 'self'"
)

DIGEST = "sha256-"
_NOT_FOUND = "<h1>404 - Not found</h1>"
_INSTEAD = """<h1>There is no page at this address</h1>
<p class="hb-lead">The link may be mistyped, or the page is gone. Search for what you need by its name, or
begin at the <a href="{root}">first page</a>.</p>
<div class="hb-find" data-hb="find"></div>"""


class NoHeadError(Exception):
    """A page has no place for a policy, so it is not delivered."""


class Theme(NamedTuple):
    """What a theme can bring to a page.

    Attributes:
        folders: The folders of its templates, those of the site included.
        environment: Renders what is in them.
        config: The site's settings, as the templates know them.
    """

    folders: tuple[Path, ...]
    environment: Environment
    config: Any


class Delivery:
    """Finishes the pages of one site."""

    def __init__(self, theme: Theme, security: Security) -> None:
        self._theme = theme
        self._security = security
        self._hosts = "".join(f" https://{host}" for host in security.allow_hosts)
        self._by_base: dict[str, frozenset[str]] = {}

    def finish(self, page: str, base: str, added: Collection[str] = ()) -> tuple[str, frozenset[str]]:
        """Return a page as it is delivered, and what the browser will refuse to load or run in it.

        The part of the theme that asks the repository's host how many stars it has is left out. The page
        that says that there is none leads on to the search.

        Args:
            page: The page, as the engine has made it.
            base: The way from it to the first page, as the theme's templates know it.
            added: The digests of further scripts that may run.

        Raises:
            NoHeadError: The page has no head.
        """
        quiet = page.replace(' data-md-component="source"', "")
        root = _OWN_STYLE.search(quiet)
        early = f'<script src="{root[1]}{EARLY_SCRIPT}"></script>' if root else ""
        if root:
            quiet = quiet.replace(_NOT_FOUND, _INSTEAD.format(root=root[1] or "."))
        needed = demands(quiet)
        scripts = {need for need in needed if need.startswith(DIGEST)}
        allowed = scripts & (self._theme_digests(base) | frozenset(added))
        meta = self._meta(allowed)
        finished, count = _HEAD.subn(lambda found: f"{found[0]}{meta}{early}", quiet, count=1)
        if not count:
            raise NoHeadError
        hosts = {need for need in needed - scripts if not self._security.allows(need)}
        return finished, frozenset(scripts - allowed | hosts)

    def _meta(self, digests: Iterable[str]) -> str:
        scripts = "".join(f" '{digest}'" for digest in sorted(digests))
        policy = _POLICY.format(hosts=self._hosts, scripts=scripts)
        return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'

    def _theme_digests(self, base: str) -> frozenset[str]:
        if base not in self._by_base:
            self._by_base[base] = frozenset(map(digest, self._theme_scripts(base)))
        return self._by_base[base]

    def _theme_scripts(self, base: str) -> Iterator[str]:
        """The scripts in the theme's templates, for pages at one depth.

        One that depends on the page, too, is not among them: what a page says would be part of it.
        """
        for source in self._sources:
            if not _TEMPLATED.search(source):
                yield source
                continue
            try:
                # A line break at the end of a template would be lost.
                template = self._theme.environment.from_string(f"{source}{_END}")
                rendered = template.render(base_url=base, config=self._theme.config, page=None)
            except (TemplateError, AttributeError, TypeError, ValueError):
                continue
            yield rendered.removesuffix(_END)

    @cached_property
    def _sources(self) -> list[str]:
        return [
            script
            for folder in self._theme.folders
            for template in _templates(folder)
            for script in _inline_scripts(template.read_text(encoding="utf-8"))
        ]


def digest(script: str) -> str:
    """Return how a policy names a script: Content Security Policy Level 3, section 2.3.1."""
    return DIGEST + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def allow_further(page: str, before: str) -> str:
    """Return a finished page whose policy allows the scripts that it did not have before."""
    added = sorted(demands(page) - demands(before))
    return page.replace(_OWN, "".join([_OWN, *(f" '{each}'" for each in added)]), 1)


def demands(page: str) -> frozenset[str]:
    """Return what a page wants to run and load: digests of scripts inside it, and names of other hosts."""
    hosts = (found["host"].lower() for found in _LOADING.finditer(page) if not _NAMING.search(found[0]))
    return frozenset([*map(digest, _inline_scripts(page)), *hosts])


def _inline_scripts(text: str) -> Iterator[str]:
    for script in _SCRIPT.finditer(text):
        kind = _TYPE.search(script["attributes"])
        if not _SOURCE.search(script["attributes"]) and (not kind or _RUNNING_TYPE.search(kind[1])):
            yield script["text"]


def _templates(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        # Icons are thousands of files and have no scripts.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in sorted(files) if name.endswith(".html"))
