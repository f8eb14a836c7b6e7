"""Which plugin has put what into a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from mkdocs.plugins import PluginCollection

from handbook.publish.delivery import demands

_EVENTS = ("page_content", "page_context", "post_page", "post_template")
"""The events in which plugins get a page as HTML and give it back."""

_Method = Callable[..., Any]


class PluginParts:
    """Looks at pages before and after each plugin has had them.

    Attributes:
        origins: The plugin that adds it, by digest of a script or name of another host.
    """

    def __init__(self, plugins: PluginCollection, theme: str) -> None:
        self.origins: dict[str, str] = {}
        for event in _EVENTS:
            methods = plugins.events[event]
            # MkDocs knows of each method who has brought it, and tells nobody.
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
    """The page at the moment. To one of the events it is an argument."""
    return item if isinstance(item, str) else context["page"].content
