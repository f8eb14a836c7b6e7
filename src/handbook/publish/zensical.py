"""Stage a copy of the site for Zensical, which reads `mkdocs.yml` but runs no plugins.

Zensical would render the macros on pages without a sandbox. So this module renders them, and the copy does
not name mkdocs-macros.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from handbook.base.findings import Finding
from handbook.base.text import escape
from handbook.feeds.calendar import CalendarFeed
from handbook.link.place import Place
from handbook.loaded.handbook import Handbook
from handbook.output.text import render_finding
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
from handbook.publish.delivery import Delivery, NoHeadError, Theme, help_links
from handbook.publish.forwarding import forwarding_pages
from handbook.publish.judging import VALIDATION_FAILED, acting_findings, headless_page, refused_parts
from handbook.publish.navigation import expand
from handbook.publish.page_macros import RENDERER, REPORT
from handbook.publish.page_rendering import StagedPages
from handbook.publish.pages import GeneratedPage, make_pages
from handbook.publish.plain_titles import SHOWN_SETTINGS, plain_once, without_tags
from handbook.read.files import CONFIG, Site, read_config
from handbook.read.macro_settings import PLUGIN
from handbook.read.pages import CHANGES_PAGE, Page
from handbook.read.plain_file import not_plain
from handbook.render.downloads import Downloads
from handbook.render.render import Renderer
from handbook.render.repository import Repository

_ORIGINAL = "mkdocs.original.yml"
_MISSING = "404.html"
_END_OF_TITLE = secrets.token_hex()
"""A random suffix of the site name until its pages are finished. No title can contain it."""
_EMPTIED = "mkdocs.emptied.yml"
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules")


class StageError(Exception):
    """A site cannot be staged for the engine. The message gives the reason, as findings if there are any."""


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Return the names in a folder that are not copied, including all symbolic links."""
    return {*_LEFT_OUT(folder, names), *not_plain(folder, names)}


def stage(handbook: Handbook, folder: Path) -> list[GeneratedPage]:
    """Write a project that Zensical can build: the site, its generated pages and its complete navigation.

    Args:
        handbook: The handbook.
        folder: An empty folder.

    Returns:
        The generated pages.

    Raises:
        StageError: A page has errors, or the site's own module of macros cannot be loaded.
        ViewError: A view is invalid.
    """
    site = handbook.site
    own = _own_settings(site)
    renderer = Renderer(handbook.basis, _repository(site, own), from_source=True)
    pages = list(make_pages(handbook, renderer))
    docs = folder / os.path.normpath(site.relative(site.docs))
    for path in _own_files(site):
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=_left_out)
        else:
            shutil.copy2(path, folder / path.name)
    gate = handbook.catalogue.gate
    for hidden in gate.hidden_texts | gate.hidden_files:
        (docs / hidden).unlink(missing_ok=True)
    for page in pages:
        trail = "" if page.in_navigation else _trail(page, site)
        front, separator, body = page.markdown.partition("\n---\n")
        _write(docs / page.path, f"{front}{separator}{trail}{body}")
    errors: list[str] = []
    rendering = _rendering(handbook, renderer, errors)
    for written in handbook.pages.values():
        text = rendering.render(renderer.page(written.body, written.path), written)
        _write(docs / written.path, _plain_front_matter(written) + text)
    if errors:
        raise StageError(f"{VALIDATION_FAILED}\n\n" + "\n\n".join(errors) + "\n")
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


def _plain_front_matter(page: Page) -> str:
    """Return the front matter of a page, escaped so that the theme shows it as text. JSON is valid YAML."""
    if not page.meta:
        return ""
    lines = (
        f"{json.dumps(str(name))}: {json.dumps(plain_once(each), default=str)}"
        for name, each in page.meta.items()
    )
    return "\n".join(["---", *lines, "---", ""])


def _rendering(handbook: Handbook, renderer: Renderer, errors: list[str]) -> StagedPages:
    """Return the renderer of the macros on pages, which adds its findings to the errors."""

    def report(finding: Finding, line: str) -> None:
        errors.append(render_finding(finding, line))

    site = handbook.site
    try:
        config = load_config(str(site.root / CONFIG))
        return StagedPages(handbook, config, report, {RENDERER: renderer, REPORT: report})
    except MkDocsException as error:
        raise StageError(f"Can't use {CONFIG}: {error}") from error
    except Exception as error:  # the site's own module can raise any error
        raise StageError(f"Can't load the macros: {type(error).__name__}: {error}") from error


def _trail(page: GeneratedPage, site: Site) -> str:
    """Return breadcrumbs for a page outside the navigation, for which the theme shows none."""
    place = Place(page.path, site.directory_urls, from_source=True)
    index = Markup('<a class="md-path__link" href="{}">{}</a>')
    items = [
        index.format(place.url("index.md"), "Home"),
        index.format(place.url(f"{page.kind.page}/index.md"), escape(page.kind.title)),
    ]
    listed = Markup().join(Markup('<li class="md-path__item">{}</li>').format(item) for item in items)
    return f'\n<nav class="md-path" aria-label="Navigation"><ol class="md-path__list">{listed}</ol></nav>\n\n'


