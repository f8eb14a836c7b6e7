"""Trust: trust in something that doesn't exist."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.engine_settings import engine_settings, listed, plugin_names
from handbook.read.context import Context
from handbook.read.files import CONFIG


@rule(
    "HB604",
    "idle-trust",
    reason=(
        "If a trusted file no longer exists, the next file with its name is trusted, no matter who adds it. "
        "The same applies to a plugin."
    ),
    bad={"sources/handbook.yaml": "trusted_files: [«docs/count.js»]\n", "docs/index.md": "# Home\n"},
    good={
        "sources/handbook.yaml": "trusted_files: [docs/count.js]\n",
        "docs/count.js": "document.title = 'Counted'\n",
        "docs/index.md": "# Home\n",
    },
)
def _check(context: Context) -> Iterator[Problem]:
    setting = context.setting
    if setting is None:
        return
    for index, path in enumerate(listed(setting.value.get("trusted_files"))):
        if path in context.settings.trusted_files and not (context.site.root / path).is_file():
            yield setting.problem(
                ("trusted_files", index), f"Unknown file `{path}`", "Remove the line, or correct the path"
            )
    names = context.settings.security.allow_inline_from
    plugins = _plugins(context) if names else frozenset()
    for index, name in enumerate(names):
        if name not in plugins:
            yield setting.problem(
                ("security", "allow_inline_from", index),
                f"Unknown plugin `{name}`: not in {CONFIG}",
                "Remove the line, or correct the name",
            )


def _plugins(context: Context) -> frozenset[str]:
    """Return the names of all plugins and hooks."""
    found = engine_settings(context.site, "plugins", "hooks")
    settings = found[1] if found else {}
    return frozenset(plugin_names(settings)).union(map(str, listed(settings.get("hooks"))))
