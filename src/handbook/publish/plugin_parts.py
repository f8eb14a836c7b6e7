"""Find the plugin that added a script or host to a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from mkdocs.plugins import PluginCollection

from handbook.publish.delivery import demands

_EVENTS = ("page_content", "page_context", "post_page", "post_template")
"""The events in which plugins receive a page as HTML and return it."""

_Method = Callable[..., Any]


class PluginParts:
    """Compares pages before and after each plugin.

    Attributes:
        origins: The plugin that adds each script or host, by digest or name.
    """

    def __init__(self, plugins: PluginCollection, theme: str) -> None:
        self.origins: dict[str, str] = {}
        for event in _EVENTS:
            methods = plugins.events[event]
            # MkDocs keeps the plugin of each method in a private attribute.
            names = [plugins._event_origins.get(method, "") for method in methods]  # noqa: SLF001
            names = [name.removeprefix(f"{theme}/") for name in names]
            methods[:] = [self._watched(method, name) for method, name in zip(methods, names, strict=True)]

    def _watched(self, method: _Method, plugin: str) -> _Method:
        @wraps(method)
        def watched(item: Any, **context: Any) -> Any:
            before = _html(item, context)
            result = method(item, **context)
            after = _html(item if result is None else result, context)
            if after != before:
                for part in demands(after) - demands(before):
                    self.origins.setdefault(part, plugin)
            return result

        return watched


def _html(item: Any, context: dict[str, Any]) -> str:
    """Return the current HTML of a page. One of the events passes it as an argument."""
    return item if isinstance(item, str) else context["page"].content
