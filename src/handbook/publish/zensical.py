"""Zensical reads `mkdocs.yml` but runs no plugins, so it gets a copy with everything written out.

It would render the macros on pages by itself, without a sandbox. So they are rendered here, and the copy does
not name mkdocs-macros.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from handbook.findings import Finding
from handbook.handbook import Handbook
from handbook.publish.assets import (
    ATTRIBUTES,
    SCRIPT,
    SHOWN_ALL_THE_SAME,
    STYLE,
    read_assets,
    write_downloads,
)
from handbook.publish.changes_page import changes_page
from handbook.publish.data_files import data_files
from handbook.publish.delivery import finish_page
from handbook.publish.forwarding import forwarding_pages
from handbook.publish.page_macros import RENDERER, REPORT
from handbook.publish.page_rendering import StagedPages
from handbook.read.document import read_document
from handbook.read.files import CONFIG, Site
from handbook.read.macro_settings import PLUGIN
from handbook.read.pages import CHANGES_PAGE, FRONT_MATTER
from handbook.report.text import render_finding
from handbook.view.calendar_feed import CalendarFeed
from handbook.view.downloads import Downloads
from handbook.view.links import Place
from handbook.view.navigation import expand
from handbook.view.pages import GeneratedPage, make_pages
from handbook.view.render import Renderer
from handbook.view.repository import Repository
from handbook.view.text import escape

_ORIGINAL = "mkdocs.original.yml"
_EMPTIED = "mkdocs.emptied.yml"
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules")


class StageError(Exception):
    """The site cannot be written for the engine. The message says why, as findings where there are any."""


def stage(handbook: Handbook, folder: Path) -> list[GeneratedPage]:
    """Writes a project that Zensical can build: the site, its generated pages and its whole navigation.

    Args:
        handbook: The handbook.
        folder: An empty folder.

    Returns:
        The generated pages.

    Raises:
        StageError: A page has findings, or the site's own module of macros cannot be loaded.
        ViewError: A view is wrong.
    """
    site = handbook.site
    own = _own_settings(site)
    renderer = Renderer(handbook.basis, _repository(site, own), from_source=True)
    pages = list(make_pages(handbook, renderer))
    docs = folder / site.relative(site.docs)
    for path in _own_files(site):
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=_LEFT_OUT)
        else:
            shutil.copy2(path, folder / path.name)
    for hidden in handbook.catalogue.gate.hidden_pages:
        (docs / hidden).unlink(missing_ok=True)
    for page in pages:
        trail = "" if page.in_navigation else _trail(page, site)
        front, separator, body = page.markdown.partition("\n---\n")
        _write(docs / page.path, f"{front}{separator}{trail}{body}")
    errors: list[str] = []
    rendering = _rendering(handbook, renderer, errors)
    for written in handbook.pages.values():
        found = FRONT_MATTER.match(written.text)
        above = found[0] if found else ""
        text = renderer.page(written.text[len(above) :], written.path)
        _write(docs / written.path, above + rendering.render(text, written))
    if errors:
        raise StageError("the handbook has findings\n\n" + "\n\n".join(errors) + "\n")
    changes = changes_page(handbook, renderer, None)
    if changes is not None:
        _write(docs / CHANGES_PAGE, changes)
    for name, content in read_assets().items():
        file = docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    write_downloads(Downloads(handbook.catalogue, site.root).all(), docs)
    write_downloads(data_files(handbook), docs)
    feed = CalendarFeed(
        handbook.basis, str(own.get("site_name")), own.get("site_url") or "", site.directory_urls
    )
    write_downloads(feed.all(), docs)
    (folder / CONFIG).rename(folder / _ORIGINAL)
    settings = _settings(handbook, pages)
    _write(folder / _EMPTIED, json.dumps({"INHERIT": _ORIGINAL, **_without_lists(settings)}, indent=1))
    _write(folder / CONFIG, json.dumps({"INHERIT": _EMPTIED, **settings}, indent=1))
    return pages


def _rendering(handbook: Handbook, renderer: Renderer, errors: list[str]) -> StagedPages:
    """What renders the macros on pages, and adds what is wrong with them to the errors."""

    def report(finding: Finding, line: str) -> None:
        errors.append(render_finding(finding, line))

    site = handbook.site
    try:
        config = load_config(str(site.root / CONFIG))
        return StagedPages(handbook, config, report, {RENDERER: renderer, REPORT: report})
    except MkDocsException as error:
        raise StageError(f"{CONFIG} cannot be used: {error}") from error
    except Exception as error:  # the site's own module can raise anything
        raise StageError(f"the macros cannot be loaded: {type(error).__name__}: {error}") from error


def _trail(page: GeneratedPage, site: Site) -> str:
    """Breadcrumbs for a page outside the navigation, where the theme has none to show."""
    place = Place(page.path, site.directory_urls, from_source=True)
    index = Markup('<a class="md-path__link" href="{}">{}</a>')
    items = [
        index.format(place.url("index.md"), "Home"),
        index.format(place.url(f"{page.kind.page}/index.md"), escape(page.kind.title)),
    ]
    listed = Markup().join(Markup('<li class="md-path__item">{}</li>').format(item) for item in items)
    return f'\n<nav class="md-path" aria-label="Navigation"><ol class="md-path__list">{listed}</ol></nav>\n\n'


def _own_files(site: Site) -> Iterator[Path]:
    """What lies in the site's folder, without environments and earlier builds."""
    for path in sorted(site.root.iterdir()):
        built = (path / "sitemap.xml").exists() or (path / "pyvenv.cfg").exists()
        if not path.name.startswith(".") and path.name != "node_modules" and not built:
            yield path


