"""Find the plugin that added a script or host to a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from mkdocs.plugins import PluginCollection

from handbook.publish.delivery import demands

_EVENTS = ("page_content", "page_context", "post_page", "post_template")
"""The events in which plugins receive a page as HTML and return it."""

_OURS = "handbook"
"""Our own plugin."""

_Method = Callable[..., Any]


def plugin_parts(plugins: PluginCollection, theme: str) -> dict[str, str]:
    """Compare pages before and after each plugin from now on.

    Args:
        plugins: The plugins of a site.
        theme: The name of its theme.

    Returns:
        The plugin that adds each script or host, by digest or name. It fills up during the build.
    """
    origins: dict[str, str] = {}
    for event in _EVENTS:
        methods = plugins.events[event]
        # MkDocs keeps the plugin of each method in a private attribute.
        names = [plugins._event_origins.get(method, "") for method in methods]  # noqa: SLF001
        names = [name.removeprefix(f"{theme}/") for name in names]
        methods[:] = [
            # Ours adds nothing that a page runs or loads.
            method if name == _OURS else _watched(method, name, origins)
            for method, name in zip(methods, names, strict=True)
        ]
    return origins


def _watched(method: _Method, plugin: str, origins: dict[str, str]) -> _Method:
    @wraps(method)
    def watched(item: Any, **context: Any) -> Any:
        before = _html(item, context)
        result = method(item, **context)
        after = _html(item if result is None else result, context)
        if after != before:
            for part in demands(after) - demands(before):
                origins.setdefault(part, plugin)
        return result

    return watched


def _html(item: Any, context: dict[str, Any]) -> str:
    """Return the current HTML of a page. One of the events passes it as an argument."""
    return item if isinstance(item, str) else context["page"].content