def _own_files(site: Site) -> Iterator[Path]:
    """Yield the contents of the site's folder, without virtual environments and earlier builds."""
    names = [path.name for path in site.root.iterdir()]
    for path in (site.root / name for name in sorted({*names} - not_plain(str(site.root), names))):
        built = (path / "sitemap.xml").exists() or (path / "pyvenv.cfg").exists()
        if not path.name.startswith(".") and path.name != "node_modules" and not built:
            yield path


def _settings(handbook: Handbook, pages: list[GeneratedPage]) -> dict[str, Any]:
    """Return the settings that differ from the inherited settings of the site."""
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
        settings["nav"] = [_plain_item(item) for item in settings["nav"]]
    settings |= {name: plain_once(own[name]) for name in SHOWN_SETTINGS if own.get(name)}
    settings["site_name"] = f"{settings.get('site_name', '')}{_END_OF_TITLE}"
    if not own.get("exclude_docs"):
        settings["exclude_docs"] = SHOWN_ALL_THE_SAME
    return settings


def _plain_item(item: Any) -> Any:
    """Return an item of the navigation with its titles as HTML and its paths unchanged."""
    if isinstance(item, dict):
        return {plain_once(title): _plain_item(value) for title, value in item.items()}
    return [_plain_item(each) for each in item] if isinstance(item, list) else item


def _without_lists(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with every list emptied, for a file between the two that have lists.

    Zensical appends a list to the inherited list. Without this file, the navigation would have every section
    twice.
    """
    return {
        name: _without_lists(value) if isinstance(value, dict) else None
        for name, value in settings.items()
        if isinstance(value, (dict, list))
    }


def finish(handbook: Handbook, pages: list[GeneratedPage], built: Path) -> tuple[list[str], list[str]]:
    """Finish a built site as the MkDocs plugin does: edit links, security policy and redirect pages.

    Returns the active content in the text of its pages, and the parts that the policy blocks, ready to print.

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
    links = help_links(Renderer(handbook.basis, repository))
    delivery = Delivery(_theme(site, own), handbook.context.settings.security, links)
    sources = {Place(path, site.directory_urls).published: path for path in handbook.context.page_paths}
    root = urlsplit(own.get("site_url") or "/").path.rstrip("/") or "/"
    errors: list[str] = []
    refused: dict[str, set[str]] = defaultdict(set)
    for file in sorted(built.rglob("*.html")):
        name = file.relative_to(built).as_posix()
        if name in handbook.context.docs_files:
            continue
        made = file.read_text(encoding="utf-8")
        errors += _acting(handbook, sources.get(name, name), made)
        base = "/".join([".."] * name.count("/")) or "."
        try:
            text, parts = delivery.finish(_plain_title(made), root if name == _MISSING else base)
        except NoHeadError:
            written = handbook.pages.get(sources.get(name, ""))
            errors.append(headless_page(written.shown_path if written else name))
            continue
        for part in parts:
            refused[part].add(name)
        wrong, right = wrong_to_right.get(name, (None, None))
        if wrong and right:
            text = text.replace(f'"{wrong}"', f'"{right}"')
        file.write_text(text, encoding="utf-8", newline="\n")
    write_downloads(forwarding_pages(handbook, own.get("site_url") or ""), built)
    return errors, list(refused_parts((site.root / CONFIG).read_text(encoding="utf-8"), refused, {}))


def _plain_title(made: str) -> str:
    """Return the page with its title as HTML. The theme removes tags and restores character references."""
    before, tag, rest = made.partition("<title>")
    title, end, after = rest.partition(_END_OF_TITLE)
    shown = f"{before}{tag}{without_tags(title)}{after}" if end else made
    return shown.replace(_END_OF_TITLE, "")


def _acting(handbook: Handbook, path: str, made: str) -> Iterator[str]:
    """Yield the active content in the text of a page, which the theme puts in an article."""
    written = handbook.pages.get(path)
    if written is None or written.shown_path not in handbook.context.settings.trusted_files:
        article = made[max(made.find("<article"), 0) : made.rfind("</article>")]
        yield from acting_findings(
            written.shown_path if written else path, written.text if written else "", article
        )


def _theme(site: Site, own: Mapping[str, Any]) -> Theme:
    """Return the theme of Zensical. Its scripts use only syntax that Jinja supports."""
    spec = find_spec("zensical")
    shipped = [Path(spec.origin).with_name("templates")] if spec and spec.origin else []
    theme = own.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    folders = [*shipped, *([site.root / custom] if isinstance(custom, str) else [])]
    # No template contains text of a page, and the scripts must stay unescaped.
    environment = Environment(loader=FileSystemLoader(folders))  # noqa: S701
    return Theme(tuple(folders), environment, {"extra": {}, **own})


def _repository(site: Site, own: Mapping[str, Any]) -> Repository:
    return Repository(site, own.get("repo_url"), own.get("edit_uri"))


def _own_settings(site: Site) -> dict[str, Any]:
    return read_config(site.root / CONFIG)


def _without_macros(plugins: Any) -> list[Any]:
    """Return the plugins of a site without mkdocs-macros, as a list."""
    listed = [{name: options} for name, options in plugins.items()] if isinstance(plugins, dict) else plugins
    return [item for item in listed if (next(iter(item), "") if isinstance(item, dict) else item) != PLUGIN]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
