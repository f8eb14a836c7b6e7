"""Settings: a site without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import Names
from handbook.check.engine_settings import engine_settings, plugin_names
from handbook.check.rules.hb615_site_plugins import OURS
from handbook.read.context import Context

_NAME = "site_name"
_ELSEWHERE = regex(r"^(?:INHERIT:|site_name:[ ]*!)", re.MULTILINE)
"""A name that the engine takes from elsewhere: another file, or a variable of the environment."""
_CONFIG = "theme: {name: material, font: false}\nplugins: [search, handbook]\n"


@rule(
    "HB617",
    "site-name",
    reason=(
        "The name of the site is in the header and the title of every page, in feeds and in messages. "
        "Without it, MkDocs builds nothing."
    ),
    bad={"mkdocs.yml": f"«t»{_CONFIG[1:]}", "docs/index.md": "# Home\n"},
    good={"mkdocs.yml": f"site_name: Handbook\n{_CONFIG}", "docs/index.md": "# Home\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    # Most sites have a name, and their settings needn't be parsed again.
    found = None if context.site.name else engine_settings(context.site, "plugins")
    # Only a site with our plugin is meant to be published.
    if found is None or OURS not in plugin_names(found[1]):
        return
    source, settings = found
    if _ELSEWHERE.search(source.document.text):
        return
    hint = f"Add `{_NAME}:` with the name of the handbook"
    if _NAME in settings:
        if not isinstance(settings[_NAME], str) or not settings[_NAME].strip():
            place = partial(source.document.key_span, (_NAME,))
            yield Problem(source.path, place, f"`{_NAME}` must be a name", hint)
        return
    near = Names(map(str, settings)).certain(_NAME)
    span = source.document.key_span((near,)) if near else Span()
    message = f"The site has no name: missing `{_NAME}`"
    yield Problem(source.path, span, message, f"Rename `{near}` to `{_NAME}`" if near else hint)
