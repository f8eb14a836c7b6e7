"""Finish every page of a built site, for both engines: security policy, early script, font, missing page.

A content security policy in the head forbids everything that the theme does not need: requests to other hosts
and injected scripts. The policy is in the page because few hosts of static sites let you configure headers.
It allows only the scripts of the theme's own templates, so a script in the text of a page can't allow itself.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, TemplateError
from markupsafe import Markup

from handbook.base.language import N_, _
from handbook.base.named_tuples import NamedTuple
from handbook.publish.assets import EARLY_SCRIPT, FONT, STYLE
from handbook.read.settings import Security

_HEAD = re.compile(
    r"\A(?:\s|(?><!--(?!-?>).*?-->)|<!doctype[^>]*>|<html[^>]*>)*"
    r"<head(?:\s[^>]*)?>(?:(?:(?!</head|<link|<script|<style).)*?<meta charset=[^>]*>)?",
    re.IGNORECASE | re.DOTALL,
)
"""The place for a policy: after the charset, which must come early, and before everything that loads or runs.

If anything else comes before the head, a browser treats the head as text and ignores the policy.
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
"""Links that load nothing."""
_NEIGHBOUR = re.compile(r"""<link rel=["']?(?:prev|next)\b[^>]*>\s*""")
"""Where the script of the theme takes readers who press a single letter, such as "n", without asking."""

# Inline styles are allowed: Markdown aligns table columns with them, and a theme can add its own.
# No style can send data to another host.
_OWN = "script-src 'self'"
_POLICY = (
    "default-src 'none'; " + _OWN + "{hosts}{scripts}; style-src 'self' 'unsafe-inline'{hosts}; "
    "img-src 'self' data:{hosts}; font-src 'self'{hosts}; media-src 'self'{hosts}; "
    "connect-src 'self'{hosts}; worker-src 'self'; frame-src 'self'{hosts}; base-uri 'self'; "
    "form-action 'self'"
)

DIGEST = "sha256-"
_NOT_FOUND = "<h1>404 - Not found</h1>"
_INSTEAD = """<h1>{title}</h1>
<p class="hb-lead">{lead}</p>
<p><a class="hb-search hb-search--large" href="{find}" data-hb="find" data-hb-search data-missing>{search}</a>
</p>"""
_LEAD = N_(
    "The link might be incorrect, or the page might have been removed. Search the handbook, or\n"
    'go to the <a href="%(root)s">home page</a>.'
)
_IN_FOLDER = N_(
    "You opened this page from a folder. Browsers run search, filters and checklists only on pages from a\n"
    "web server."
)
_EARLY = Markup('<script src="{}" data-folder="{}"></script>')
_FONT = Markup('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>')
_MARKDOWN = Markup('<link rel="{}" type="text/markdown" href="{}">')
_REPORT = Markup('\n<p class="hb-byline__change"><a href="{}">{}</a></p>')


class NoHeadError(Exception):
    """A page has no place for a policy, so it is not published."""


class Theme(NamedTuple):
    """The parts of a theme that can add scripts to a page.

    Attributes:
        folders: The folders of its templates, including those of the site.
        environment: Renders these templates.
        config: The site's settings, as the templates receive them.
    """

    folders: tuple[Path, ...]
    environment: Environment
    config: Any


