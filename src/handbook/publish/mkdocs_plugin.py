"""The MkDocs plugin: adds the generated pages and stops a build when validation fails."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from jinja2 import Environment, TemplateError, TemplateNotFound
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from pathspec.gitignore import GitIgnoreSpec

from handbook.base.findings import Finding
from handbook.base.words import one_line
from handbook.feeds.calendar import CalendarFeed
from handbook.loaded.handbook import Handbook
from handbook.output.text import render, render_finding
from handbook.publish.assets import (
    ATTRIBUTES,
    SCRIPT,
    SHOWN_ALL_THE_SAME,
    STYLE,
    VERSIONS_SCRIPT,
    read_assets,
    write_downloads,
)
from handbook.publish.audience import AudienceError, check_first_page
from handbook.publish.build import CANNOT_WRITE
from handbook.publish.build_date import commit_date
from handbook.publish.changes_page import changes_page
from handbook.publish.data_files import data_files
from handbook.publish.delivery import Delivery, NoHeadError, Theme, allow_further, help_links
from handbook.publish.edition import handed_over
from handbook.publish.forwarding import forwarding_pages
from handbook.publish.judging import VALIDATION_FAILED, acting_findings, headless_page, refused_parts
from handbook.publish.loading import load_for_build
from handbook.publish.navigation import expand
from handbook.publish.page_rendering import take_over
from handbook.publish.pages import GeneratedPage, make_pages
from handbook.publish.plain_titles import SHOWN_SETTINGS, make_navigation_plain, make_page_plain, plain
from handbook.publish.plugin_parts import PluginParts
from handbook.publish.watching import follow
from handbook.read.files import CONFIG, Site, named_in
from handbook.read.macro_settings import PLUGIN, make_macro_settings
from handbook.read.pages import CHANGES_PAGE
from handbook.render.downloads import Downloads
from handbook.render.environment import ViewError
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.write.errors import NotWrittenError, reason
from handbook.write.target import check_target, mark

_FIRST, _LAST = 1000, -1000
"""Priorities among the plugins: before all others, and after them."""

# In a strict build, MkDocs counts only the warnings of its own loggers.
_log = logging.getLogger("mkdocs.plugins.handbook")


class HandbookConfig(Config):
    """The plugin has no settings, because the sources determine its behaviour."""


class _CannotWriteError(Abort):
    exit_code = CANNOT_WRITE


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Keeps the state of one build in its attributes; each build loads a new handbook."""

    _serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Record whether MkDocs serves the pages."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the handbook. Errors end the build before MkDocs changes the site's folder."""
        nav = None if config.nav is None else tuple(named_in(config.nav))
        given = Path(config.config_file_path or CONFIG).absolute().parent
        root = given.resolve()
        # Symbolic links below the site's folder stay unresolved, so that the checks find them.
        folders = [
            Path(os.path.normpath(root / os.path.relpath(folder, given))) if folder else None
            for folder in (config.docs_dir, config.theme.custom_dir)
        ]
        docs = folders[0] or root
        macros = config.plugins.get(PLUGIN)
        settings = None if macros is None else make_macro_settings(macros.config)
        site = Site(root, docs, config.use_directory_urls, nav, overrides=folders[1], macros=settings)
        try:
            if not self._serving:
                # MkDocs empties this folder. To serve pages, it uses a temporary folder instead.
                check_target(site, Path(config.site_dir))
            self._handbook: Handbook = load_for_build(site)
        except (AudienceError, NotWrittenError) as error:
            raise PluginError(str(error)) from error
        self._page_errors: list[str] = []
        if not self._handbook.is_sound:
            raise PluginError(f"{VALIDATION_FAILED}\n\n{render(self._handbook.report)}")
        repository = Repository(self._handbook.site, config.repo_url, config.edit_uri)
        self._renderer = renderer = Renderer(self._handbook.basis, repository)
        try:
            check_first_page(self._handbook)
            self._pages: dict[str, GeneratedPage] = {
                page.path: page for page in make_pages(self._handbook, renderer)
            }
            self._downloads = list(Downloads(self._handbook.catalogue, root).all())
        except (AudienceError, ViewError) as error:
            raise PluginError(str(error)) from error
        self._date = commit_date(root)
        if config.nav is not None:
            hidden = self._handbook.catalogue.gate.hidden_pages
            config.nav = expand(config.nav, self._pages.values(), self._handbook.pages, hidden)
        if config.exclude_docs is None:
            config.exclude_docs = GitIgnoreSpec.from_lines([SHOWN_ALL_THE_SAME])
        if ATTRIBUTES not in config.markdown_extensions:
            config.markdown_extensions.append(ATTRIBUTES)
        config.extra_css.append(STYLE)
        config.extra_javascript.append(_module(SCRIPT))
        self._edition = handed_over()
        if self._edition is not None:
            _show_versions(config)
        self._parts = PluginParts(config.plugins, config.theme.name or "")
        self._refused: dict[str, set[str]] = defaultdict(set)
        features = config.theme.setdefault("features", [])
        if "navigation.path" not in features:
            features.append("navigation.path")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Mark the site's folder as one that a build can replace, and take over the rendering of pages.

        At this point, mkdocs-macros has loaded its modules.
        """
        if not self._serving:
            mark(Path(config.site_dir))
        take_over(config.plugins.values(), self._handbook, self.report_page_error)

    def on_build_error(self, *, error: Exception) -> None:
        """End a build in one line when the system denies writing or a template of the theme fails."""
        # By its class, a missing template is also an operating system error.
        if isinstance(error, TemplateError):
            # The message of Jinja would name folders of this computer.
            why = f"Missing template `{error.name}`" if isinstance(error, TemplateNotFound) else str(error)
            raise Abort(f"The theme can't render a page: {one_line(why)}") from error
        if isinstance(error, OSError):
            place = f"{error.filename}: " if error.filename else ""
            raise _CannotWriteError(f"The website can't be written: {place}{reason(error)}") from error

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Remove the pages that the audience can't see; add the generated pages and their assets."""
        gate = self._handbook.catalogue.gate
        for path in gate.hidden_texts | gate.hidden_files:
            hidden = files.get_file_from_path(path)
            if hidden is not None:
                files.remove(hidden)
        for page in self._pages.values():
            level = InclusionLevel.UNDEFINED if page.in_navigation else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page.path, content=page.markdown, inclusion=level))
        changes = changes_page(self._handbook, self._renderer, self._edition)
        if changes is not None:
            named = self._handbook.site.navigation
            listed = named is None or CHANGES_PAGE in named
            level = InclusionLevel.UNDEFINED if listed else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, CHANGES_PAGE, content=changes, inclusion=level))
        made = {file.path: file.text.encode() for file in data_files(self._handbook)}
        for path, content in (read_assets() | made).items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Record the section of each content type, for pages that are not in the navigation."""
        self._navigation = nav.items
        self._sections: dict[str, Any] = {}
        for page in self._pages.values():
            index = files.get_file_from_path(f"{page.kind.page}/index.md")
            if index is not None and index.page is not None:
                self._sections[page.kind.name] = index.page.parent
        return nav

    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:
        """Set the date and edit link of a page and, outside the navigation, its breadcrumbs."""
        if self._date:
            page.update_date = self._date
        generated = self._pages.get(page.file.src_uri)
        if generated is not None:
            if page.parent is None:
                page.parent = self._sections.get(generated.kind.name)
            page.edit_url = self._renderer.repository.edit_url(generated.source, generated.span.line)
        return page

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Complete a hand-written page with its owner, review dates and links to the terms it uses."""
        path = page.file.src_uri
        return self._renderer.page(markdown, path) if path in self._handbook.pages else markdown

    @event_priority(_FIRST)
    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Find active content in the text of a page, before plugins add their own."""
        path = page.file.src_uri
        made = self._pages.get(path)
        written = self._handbook.pages.get(path)
        shown_path = written.shown_path if written else made.source if made else path
        if shown_path not in self._handbook.context.settings.trusted_files or made:
            text = written.text if written else ""
            self._page_errors += acting_findings(shown_path, text, html)
        return html

    @event_priority(_LAST)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Stop the build when macros failed, and escape titles for the theme."""
        if self._page_errors:
            raise PluginError(f"{VALIDATION_FAILED}\n\n" + "\n\n".join(self._page_errors) + "\n")
        strip = env.filters["striptags"]
        # Material inserts the result of this filter into HTML. The filter unescapes its input, so a tool
        # named "</title><script>" would end the title.
        env.filters["striptags"] = lambda value: escape(strip(value))
        for file in files.documentation_pages():
            if file.page is not None:
                make_page_plain(file.page, is_html=file.src_uri in self._pages)
        make_navigation_plain(self._navigation)
        self._site_name = config.site_name
        for name in SHOWN_SETTINGS:
            config[name] = plain(config[name])
        theme = Theme(tuple(map(Path, config.theme.dirs)), env, config)
        security = self._handbook.context.settings.security
        self._delivery = Delivery(theme, security, help_links(self._renderer))
        return env

    @event_priority(_LAST)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Prevent requests to other hosts and scripts that the theme does not include."""
        return self._finish(output, get_relative_url(".", page.url), page.file.src_uri)

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish the page for missing pages in the same way. Files for machines stay unchanged."""
        if not template_name.endswith((".html", ".htm")):
            return output_content
        base = urlsplit(config.site_url or "/").path
        return self._finish(output_content, base, template_name)

    def _finish(self, output: str, base: str, name: str) -> str:
        names = self._handbook.context.settings.security.allow_inline_from
        added = [part for part, plugin in self._parts.origins.items() if plugin in names]
        try:
            page, refused = self._delivery.finish(output, base, added)
        except NoHeadError as error:
            written = self._handbook.pages.get(name)
            finding = headless_page(written.shown_path if written else name)
            raise PluginError(f"{VALIDATION_FAILED}\n\n{finding}\n") from error
        for part in refused:
            self._refused[part].add(name)
        return page

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the redirect pages and the downloads, some of which MkDocs would treat as pages."""
        settings = (self._handbook.site.root / CONFIG).read_text(encoding="utf-8")
        for warning in refused_parts(settings, self._refused, self._parts.origins):
            _log.warning(warning)
        feed = CalendarFeed(
            self._handbook.basis, self._site_name, config.site_url or "", config.use_directory_urls
        )
        forwarding = forwarding_pages(self._handbook, config.site_url or "")
        write_downloads([*self._downloads, *feed.all(), *forwarding], Path(config.site_dir))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuild when a source, a schema or a view changes."""
        follow(server, self._handbook.site)
        _allow_reloading(server)
        return server

    def report_page_error(self, finding: Finding, line: str) -> None:
        """Record a failed macro, so that all failures are reported together."""
        self._page_errors.append(render_finding(finding, line))


def _allow_reloading(server: LiveReloadServer) -> None:
    """Add the reload script to the policy of each served page. The script differs from page to page."""
    # MkDocs has no event for this step.
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html  # noqa: SLF001

    def injected(content: bytes, epoch: int) -> bytes:
        page = inject(content, epoch).decode("utf-8", "surrogateescape")
        before = content.decode("utf-8", "surrogateescape")
        return allow_further(page, before).encode("utf-8", "surrogateescape")

    server._inject_js_into_html = injected  # type: ignore[method-assign]  # noqa: SLF001


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _show_versions(config: MkDocsConfig) -> None:
    """Offer readers a choice of versions. Search engines get the stable URL of the latest version."""
    config.extra["version"] = {"provider": "mike"}
    config.extra_javascript.append(VERSIONS_SCRIPT)
    if config.site_url:
        config.site_url = urljoin(config.site_url, "latest/")
