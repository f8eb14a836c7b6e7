"""Write the pages as plain Markdown that Backstage TechDocs builds, without this engine.

TechDocs builds with MkDocs, but leaves out plugins that it does not know, and the scripts of pages. So macros
are rendered, generated pages are files, and the settings are those that TechDocs reads.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from handbook.base.as_yaml import as_yaml
from handbook.loaded.handbook import Handbook
from handbook.publish.assets import STYLE
from handbook.publish.build import check_handles
from handbook.publish.contents import SiteContents, make_contents
from handbook.publish.errors import BuildError
from handbook.publish.made_files import MadeFiles, ready, write_files
from handbook.publish.plain_titles import plain_item, plain_once
from handbook.publish.written_pages import written_pages
from handbook.read.files import CONFIG, read_config
from handbook.render.environment import ViewError

# Not `edit_uri`: pages have their own links, to the file of their entry.
_COPIED = ("site_description", "site_url", "repo_url", "use_directory_urls", "copyright")
_EXTENSIONS = (
    *("admonition", "attr_list", "def_list", "md_in_html", "tables"),
    *("pymdownx.details", "pymdownx.superfences"),
)
_TABS = {"pymdownx.tabbed": {"alternate_style": True}}
_PAGE = ".markdown"
"""The suffix of downloads that MkDocs takes for pages."""
_TEXT = ".txt"
_ICON = re.compile(r'\A(---\n(?:(?!---\n).*\n)*?)"?icon"?:.*\n')
"""The icon of a page. A build stops at one that the theme of TechDocs lacks, such as ours."""
_LINKED = re.compile(rf"(href=\"[^\":]*{re.escape(_PAGE)})(?=\")")


def write_techdocs(handbook: Handbook, folder: Path) -> None:
    """Write the folder.

    Args:
        handbook: The handbook.
        folder: An empty folder.

    Raises:
        BuildError: A page has errors, or a view is invalid.
        HandbookError: This process can open too few files.
    """
    check_handles()
    own = read_config(handbook.site.root / CONFIG)
    try:
        contents = make_contents(handbook, own)
        pages = {page.path: page.markdown for page in contents.pages.values()} | written_pages(contents)
    except ViewError as error:
        raise BuildError(str(error)) from error
    texts = {
        path: _LINKED.sub(rf"\1{_TEXT}", _ICON.sub(r"\1", text)).encode() for path, text in pages.items()
    }
    write_files(_files(contents) | ready(texts), folder / "docs")
    (folder / CONFIG).write_text(as_yaml(_settings(contents), indent=1), encoding="utf-8", newline="\n")


def _files(contents: SiteContents) -> MadeFiles:
    """Return everything but pages. Scripts are left out, because TechDocs removes them from pages."""
    handbook = contents.handbook
    own = {
        path: file.read_bytes()
        for path, file in handbook.context.docs_files.items()
        if path not in contents.hidden and not path.endswith((".md", ".js"))
    }
    made = contents.files | contents.downloads
    files = ready(own) | MadeFiles(
        {path: make for path, make in made.makes.items() if not path.endswith(".js")}
    )
    return MadeFiles(
        {f"{path}{_TEXT}" if path.endswith(_PAGE) else path: make for path, make in files.makes.items()}
    )


def _settings(contents: SiteContents) -> dict[str, Any]:
    own = contents.own
    copied = {name: own[name] for name in _COPIED if own.get(name) not in {None, ""}}
    settings: dict[str, Any] = {
        "site_name": plain_once(own.get("site_name") or ""),
        **copied,
        "docs_dir": "docs",
        "plugins": ["techdocs-core"],
        "markdown_extensions": [*_EXTENSIONS, _TABS],
        "extra_css": [STYLE],
        "exclude_docs": "!/templates/\n",
    }
    if contents.navigation:
        settings["nav"] = [plain_item(item) for item in contents.navigation]
    return settings
