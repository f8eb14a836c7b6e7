"""Stage a copy of the site for Zensical, which reads `mkdocs.yml` but runs no plugins.

Zensical would render the macros on pages without a sandbox. So this module renders them, and the copy does
not name mkdocs-macros.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from mkdocs.utils.yaml import yaml_load

from handbook.base.as_yaml import as_yaml
from handbook.link.place import Place
from handbook.loaded.handbook import Handbook
from handbook.publish.assets import ATTRIBUTES, SHOWN_ALL_THE_SAME
from handbook.publish.contents import SiteContents, make_contents
from handbook.publish.delivery import Theme
from handbook.publish.judging import LastLook
from handbook.publish.made_files import ready, write_files
from handbook.publish.no_address import MISSING, remove_empty_sitemap
from handbook.publish.plain_titles import SHOWN_SETTINGS, plain_item, plain_once, without_tags
from handbook.publish.written_pages import written_pages
from handbook.read.files import CONFIG, Site, read_config
from handbook.read.icons import THEME
from handbook.read.macro_settings import PLUGIN
from handbook.read.plain_file import not_plain
from handbook.write.target import MARK

_BUILT = "site"
_SEARCH = "search"
"""The search of the theme, which the handbook replaces."""
_SEARCH_FILE = "search.json"
"""The file of that search, which is written even if it is off."""
_OVERRIDES = "handbook-theme"
_FRONT = "---\n"
_ORIGINAL = "mkdocs.original.yml"
_END_OF_TITLE = secrets.token_hex()
"""A random suffix of the site name until its pages are finished. No title can contain it."""
_EMPTIED = "mkdocs.emptied.yml"
_MADE = (MARK, "sitemap.xml", "pyvenv.cfg")
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules")


def stage(handbook: Handbook, folder: Path) -> SiteContents:
    """Write a project that Zensical can build: the site, its generated pages and its complete navigation.

    Args:
        handbook: The handbook.
        folder: An empty folder.

    Returns:
        The contents of the site.

    Raises:
        BuildError: A page has errors, or the site's own module of macros cannot be loaded.
        ViewError: A view is invalid.
    """
    site = handbook.site
    contents = make_contents(handbook, read_config(site.root / CONFIG), from_source=True)
    docs = folder / os.path.normpath(site.relative(site.docs))
    _copy(site.root, folder)
    for hidden in contents.hidden:
        (docs / hidden).unlink(missing_ok=True)
    texts = {page.path: page.markdown for page in contents.pages.values()} | written_pages(contents)
    pages = {path: _with_metadata(text, contents.metadata(path)).encode() for path, text in texts.items()}
    inherited = {path: file.read_bytes() for path, file in contents.inherited.items() if path not in pages}
    write_files(ready({**inherited, **pages}) | contents.files | contents.downloads, docs)
    _add_theme(site, folder / _OVERRIDES)
    (folder / CONFIG).rename(folder / _ORIGINAL)
    settings = _settings(contents)
    emptied = {"INHERIT": _ORIGINAL, **_without_lists(settings)}
    for name, each in ((_EMPTIED, emptied), (CONFIG, {"INHERIT": _EMPTIED, **settings})):
        (folder / name).write_text(as_yaml(each, indent=1), encoding="utf-8", newline="\n")
    return contents


def _with_metadata(text: str, metadata: Mapping[str, Any]) -> str:
    """Return a page with more in its front matter. JSON is valid YAML."""
    if not metadata:
        return text
    lines = "\n".join(f"{as_yaml(name)}: {as_yaml(plain_once(value))}" for name, value in metadata.items())
    if text.startswith(_FRONT):
        return f"{_FRONT}{lines}\n{text.removeprefix(_FRONT)}"
    return f"{_FRONT}{lines}\n{_FRONT}{text}"


def _copy(root: Path, folder: Path) -> None:
    """Copy the site's folder without links, hidden files, virtual environments and earlier builds."""

    def left_out(copied: str, names: list[str]) -> set[str]:
        made = names if Path(copied) == root else []
        made = [name for name in made if any((root / name / mark).exists() for mark in _MADE)]
        return {*_LEFT_OUT(copied, names), *not_plain(copied, names), *made}

    shutil.copytree(root, folder, ignore=left_out, dirs_exist_ok=True)


def _add_theme(site: Site, folder: Path) -> None:
    """Write the templates of the engine, with those of the site over them."""
    for source in filter(None, (THEME, site.overrides)):
        if source.is_dir():
            shutil.copytree(source, folder, ignore=not_plain, dirs_exist_ok=True)


