"""Trust: content from the theme or a plugin that browsers will block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.engine_settings import engine_settings, listed
from handbook.read.context import Context
from handbook.read.settings import SETTINGS_FILE

_LISTS = ("extra_css", "extra_javascript")
_ABROAD = re.compile(r"(?:https?:)?//(?P<host>[^/?#]+)", re.IGNORECASE)


@rule(
    "HB603",
    "foreign-part",
    Severity.WARNING,
    reason=(
        "Every page tells the browser to run only the theme's own scripts, and to load content only from "
        "the handbook's own host. Anything else that a plugin, a hook or a setting adds is missing from the "
        "page until `security` in `sources/handbook.yaml` allows it: hosts in `allow_hosts`, scripts inside "
        "pages in `allow_inline_from`. The build reports it with the name of the plugin."
    ),
    bad={"mkdocs.yml": "site_name: Test\nextra_javascript:\n  - «https://cdn.example.com/count.js»\n"},
    good={
        "mkdocs.yml": "site_name: Test\nextra_javascript:\n  - https://cdn.example.com/count.js\n",
        "sources/handbook.yaml": "security: {allow_hosts: [cdn.example.com]}\n",
    },
)
def _check(context: Context) -> Iterator[Problem]:
    """Check `mkdocs.yml`. The build reports what plugins add, because it is known only for finished pages."""
    found = engine_settings(context.site, *_LISTS)
    if not found:
        return
    source, settings = found
    for name in _LISTS:
        for index, item in enumerate(listed(settings.get(name))):
            place = (name, index, "path") if isinstance(item, dict) else (name, index)
            address = item.get("path") if isinstance(item, dict) else item
            abroad = _ABROAD.match(address) if isinstance(address, str) else None
            if abroad and not context.settings.security.allows(abroad["host"].lower()):
                yield Problem(
                    source.path,
                    partial(source.document.value_span, place),
                    f"`{abroad['host']}` is another host, and browsers don't load anything from there",
                    f"Move the file to the docs folder, or add the host to `security.allow_hosts` in "
                    f"{SETTINGS_FILE}",
                )
