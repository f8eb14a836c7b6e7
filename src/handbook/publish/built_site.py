"""The last whole build of a served site, of which each file can be made again with other contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from handbook.base.language import speaking
from handbook.publish.assets import FORM_FOLDER, SEARCH_FOLDER
from handbook.publish.assistants import LIST, WHOLE, assistant_files
from handbook.publish.contents import SiteContents
from handbook.publish.judging import LastLook
from handbook.publish.long_tables import first_page
from handbook.publish.made_files import MadeFiles
from handbook.publish.navigation import titles_in
from handbook.publish.no_address import remove_empty_sitemap
from handbook.publish.page_macros import give_macros
from handbook.publish.page_rendering import is_macros_plugin, take_over
from handbook.publish.plain_titles import make_file_plain
from handbook.publish.site_files import remove_file, replace_files
from handbook.render.downloads import DATA

_PARTS: Mapping[str, Callable[[SiteContents], MadeFiles]] = {
    "data": lambda contents: contents.data,
    "downloads": lambda contents: contents.downloads,
    "forwarding": lambda contents: contents.forwarding,
}
"""The files that only our contents have, by part. Scripts and styles follow from the settings alone."""

_DATA = (f"{DATA}/", f"{SEARCH_FOLDER}/", f"{FORM_FOLDER}/")
"""Where the first of them are, some under names that change with their content."""


class Building(Protocol):
    """What pages are built from: the plugin of MkDocs, whose methods MkDocs calls for each page.

    Attributes:
        contents: What the last build publishes.
        look: Looks at its pages.
    """

    contents: SiteContents
    look: LastLook


class BuiltSite:
    """The files of a site, which are made again when someone asks for them.

    A page is built by MkDocs with the objects of the whole build, so all of them must have been built with
    the same settings, pages and navigation, but for the titles of pages.

    Args:
        config: The configuration.
        files: All files.
        nav: The navigation.
        env: The templates of the theme.
        building: What pages are built from. It can change from one call of `renew` to the next.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        files: Files,
        nav: Navigation,
        env: Environment,
        building: Building,
    ) -> None:
        self.config = config
        self._files = files
        self._nav = nav
        self._env = env
        self._pages = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self._by_dest = {file.dest_uri: file for file in self._pages}
        self._templates = frozenset([*config.theme.static_templates, *config.extra_templates])
        self._written = {name: frozenset(make(building.contents)) for name, make in _PARTS.items()}
        self._building = building
        self._take()
        self._unread: set[str] = set()
        self._unbuilt: set[str] = set()
        self._unmade: set[str] = set()

    def _take(self) -> None:
        contents = self._contents = self._building.contents
        self._titles = titles_in(contents.navigation or ())
        self._versions = {
            contents.portable.path(file.src_uri): file
            for file in self._pages
            if contents.portable.has(file.src_uri)
        }

    def renew(self) -> None:
        """Make every file again with the contents of now, once someone asks for it."""
        self._take()
        contents, look = self._contents, self._building.look
        plugins = self.config.plugins.values()
        for plugin in plugins:
            if is_macros_plugin(plugin):
                give_macros(plugin, contents.renderer)
        take_over(plugins, contents.handbook, look.report, contents.portable)
        self.config.extra["handbook"] = contents.frame
        paths = [file.src_uri for file in self._pages]
        self._unread = set(paths)
        self._unbuilt = set(paths)
        self._unmade = {*self._versions, LIST, WHOLE, *self._templates, *_PARTS}

    @property
    def paths(self) -> Iterable[str]:
        """The published paths of all pages."""
        return self._by_dest.keys()

    def page_at(self, published: str) -> str | None:
        """Return the path in the docs folder of the page at a published path; `None` without one."""
        file = self._by_dest.get(first_page(published)) or self._versions.get(published)
        return file.src_uri if file else None

    def read(self, page: str) -> None:
        """Render the text of a page, if it isn't current. Other pages show its title.

        Args:
            page: The path of the page in the docs folder.
        """
        file = self._files.get_file_from_path(page)
        if page not in self._unread or file is None or file.page is None:
            return
        # What the last build has set hides what the text says now.
        vars(file.page).pop("title", None)
        if page in self._titles:
            file.page.title = self._titles[page]
        made = self._contents.pages.get(page)
        if made is not None:
            # To set the text unsets the path, which other plugins expect.
            path, file.content_string = file.abs_src_path, made.markdown
            file.abs_src_path = path
        mkdocs_build._populate_page(file.page, self.config, self._files)  # noqa: SLF001 - as in a whole build
        make_file_plain(file, self._contents)
        self._unread.discard(page)

    def refresh(self, published: str) -> None:
        """Make a file again, if it isn't current.

        Args:
            published: Its path in the site.
        """
        if first_page(published) in self._by_dest:
            self._build(self._by_dest[first_page(published)])
        elif published in self._unmade:
            self._make(published)
        else:
            for name in sorted(self._unmade.intersection(self._parts_of(published))):
                self._make_part(name)

    def refresh_all(self) -> None:
        """Make every file again that isn't current."""
        for file in self._pages:
            self._build(file)
        for name in sorted(self._unmade):
            if name in _PARTS:
                self._make_part(name)
            else:
                self._make(name)

    def _parts_of(self, published: str) -> set[str]:
        """Return the parts that have a file, or can have it now."""
        parts = {name for name, paths in self._written.items() if published in paths}
        if parts or self._files.get_file_from_path(published) is not None:
            return parts
        return set(_PARTS) if published.startswith(_DATA) else _PARTS.keys() - {"data"}

    def _build(self, file: File) -> None:
        if file.src_uri not in self._unbuilt or file.page is None:
            return
        self.read(file.src_uri)
        target = Path(file.abs_dest_path)
        before = target.read_bytes() if target.is_file() else None
        # MkDocs writes no empty page. A browser that is reading the old one gets all of it.
        target.unlink(missing_ok=True)
        try:
            mkdocs_build._build_page(  # noqa: SLF001 - as in a whole build
                file.page,
                self.config,
                self._pages,
                self._nav,
                self._env,
                excluded=file.inclusion.is_excluded(),
            )
        except BaseException:
            if before is not None:
                target.write_bytes(before)
            raise
        file.page.validate_anchor_links(files=self._files, log_level=self.config.validation.links.anchors)
        self._write_parts(file.dest_uri)
        self._unbuilt.discard(file.src_uri)

    def _write_parts(self, published: str) -> None:
        """Write the further parts of the tables of a page."""
        folder, parts = Path(self.config.site_dir), self._building.look.parts
        made = {path: read().encode() for path, read in parts.items() if first_page(path) == published}
        for name in (folder / published).parent.iterdir():
            path = name.relative_to(folder).as_posix()
            if path not in made and path != published and first_page(path) == published:
                name.unlink()
        replace_files(self.config.site_dir, made)

    def _make(self, published: str) -> None:
        """Make the Markdown version of a page, a list of them, or a page of the theme."""
        if published in self._templates:
            self._make_template(published)
        elif published in self._versions:
            file = self._versions[published]
            self._build(file)
            replace_files(self.config.site_dir, {published: self._portable([file])[published]})
        else:
            for file in self._pages:
                self._build(file)
            made = self._portable(self._versions.values())
            replace_files(self.config.site_dir, made)
            self._unmade -= set(made)
        self._unmade.discard(published)

    def _portable(self, files: Iterable[File]) -> MadeFiles:
        """Return the Markdown versions of pages, and the lists of them, by path."""
        with speaking(self._contents.handbook.language):
            return assistant_files(self._contents, [file.src_uri for file in files])

    def _make_template(self, name: str) -> None:
        make = mkdocs_build._build_theme_template  # noqa: SLF001 - as in a whole build
        if name in self.config.theme.static_templates:
            make(name, self._env, self._files, self.config, self._nav)
        else:
            mkdocs_build._build_extra_template(name, self._files, self.config, self._nav)  # noqa: SLF001
        remove_empty_sitemap(self._contents.url, Path(self.config.site_dir))

    def _make_part(self, name: str) -> None:
        made = _PARTS[name](self._contents)
        for path in self._written[name] - set(made):
            remove_file(Path(self.config.site_dir), path)
        replace_files(self.config.site_dir, made)
        self._written[name] = frozenset(made)
        self._unmade.discard(name)
