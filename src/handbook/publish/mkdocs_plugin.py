"""The MkDocs plugin: writes the contents of a site and stops a build when validation fails.

It is longer than other modules, because MkDocs finds its events as methods of one class.
"""

from __future__ import annotations

import gc
import logging
from contextlib import nullcontext
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateError, TemplateNotFound
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from handbook.base.collector import collector_paused
from handbook.base.memory import Memory, memory, using
from handbook.base.shelf import Shelf, in_memory
from handbook.base.words import one_line
from handbook.output.text import render
from handbook.publish.assets import ATTRIBUTES, SHOWN_ALL_THE_SAME
from handbook.publish.build_date import commit_date
from handbook.publish.contents import make_contents
from handbook.publish.delivery import Theme
from handbook.publish.errors import CANNOT_WRITE, BuildError
from handbook.publish.handover import handed_over
from handbook.publish.html_blocks import AroundMarkdown
from handbook.publish.judging import LastLook, failed
from handbook.publish.kept_page import keep_texts
from handbook.publish.loading import load_for_build
from handbook.publish.made_files import write_files
from handbook.publish.mkdocs_files import complete_files
from handbook.publish.mkdocs_values import site_of, with_paths
from handbook.publish.no_address import remove_empty_sitemap
from handbook.publish.page_rendering import take_over
from handbook.publish.plain_titles import (
    SHOWN_SETTINGS,
    make_file_plain,
    make_navigation_plain,
    meta_with_words,
    plain,
)
from handbook.publish.plugin_parts import plugin_parts
from handbook.publish.shells import with_shells
from handbook.publish.theme_search import switch_off_theme_search
from handbook.read.files import CONFIG, read_config
from handbook.read.icons import MATERIAL, THEME
from handbook.render.compiled import compiled_installed
from handbook.render.environment import ViewError
from handbook.search.index import forget_documents
from handbook.write.errors import NotWrittenError, reason
from handbook.write.stopped import undo_stopped
from handbook.write.target import check_target, mark

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


_FIRST, _LAST = 1000, -1000
"""Priorities among the plugins: before all others, and after them."""

_COLLECTED = (20_000, 50, 10)
"""When Python's collector runs. Each page is many objects, so the usual 700 cost a tenth of a build.

What a page leaves behind is nearly always found the first time, so later passes are rare.
"""

_GUESS = "edit/master/docs/"
"""What MkDocs takes for `edit_uri` if the settings don't say it, whatever the default branch is."""

# In a strict build, MkDocs counts only the warnings of its own loggers.
_log = logging.getLogger("mkdocs.plugins.handbook")


class _CannotWriteError(Abort):
    exit_code = CANNOT_WRITE


