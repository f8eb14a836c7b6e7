"""Read the settings of mkdocs-macros from `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handbook.base.named_tuples import NamedTuple

OUR_MODULE = "handbook.publish.page_macros"
"""The module that gives pages our macros."""

PLUGIN = "macros"
"""The name of mkdocs-macros among the plugins."""

_DEFAULT_MODULE = "main"
_UNSUPPORTED = ("include_dir", "include_yaml", "j2_")
"""The start of options that would add more than macros to pages, or change their syntax."""


class MacroSettings(NamedTuple):
    """The options of mkdocs-macros for the rendered pages and the available macros.

    Attributes:
        module_name: The site's own module, below its folder.
        modules: Installed modules.
        render_by_default: Whether pages are rendered unless they opt out.
        force_render_paths: Patterns, one for each line, of pages that are always rendered.
        unsupported: Options that are set but not supported.
    """

    module_name: str = _DEFAULT_MODULE
    modules: tuple[str, ...] = ()
    render_by_default: bool = True
    force_render_paths: str = ""
    unsupported: tuple[str, ...] = ()


DEFAULT = MacroSettings(modules=(OUR_MODULE,))
"""The settings of a site whose `mkdocs.yml` names no plugins."""


def read_macro_settings(plugins: Any) -> MacroSettings | None:
    """Return the options of mkdocs-macros from a list of plugins, or `None` if pages are not rendered.

    Args:
        plugins: The value of `plugins` in `mkdocs.yml`.
    """
    if plugins is None:
        return DEFAULT
    listed = plugins.items() if isinstance(plugins, dict) else _pairs(plugins)
    for name, options in listed:
        if name == PLUGIN:
            return make_macro_settings(options if isinstance(options, dict) else {})
    return None


def make_macro_settings(options: Mapping[str, Any]) -> MacroSettings:
    """Return the settings from the options of the plugin, which itself refuses invalid types."""
    module_name = options.get("module_name")
    modules = options.get("modules")
    paths = options.get("force_render_paths")
    return MacroSettings(
        module_name if isinstance(module_name, str) else _DEFAULT_MODULE,
        # A pluglet can be written as `package:module`.
        tuple(str(name).split(":")[-1] for name in modules) if isinstance(modules, list) else (),
        options.get("render_by_default") is not False,
        paths if isinstance(paths, str) else "",
        tuple(name for name, value in options.items() if str(name).startswith(_UNSUPPORTED) and value),
    )


def _pairs(plugins: Any) -> Iterable[tuple[Any, Any]]:
    """Yield the plugins of a list, each a name or a mapping of one name to its options."""
    for item in plugins if isinstance(plugins, list) else ():
        if isinstance(item, dict):
            yield from item.items()
        else:
            yield item, None


def is_rendered(options: Mapping[str, Any], path: str, settings: MacroSettings | None) -> bool:
    """Return whether the macros on a page are rendered, by the rules of mkdocs-macros.

    Args:
        options: The front matter of the page.
        path: The page, below the docs folder.
        settings: The settings of mkdocs-macros; `None` if it renders no pages.
    """
    said = options.get("render_macros")
    if settings is None or said is False:
        return False
    return settings.render_by_default or said is True or _is_forced(path, settings.force_render_paths)


def _is_forced(path: str, patterns: str) -> bool:
    if not patterns.strip():
        return False
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415 - few sites use patterns

    return GitIgnoreSpec.from_lines(patterns.splitlines()).match_file(path)
