"""Switch off the search of the theme: the handbook has one of its own."""

from __future__ import annotations

from mkdocs.plugins import PluginCollection

_NAMES = ("material/search", "search")


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