def _settings(handbook: Handbook, pages: list[GeneratedPage]) -> dict[str, Any]:
    """The settings that differ from the site's own, which they inherit."""
    own = _own_settings(handbook.site)
    theme = own.get("theme")
    features = list(theme.get("features") or ()) if isinstance(theme, dict) else []
    settings: dict[str, Any] = {
        "site_dir": "site",
        "extra_css": [*(own.get("extra_css") or ()), STYLE],
        "extra_javascript": [*(own.get("extra_javascript") or ()), {"path": SCRIPT, "type": "module"}],
        "theme": {"features": list(dict.fromkeys([*features, "navigation.path"]))},
    }
    plugins = own.get("plugins")
    if "INHERIT" in own:
        with (handbook.site.root / CONFIG).open("rb") as stream:
            plugins = yaml_load(stream).get("plugins")
    if plugins is not None:
        settings["plugins"] = _without_macros(plugins)
    if not own.get("markdown_extensions"):
        settings["markdown_extensions"] = [ATTRIBUTES]
    if own.get("nav"):
        hidden = handbook.catalogue.gate.hidden_pages
        settings["nav"] = expand(own["nav"], pages, handbook.pages, hidden)
    if not own.get("exclude_docs"):
        settings["exclude_docs"] = SHOWN_ALL_THE_SAME
    return settings


def _without_lists(settings: dict[str, Any]) -> dict[str, Any]:
    """Nothing in the place of every list, for a file in between: Zensical adds a list to the one it inherits.

    Without it every section would stand in the navigation twice.
    """
    return {
        name: _without_lists(value) if isinstance(value, dict) else None
        for name, value in settings.items()
        if isinstance(value, (dict, list))
    }


def finish(handbook: Handbook, pages: list[GeneratedPage], built: Path) -> None:
    """Does to a built site what our MkDocs plugin does: edit links, no requests elsewhere, old addresses.

    Args:
        handbook: The handbook.
        pages: Its generated pages.
        built: The folder of the built site.
    """
    site = handbook.site
    own = _own_settings(site)
    repository = _repository(site, own)
    wrong_to_right = {
        Place(page.path, site.directory_urls).published: [
            repository.edit_url(path, line)
            for path, line in (
                (f"{site.relative(site.docs)}/{page.path}", None),
                (page.source, page.span.line),
            )
        ]
        for page in pages
    }
    for file in sorted(built.rglob("*.html")):
        text = finish_page(file.read_text(encoding="utf-8"))
        wrong, right = wrong_to_right.get(file.relative_to(built).as_posix(), (None, None))
        if wrong and right:
            text = text.replace(f'"{wrong}"', f'"{right}"')
        file.write_text(text, encoding="utf-8", newline="\n")
    write_downloads(forwarding_pages(handbook, own.get("site_url") or ""), built)


def _repository(site: Site, own: Mapping[str, Any]) -> Repository:
    return Repository(site, own.get("repo_url"), own.get("edit_uri"))


def _own_settings(site: Site) -> dict[str, Any]:
    value = read_document((site.root / CONFIG).read_bytes()).value
    return value if isinstance(value, dict) else {}


def _without_macros(plugins: Any) -> list[Any]:
    """The plugins of a site but mkdocs-macros, as a list."""
    listed = [{name: options} for name, options in plugins.items()] if isinstance(plugins, dict) else plugins
    return [item for item in listed if (next(iter(item), "") if isinstance(item, dict) else item) != PLUGIN]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
