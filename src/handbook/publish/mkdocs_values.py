"""Values of MkDocs for the plugin: the site of a configuration, files, and lists of styles and scripts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from handbook.publish.made_files import MadeFiles, write_files
from handbook.read.files import CONFIG, Site, language_of, named_in
from handbook.read.macro_settings import PLUGIN, make_macro_settings


def site_of(config: MkDocsConfig) -> Site:
    """Return the site of a configuration."""
    given = Path(config.config_file_path or CONFIG).absolute().parent
    root = given.resolve()
    # Symbolic links below the site's folder stay unresolved, so that the checks find them.
    docs, overrides = (
        Path(os.path.normpath(root / os.path.relpath(folder, given))) if folder else None
        for folder in (config.docs_dir, config.theme.custom_dir)
    )
    nav = None if config.nav is None else tuple(named_in(config.nav))
    macros = config.plugins.get(PLUGIN)
    settings = None if macros is None else make_macro_settings(macros.config)
    # As `find_site` names it, so that the macros find what is loaded already.
    name, url = config.site_name, config.site_url or ""
    language = language_of(config.theme)
    return Site(root, docs or root, config.use_directory_urls, nav, name, url, overrides, settings, language)


class _MadeFile(File):
    """A file that is made when it is read or copied, and not kept."""

    make: Callable[[], str | Iterable[bytes]]

    @property
    def _content(self) -> str | bytes | None:
        """What MkDocs takes for the content."""
        made = self.make()
        return made if isinstance(made, str) else b"".join(made)

    @_content.setter
    def _content(self, content: str | bytes | None) -> None:
        # Plugins can set it.
        self.make = partial(_given, content or "")

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as in MkDocs
        """Write the file, part by part."""
        made = self.make()
        if isinstance(made, str):
            super().copy_file(dirty)
        else:
            write_files(MadeFiles({self.dest_uri: lambda: made}), Path(self.dest_dir))


def _given(content: str | bytes) -> str | Iterable[bytes]:
    return content if isinstance(content, str) else (content,)


def made_file(
    config: MkDocsConfig,
    path: str,
    make: Callable[[], str | Iterable[bytes]],
    source: Path | None = None,
    level: InclusionLevel = InclusionLevel.UNDEFINED,
) -> File:
    """Return a file that is not in the docs folder.

    Other plugins, such as those for feeds and languages, expect a path on disk: that of its source.

    Args:
        config: The configuration.
        path: The path of the file in the docs folder.
        make: Returns its text, or the parts of its content.
        source: The file that it is made from. By default, and if there is none, it is the configuration.
        level: Whether the navigation can list it.
    """
    file = cast("_MadeFile", _MadeFile.generated(config, path, content="", inclusion=level))
    file.make = make
    file.abs_src_path = str(source) if source and source.is_file() else config.config_file_path
    return file


def with_paths(config: MkDocsConfig, name: str, paths: Sequence[Any]) -> list[Any]:
    """Return a list of styles or scripts with more paths. A plugin can build several times, so each once.

    Args:
        config: The configuration.
        name: The setting.
        paths: All paths in order: those that the setting has, and others.
    """
    values = {str(value): value for value in config[name]}
    named = {path["path"] if isinstance(path, dict) else str(path): path for path in paths}
    more = [path for key, path in named.items() if key not in values]
    values |= {str(value): value for value in getattr(MkDocsConfig, name).validate(more)}
    return [values[key] for key in named]
