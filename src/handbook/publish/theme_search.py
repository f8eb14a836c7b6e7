"""Switch off the search of the theme: the handbook has one of its own."""

from __future__ import annotations

from mkdocs.plugins import PluginCollection

_NAMES = ("material/search", "search")
_FILES = ("assets/javascripts/lunr/", "assets/javascripts/workers/search.")
"""Where the theme has the scripts of its search, and dictionaries of twenty languages: 1.2 MB."""


def switch_off_theme_search(plugins: PluginCollection) -> None:
    """Remove the theme's search from the plugins of a site, which can still list it.

    Args:
        plugins: The plugins, while MkDocs configures them.
    """
    removed = [plugins.pop(name) for name in _NAMES if name in plugins]
    for event, methods in plugins.events.items():
        # MkDocs is calling those of this event.
        if event != "config":
            methods[:] = [each for each in methods if getattr(each, "__self__", None) not in removed]


def is_of_theme_search(path: str) -> bool:
    """Return whether a file of a site is only for the search of the theme."""
    return path.startswith(_FILES)