class Delivery:
    """Finishes the pages of one site.

    Args:
        theme: The theme.
        security: What the pages can load and run besides.
        report: The URL that reports a missing page; empty if the host has none.
        find: The URL of the page to look for something without scripts, relative to the home page.
    """

    def __init__(self, theme: Theme, security: Security, report: str = "", find: str = "") -> None:
        self._theme = theme
        self._security = security
        self._report = report
        self._find = find
        self._hosts = "".join(f" https://{host}" for host in security.allow_hosts)
        self._by_base: dict[str, frozenset[str]] = {}

    def finish(
        self,
        page: str,
        base: str,
        added: Collection[str] = (),
        script: str = "",
        links: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[str, frozenset[str]]:
        """Return a page as it is published, and the parts that browsers will refuse to load or run.

        The part of the theme that asks the repository's host for its number of stars is left out, and so are
        its links for single keys. The page for missing pages gets a search field and a link to report a
        problem.

        Args:
            page: The page, as the engine has made it.
            base: The path from it to the home page, as the theme's templates know it.
            added: The digests of other scripts that can run.
            script: A script of our own to put first.
            links: The addresses of Markdown versions, by their relation to the page.

        Raises:
            NoHeadError: The page has no head.
        """
        quiet = _NEIGHBOUR.sub("", page.replace(' data-md-component="source"', ""))
        root = _OWN_STYLE.search(quiet)
        early = self._early(root[1]) if root else ""
        if root:
            quiet = quiet.replace(_NOT_FOUND, self._not_found(root[1] or "."))
        needed = demands(quiet)
        scripts = {need for need in needed if need.startswith(DIGEST)}
        allowed = scripts & (self._theme_digests(base) | frozenset(added))
        own = f"<script>{script}</script>" if script else ""
        versions = Markup().join(_MARKDOWN.format(relation, url) for relation, url in links.items())
        # Added to markup, a text would be escaped.
        first = f"{own}{early}{versions}"
        meta = self._meta([*allowed, digest(script)] if script else allowed)
        finished, count = _HEAD.subn(lambda found: f"{found[0]}{meta}{first}", quiet, count=1)
        if not count:
            raise NoHeadError
        hosts = {need for need in needed - scripts if not self._security.allows(need)}
        return finished, frozenset(scripts - allowed | hosts)

    def _early(self, root: str) -> str:
        """Return what comes before everything of the theme: our first script and the font of the text."""
        script = _EARLY.format(f"{root}{EARLY_SCRIPT}", _(_IN_FOLDER))
        return f"{script}{_FONT.format(f'{root}{FONT}')}"

    def _not_found(self, root: str) -> str:
        report = _REPORT.format(self._report, _("Report a problem")) if self._report else ""
        find, search = f"{root}{self._find}", _("Search the handbook")
        instead = _INSTEAD.format(
            title=_("Page not found"), lead=_(_LEAD, root=root), find=find, search=search
        )
        return f"{instead}{report}"

    def _meta(self, digests: Iterable[str]) -> str:
        scripts = "".join(f" '{digest}'" for digest in sorted(digests))
        policy = _POLICY.format(hosts=self._hosts, scripts=scripts)
        return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'

    def _theme_digests(self, base: str) -> frozenset[str]:
        if base not in self._by_base:
            self._by_base[base] = frozenset(map(digest, self._theme_scripts(base)))
        return self._by_base[base]

    def _theme_scripts(self, base: str) -> Iterator[str]:
        """Yield the scripts of the theme's templates, for pages at one depth.

        Scripts that also depend on the page are left out, because text of the page would be part of them.
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
    """Return the hash by which a policy allows a script: Content Security Policy Level 3, section 2.3.1."""
    return DIGEST + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def allow_script(page: str, script: str) -> str:
    """Return a finished page whose policy also allows a script."""
    return page.replace(_OWN, f"{_OWN} '{digest(script)}'", 1)


def demands(page: str) -> frozenset[str]:
    """Return what a page runs and loads: digests of inline scripts and names of other hosts."""
    hosts = (found["host"].lower() for found in _LOADING.finditer(page) if not _NAMING.search(found[0]))
    return frozenset([*map(digest, _inline_scripts(page)), *hosts])


def _inline_scripts(text: str) -> Iterator[str]:
    for script in _SCRIPT.finditer(text):
        kind = _TYPE.search(script["attributes"])
        if not _SOURCE.search(script["attributes"]) and (not kind or _RUNNING_TYPE.search(kind[1])):
            yield script["text"]


def _templates(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        # Skip the icons: thousands of files without scripts.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in sorted(files) if name.endswith(".html"))