def _settings(contents: SiteContents) -> dict[str, Any]:
    """Return the settings that differ from the inherited settings of the site."""
    own, theme = contents.own, contents.own.get("theme")
    features = list(theme.get("features") or ()) if isinstance(theme, dict) else []
    settings: dict[str, Any] = {
        "site_dir": _BUILT,
        **contents.lists,
        "theme": {"features": list(dict.fromkeys([*features, *contents.features])), "custom_dir": _OVERRIDES},
        "extra": {"handbook": contents.frame},
    }
    plugins = own.get("plugins")
    if "INHERIT" in own:
        with (contents.handbook.site.root / CONFIG).open("rb") as stream:
            plugins = yaml_load(stream).get("plugins")
    settings["plugins"] = [*_without_macros(plugins or []), {_SEARCH: {"enabled": False}}]
    if not own.get("markdown_extensions"):
        settings["markdown_extensions"] = [ATTRIBUTES]
    if contents.navigation:
        settings["nav"] = [plain_item(item) for item in contents.navigation]
    settings |= {name: plain_once(own[name]) for name in SHOWN_SETTINGS if own.get(name)}
    if contents.renderer.repository.edit_uri is not None:
        settings["edit_uri"] = contents.renderer.repository.edit_uri
    settings["site_name"] = f"{settings.get('site_name', '')}{_END_OF_TITLE}"
    if not own.get("exclude_docs"):
        settings["exclude_docs"] = SHOWN_ALL_THE_SAME
    return settings


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


def finish(contents: SiteContents, project: Path) -> tuple[Path, list[str], list[str]]:
    """Finish a built site as the MkDocs plugin does: edit links, security policy and redirect pages.

    Args:
        contents: The contents of the site.
        project: The folder of the staged project.

    Returns:
        The folder of the site, the findings that stop the build, and what the policy of the pages blocks.
    """
    built = project / _BUILT
    handbook, own, site = contents.handbook, contents.own, contents.handbook.site
    paths = (*handbook.context.page_paths, *contents.pages)
    sources = {Place(path, site.directory_urls).published: path for path in paths}
    root = urlsplit(own.get("site_url") or "/").path.rstrip("/") or "/"
    look = LastLook(contents, {})
    look.start_to_finish(_theme(site, own))
    for file in sorted(built.rglob("*.html")):
        name = file.relative_to(built).as_posix()
        if name in handbook.context.docs_files:
            continue
        path = sources.get(name, name)
        made = file.read_text(encoding="utf-8")
        # The theme puts the text of a page in an article.
        look.read(path, made[max(made.find("<article"), 0) : made.rfind("</article>")])
        base = "/".join([".."] * name.count("/")) or "."
        text = look.finish(_plain_title(made), root if name == MISSING else base, path)
        wrong = contents.renderer.repository.edit_url(f"{site.relative(site.docs)}/{path}")
        right = contents.edit_url(path) if contents.knows_source(path) else None
        if wrong and right:
            text = text.replace(f'"{wrong}"', f'"{right}"')
        file.write_text(text, encoding="utf-8", newline="\n")
    write_files(contents.forwarding | look.further_files(), built)
    if _SEARCH_FILE not in handbook.context.docs_files:
        (built / _SEARCH_FILE).unlink(missing_ok=True)
    remove_empty_sitemap(contents.url, built)
    return built, look.errors, list(look.warnings())


def _plain_title(made: str) -> str:
    """Return the page with its title as HTML. The theme removes tags and restores character references."""
    before, tag, rest = made.partition("<title>")
    title, end, after = rest.partition(_END_OF_TITLE)
    shown = f"{before}{tag}{without_tags(title)}{after}" if end else made
    return shown.replace(_END_OF_TITLE, "")


def _theme(site: Site, own: Mapping[str, Any]) -> Theme:
    """Return the theme of Zensical. Its scripts use only syntax that Jinja supports."""
    spec = find_spec("zensical")
    shipped = [Path(spec.origin).with_name("templates")] if spec and spec.origin else []
    folders = [*shipped, THEME, *([site.overrides] if site.overrides else [])]
    # No template contains text of a page, and the scripts must stay unescaped.
    environment = Environment(loader=FileSystemLoader(folders))  # noqa: S701
    return Theme(tuple(folders), environment, {"extra": {}, **own})


def _without_macros(plugins: Any) -> list[Any]:
    """Return the plugins of a site without mkdocs-macros and the search of the theme, as a list."""
    listed = [{name: options} for name, options in plugins.items()] if isinstance(plugins, dict) else plugins
    names = (next(iter(item), "") if isinstance(item, dict) else item for item in listed)
    return [item for item, name in zip(listed, names, strict=True) if name not in (PLUGIN, _SEARCH)]
