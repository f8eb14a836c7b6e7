"""Read the settings of the site engine, for rules about the files in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.base.findings import Finding
from handbook.read.files import CONFIG, Site, Source, config_document
from handbook.read.values import value_at
from handbook.read.yaml.document import Pointer


def engine_settings(site: Site, *names: str) -> tuple[Source, dict[str, Any]] | None:
    """Return `mkdocs.yml` if it has one of these settings, which most don't have, or if none is named."""
    text = (site.root / CONFIG).read_bytes()
    if names and not any(name.encode() in text for name in names):
        return None
    document = config_document(text)
    value = document.value
    return (Source(site.shown(site.root / CONFIG), document), value) if isinstance(value, dict) else None


def validation_setting(settings: Mapping[str, Any], part: str, name: str) -> Any:
    """Return a setting of `validation`, which can be for links, for the navigation, or for both of them."""
    own = value_at(settings, ("validation", part, name))
    return value_at(settings, ("validation", name)) if own is None else own


def listed(value: Any) -> list[Any]:
    """Return a list setting, or an empty list for a value of another type."""
    return value if isinstance(value, list) else []


def named_pages(nav: Any, pointer: Pointer = ("nav",)) -> Iterator[tuple[Pointer, str]]:
    """Yield the pages and folders that a navigation names, with their places."""
    if isinstance(nav, str):
        yield pointer, nav
    elif isinstance(nav, (dict, list)):
        for key, item in nav.items() if isinstance(nav, dict) else enumerate(nav):
            yield from named_pages(item, (*pointer, key))


def pages_meant(causes: Iterable[Finding]) -> set[str]:
    """Return the pages and folders that wrong items of the navigation mean, as far as that is known."""
    texts = (text for cause in causes if cause.code == "HB612" for text in cause.new_texts)
    return {text.rpartition(": ")[2] for text in texts}


def is_unreadable(causes: Iterable[Finding]) -> bool:
    """Return whether a slip in the settings hides them."""
    return any(cause.path == CONFIG and cause.code.startswith("HB0") for cause in causes)


def plugin_names(settings: Mapping[str, Any]) -> list[str]:
    """Return the names of the plugins in order."""
    return _names(settings.get("plugins"))


def extension_names(settings: Mapping[str, Any]) -> list[str]:
    """Return the names of the extensions of Markdown in order."""
    return _names(settings.get("markdown_extensions"))


def _names(value: Any) -> list[str]:
    """Return the names in a list. One with options is a mapping, and all of them can be a mapping."""
    items = value if isinstance(value, dict) else listed(value)
    return [str(next(iter(item), "")) if isinstance(item, dict) else str(item) for item in items]