class HandbookConfig(Config):
    """The plugin has no settings, because the sources determine its behaviour."""


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Keeps the state of one build in its attributes; each build loads a new handbook.

    Attributes:
        contents: What the last build publishes.
        look: Looks at its pages.
        built: The last whole build, if the site is served.
        memory: What the first build has read and checked, for what follows when it is served.
    """

    _serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Record whether MkDocs serves the pages, and look for garbage less often."""
        gc.set_threshold(*_COLLECTED)
        self._begun = time_ns()
        self._serving = command == "serve"
        self.memory = Memory()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the handbook. Errors end the build before MkDocs changes the site's folder."""
        site = site_of(config)
        build = handed_over()
        try:
            undo_stopped(site.root, _log.info, _log.warning)
            if not self._serving:
                # MkDocs empties this folder. To serve pages, it uses a temporary folder instead.
                check_target(site, Path(config.site_dir))
            kept = using(memory() or self.memory) if self._serving else nullcontext()
            with kept, collector_paused():
                handbook = load_for_build(site)
                # What was loaded stays to the end of the build, so no collection has to look at it.
                gc.freeze()
            if not handbook.is_sound:
                raise PluginError(failed([render(handbook.report)]))
            own = dict(config)
            if config.edit_uri == _GUESS and read_config(site.root / CONFIG).get("edit_uri") is None:
                own["edit_uri"] = None
            keep = in_memory if self._serving else Shelf().keep
            self.contents = contents = make_contents(handbook, own, build.changes, keep=keep)
        except (BuildError, NotWrittenError, ViewError) as error:
            raise PluginError(str(error)) from error
        self._date = commit_date(site.root)
        switch_off_theme_search(config.plugins)
        config.nav = contents.navigation
        config.edit_uri = contents.renderer.repository.edit_uri
        if config.exclude_docs is None:
            config.exclude_docs = MkDocsConfig.exclude_docs.validate(SHOWN_ALL_THE_SAME)
        if ATTRIBUTES not in config.markdown_extensions:
            config.markdown_extensions.append(ATTRIBUTES)
        for name, paths in contents.lists.items():
            config[name] = with_paths(config, name, paths)
        if config.theme.name == MATERIAL:
            # After the site's own folder, before the theme.
            config.theme.dirs.insert(int(config.theme.custom_dir is not None), str(THEME))
        config.extra["handbook"] = contents.frame
        features = config.theme.setdefault("features", [])
        features += [feature for feature in contents.features if feature not in features]
        if build.changes is not None:
            config.site_url = contents.url
            # Readers can choose a version.
            config.extra["version"] = {"provider": "mike"}
        self._around = AroundMarkdown(config)
        self.look = LastLook(contents, plugin_parts(config.plugins, config.theme.name or ""))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Mark the site's folder as one that a build can replace, and take over the rendering of pages.

        At this point, mkdocs-macros has loaded its modules.
        """
        if not self._serving:
            mark(Path(config.site_dir))
        contents = self.contents
        take_over(config.plugins.values(), contents.handbook, self.look.report, contents.portable)

    def on_build_error(self, *, error: Exception) -> None:
        """End a build in one line when the system denies writing or a template of the theme fails."""
        # A served site is built again, and again.
        gc.unfreeze()
        # By its class, a missing template is also an operating system error.
        if isinstance(error, TemplateError):
            # The message of Jinja would name folders of this computer.
            why = f"Missing template `{error.name}`" if isinstance(error, TemplateNotFound) else str(error)
            raise Abort(f"The theme can't render a page: {one_line(why)}") from error
        if isinstance(error, OSError):
            place = f"{error.filename}: " if error.filename else ""
            raise _CannotWriteError(f"The website can't be written: {place}{reason(error)}") from error

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Remove what the audience can't see; add the generated pages, those of layers, and assets."""
        complete_files(files, self.contents, config)
        if not self._serving:
            forget_documents()
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Record the navigation, whose titles are escaped later."""
        self._navigation = nav
        if not self._serving:
            for file in files.documentation_pages():
                if file.page is not None:
                    keep_texts(file.page, self.contents.keep)
        return nav

    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:
        """Set the date and edit link of a page and, outside the navigation, its breadcrumbs."""
        if self._date:
            page.update_date = self._date
        generated = self.contents.pages.get(page.file.src_uri)
        if generated is not None and generated.kind is not None:
            index = files.get_file_from_path(f"{generated.kind.page}/index.md")
            if page.parent is None and index is not None and index.page is not None:
                page.parent = index.page.parent
        if self.contents.knows_source(page.file.src_uri):
            page.edit_url = self.contents.edit_url(page.file.src_uri)
        return page

    def _complete(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Complete a hand-written page with its owner, review dates and links to the terms it uses."""
        contents, path = self.contents, page.file.src_uri
        if path not in contents.handbook.pages:
            return markdown
        page.meta = meta_with_words(page.meta, contents.handbook.language)
        return contents.renderer.page(markdown, path)

    @event_priority(_LAST)
    def _shorten(self, markdown: str, /, *, page: Page, **_context: Any) -> str:
        return self._around.shorten(markdown, page)

    on_page_markdown = CombinedEvent(_complete, _shorten)

    @event_priority(_FIRST)
    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Find active content in the text of a page, before plugins add their own."""
        html = self._around.restore(html, page, files)
        self.look.read(page.file.src_uri, html)
        return html

    @event_priority(_LAST)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Stop the build when macros failed, and escape titles for the theme."""
        self._stop_on_errors()
        env.bytecode_cache = env.bytecode_cache or compiled_installed()
        strip = env.filters["striptags"]
        # Material inserts the result of this filter into HTML. The filter unescapes its input, so a tool
        # named "</title><script>" would end the title.
        env.filters["striptags"] = lambda value: escape(strip(value))
        for file in files.documentation_pages():
            make_file_plain(file, self.contents)
        make_navigation_plain(self._navigation.items)
        for name in SHOWN_SETTINGS:
            config[name] = plain(config[name])
        theme = Theme(tuple(map(Path, config.theme.dirs)), env, config)
        self.look.start_to_finish(theme)
        if self._serving:
            from handbook.publish.built_site import BuiltSite  # noqa: PLC0415 - as in `on_serve`

            self.built = BuiltSite(config, files, self._navigation, env, self)
        listed = {page.file.src_uri for page in self._navigation.pages}
        entries = (path for path, page in self.contents.pages.items() if page.kind)
        return with_shells(env, config, frozenset(entries) - listed)

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

    def _finish(self, output: str, base: str, path: str) -> str:
        page = self.look.finish(output, base, path)
        self._stop_on_errors()
        return page

    def _stop_on_errors(self) -> None:
        if self.look.errors:
            raise PluginError(f"{failed(self.look.errors)}\n")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the redirect pages and the downloads, some of which MkDocs would treat as pages."""
        gc.unfreeze()
        for warning in self.look.warnings():
            _log.warning(warning)
        files = self.contents.downloads | self.contents.forwarding | self.look.further_files()
        write_files(files, Path(config.site_dir))
        remove_empty_sitemap(self.contents.url, Path(config.site_dir))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Follow what the site is made of, and save what the form proposes."""
        # A build has no use for them, and they take long to load.
        from handbook.publish.live import serve_live  # noqa: PLC0415
        from handbook.publish.own_hosts import answer_own_hosts, correct_address  # noqa: PLC0415
        from handbook.publish.preview import Preview  # noqa: PLC0415
        from handbook.publish.saving import offer_saving  # noqa: PLC0415
        from handbook.publish.watching import watched_paths  # noqa: PLC0415

        correct_address(server)
        serve_live(
            server, Preview(self, builder, self._begun, lambda: [*watched_paths(server), *config.watch])
        )
        offer_saving(server, self.contents.handbook.site)
        answer_own_hosts(server)
        return server
