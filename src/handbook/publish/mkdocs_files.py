"""The files that MkDocs publishes: those of the docs folder and the theme, with ours."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.publish.contents import SiteContents
from handbook.publish.mkdocs_values import made_file
from handbook.publish.theme_search import is_of_theme_search
from handbook.read.files import named_in


def complete_files(files: Files, contents: SiteContents, config: MkDocsConfig) -> None:
    """Remove what no one may see or needs, and add the generated pages, those of layers, and assets.

    Args:
        files: The files of the docs folder and the theme.
        contents: The contents of the site.
        config: The configuration.
    """
    for each in list(files):
        if each.src_dir != config.docs_dir and is_of_theme_search(each.src_uri):
            files.remove(each)
    root = contents.handbook.site.root
    for path in contents.hidden:
        hidden = files.get_file_from_path(path)
        if hidden is not None:
            files.remove(hidden)
    for page in contents.pages.values():
        level = InclusionLevel.UNDEFINED if page.in_navigation else InclusionLevel.NOT_IN_NAV
        files.append(made_file(config, page.path, page.read, root / page.source, level))
    navigation = contents.navigation
    named = None if navigation is None else set(named_in(navigation))
    for path, file in contents.inherited.items():
        top = str(file.parents[path.count("/")])
        level = InclusionLevel.UNDEFINED if named is None or path in named else InclusionLevel.NOT_IN_NAV
        files.append(File(path, top, config.site_dir, config.use_directory_urls, inclusion=level))
    for path, make in contents.files.makes.items():
        files.append(made_file(config, path, make))
