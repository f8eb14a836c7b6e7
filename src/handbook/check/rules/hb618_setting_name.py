"""Settings: a name in `mkdocs.yml` that the engine doesn't know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import nearest, shown
from handbook.check.engine_settings import engine_settings
from handbook.read.context import Context
from handbook.read.values import as_mapping

# fmt: off
ENGINE = frozenset({
    "INHERIT", "config_file_path", "copyright", "dev_addr", "docs_dir", "draft_docs", "edit_uri",
    "edit_uri_template", "exclude_docs", "extra", "extra_css", "extra_javascript", "extra_templates",
    "google_analytics", "hooks", "markdown_extensions", "mdx_configs", "nav", "not_in_nav", "pages",
    "plugins", "remote_branch", "remote_name", "repo_name", "repo_url", "site_author", "site_description",
    "site_dir", "site_name", "site_url", "strict", "theme", "use_directory_urls", "validation", "watch",
})
"""The settings of the engine, which takes too long to import. A test compares them."""

_THEME = frozenset({
    "custom_dir", "direction", "favicon", "features", "font", "icon", "include_search_page", "language",
    "locale", "logo", "name", "palette", "search_index_only", "static_templates",
})
"""The settings of the theme. A theme of a company can have others."""
# fmt: on

_LIKENESS = 0.75


@rule(
    "HB618",
    "setting-name",
    Severity.WARNING,
    reason=(
        "A setting with a misspelt name has no effect: the engine ignores what it doesn't know in "
        "`mkdocs.yml`. With `--strict`, it builds nothing. Values of your own belong in `extra`."
    ),
    bad={"mkdocs.yml": "site_name: Handbook\n«site_ulr»: https://example.com/\n"},
    good={"mkdocs.yml": "site_name: Handbook\nsite_url: https://example.com/\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site)
    if found is None:
        return
    source, settings = found
    for name in settings:
        near = nearest(name, ENGINE, _LIKENESS) if name not in ENGINE else None
        # Another rule is about a site without a name.
        if name in ENGINE or (near == "site_name" and near not in settings):
            continue
        hint = f"Did you mean `{near}`?" if near else "Move it to `extra`, or remove it"
        place = partial(source.document.key_span, (name,))
        yield Problem(source.path, place, f"Unknown setting {shown(name)}", hint)
    theme = as_mapping(settings.get("theme"))
    for name in theme:
        near = nearest(name, _THEME, _LIKENESS) if name not in _THEME else None
        if near and near not in theme:
            place = partial(source.document.key_span, ("theme", name))
            message, hint = f"Unknown theme setting {shown(name)}", f"Did you mean `{near}`?"
            yield Problem(source.path, place, message, hint)
