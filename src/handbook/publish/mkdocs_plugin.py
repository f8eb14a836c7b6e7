"""The MkDocs plugin: puts the generated pages among the others and stops a build that has findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from pathspec.gitignore import GitIgnoreSpec

from handbook.findings import Finding
from handbook.handbook import Handbook, watched
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
from handbook.publish.build_date import commit_date
from handbook.publish.changes_page import changes_page
from handbook.publish.data_files import data_files
from handbook.publish.delivery import finish_page
from handbook.publish.edition import handed_over
from handbook.publish.forwarding import forwarding_pages
from handbook.publish.loading import load_for_build
from handbook.publish.page_rendering import take_over
from handbook.read.files import Site, named_in
from handbook.read.macro_settings import PLUGIN, make_macro_settings
from handbook.read.pages import CHANGES_PAGE
from handbook.report.text import render, render_finding
from handbook.view.calendar_feed import CalendarFeed
from handbook.view.downloads import Downloads
from handbook.view.environment import ViewError
from handbook.view.navigation import expand
from handbook.view.pages import GeneratedPage, make_pages
from handbook.view.render import Renderer
from handbook.view.repository import Repository


class HandbookConfig(Config):
    """The plugin has no settings: what it does follows from the sources."""


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Everything it knows of one build stands in its attributes; a new build begins with a new handbook."""

    _serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether the pages are served while they are written."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Loads the handbook. Findings end the build here, before MkDocs touches the site's folder."""
        root = Path(config.config_file_path or ".").resolve().parent
        nav = None if config.nav is None else tuple(named_in(config.nav))
        macros = config.plugins.get(PLUGIN)
        settings = None if macros is None else make_macro_settings(macros.config)
        docs = Path(config.docs_dir).resolve()
        site = Site(root, docs, config.use_directory_urls, nav, macros=settings)
        try:
            self._handbook: Handbook = load_for_build(site)
        except AudienceError as error:
            raise PluginError(str(error)) from error
        self._page_errors: list[str] = []
        if not self._handbook.is_sound:
            raise PluginError(f"the handbook has findings\n\n{render(self._handbook.report)}")
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
        features = config.theme.setdefault("features", [])
        if "navigation.path" not in features:
            features.append("navigation.path")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Takes the rendering of pages over from mkdocs-macros, which has loaded its modules by now."""
        take_over(config.plugins.values(), self._handbook, self.report_page_error)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Takes out the pages that the audience may not see; adds the generated ones and what they need."""
        for path in self._handbook.catalogue.gate.hidden_pages:
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
        """Remembers the section of each kind, for the pages that the navigation leaves out."""
        self._sections: dict[str, Any] = {}
        for page in self._pages.values():
            index = files.get_file_from_path(f"{page.kind.page}/index.md")
            if index is not None and index.page is not None:
                self._sections[page.kind.name] = index.page.parent
        return nav

    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:
        """Gives a page its date, its edit link and, outside the navigation, its breadcrumbs."""
        if self._date:
            page.update_date = self._date
        generated = self._pages.get(page.file.src_uri)
        if generated is not None:
            if page.parent is None:
                page.parent = self._sections.get(generated.kind.name)
            page.edit_url = self._renderer.repository.edit_url(generated.source, generated.span.line)
        return page

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Completes a hand-written page: whose it is, when it was reviewed, links to the terms it uses."""
        path = page.file.src_uri
        return self._renderer.page(markdown, path) if path in self._handbook.pages else markdown

    @event_priority(-100)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Stops the build when macros failed, and makes the theme keep titles harmless."""
        if self._page_errors:
            raise PluginError("the handbook has findings\n\n" + "\n\n".join(self._page_errors) + "\n")
        strip = env.filters["striptags"]
        # Material puts what this filter returns into HTML. The filter unescapes it, so a tool named
        # "</title><script>" would end the title.
        env.filters["striptags"] = lambda value: escape(strip(value))
        return env

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Keeps the reader's browser from asking other hosts, and from running what is not ours."""
        return finish_page(output, policy=not self._serving)

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Does the same to the page that says that there is no page."""
        return finish_page(output_content, policy=not self._serving)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the downloads, some of which MkDocs would take for pages, and forwards old addresses."""
        feed = CalendarFeed(
            self._handbook.basis, config.site_name, config.site_url or "", config.use_directory_urls
        )
        forwarding = forwarding_pages(self._handbook, config.site_url or "")
        write_downloads([*self._downloads, *feed.all(), *forwarding], Path(config.site_dir))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuilds when a source, a schema or a view changes."""
        for path in watched(self._handbook.site):
            server.watch(str(path))
        return server

    def report_page_error(self, finding: Finding, line: str) -> None:
        """Takes note of a macro that failed, so that all of them are reported at once."""
        self._page_errors.append(render_finding(finding, line))


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _show_versions(config: MkDocsConfig) -> None:
    """Gives readers a choice of versions. Search engines are told of the latest, at an address that stays."""
    config.extra["version"] = {"provider": "mike"}
    config.extra_javascript.append(VERSIONS_SCRIPT)
    if config.site_url:
        config.site_url = urljoin(config.site_url, "latest/")
