"""Render the macros on pages for an engine that runs no plugins."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as EnginePage
from mkdocs.utils.meta import get_data

from handbook.loaded.handbook import Handbook
from handbook.publish.page_rendering import Report, is_macros_plugin, take_over
from handbook.publish.portable_pages import PortablePages
from handbook.read.pages import Page


class StagedPages:
    """Renders pages for an engine that runs no plugins.

    Args:
        handbook: The handbook of the build.
        config: The site's settings, as MkDocs reads them.
        report: Records the findings of a page.
        portable: Keeps the pages as Markdown without HTML.
        attributes: Additional values for `define_env`.
    """

    def __init__(
        self,
        handbook: Handbook,
        config: MkDocsConfig,
        report: Report,
        portable: PortablePages,
        attributes: Mapping[str, object],
    ) -> None:
        self._config = config
        self._plugins = [plugin for plugin in config.plugins.values() if is_macros_plugin(plugin)]
        for plugin in self._plugins:
            vars(plugin).update(attributes)
            plugin.on_config(config)  # type: ignore[no-untyped-call]
        take_over(self._plugins, handbook, report, portable)

    def render(self, text: str, page: Page) -> str:
        """Return the text of a page, without its front matter, with its macros rendered."""
        config = self._config
        file = File(page.path, config.docs_dir, config.site_dir, config.use_directory_urls)
        engine_page = EnginePage(None, file, config)
        engine_page.meta = get_data(page.text)[1]
        for plugin in self._plugins:
            text = plugin.on_page_markdown(text, page=engine_page, config=config, files=Files([file]))
        return text
