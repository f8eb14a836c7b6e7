"""Render the macros of the hand-written pages, for engines that run no plugins of ours."""

from __future__ import annotations

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from handbook.base.as_yaml import as_yaml
from handbook.base.language import Language
from handbook.publish.contents import SiteContents
from handbook.publish.errors import BuildError
from handbook.publish.judging import LastLook, failed
from handbook.publish.page_macros import RENDERER
from handbook.publish.plain_titles import meta_with_words, plain_once
from handbook.publish.staged_pages import StagedPages
from handbook.read.files import CONFIG
from handbook.read.pages import Page


def _plain_front_matter(page: Page, language: Language) -> str:
    """Return the front matter of a page, escaped so that the theme shows it as text. JSON is valid YAML."""
    if not page.meta:
        return ""
    meta = meta_with_words(page.meta, language)
    lines = (f"{as_yaml(str(name))}: {as_yaml(plain_once(each), default=str)}" for name, each in meta.items())
    return "\n".join(["---", *lines, "---", ""])


def written_pages(contents: SiteContents) -> dict[str, str]:
    """Return the hand-written pages, with their macros rendered, by path.

    Raises:
        BuildError: A page has errors, or the site's own module of macros cannot be loaded.
        ViewError: The view of bylines is invalid.
    """
    handbook, renderer = contents.handbook, contents.renderer
    look = LastLook(contents, {})
    try:
        config = load_config(str(handbook.site.root / CONFIG))
        rendering = StagedPages(handbook, config, look.report, contents.portable, {RENDERER: renderer})
    except MkDocsException as error:
        raise BuildError(f"Can't use {CONFIG}: {error}") from error
    except Exception as error:  # the site's own module can raise any error
        raise BuildError(f"Can't load the macros: {type(error).__name__}: {error}") from error
    texts = {
        page.path: _plain_front_matter(page, handbook.language)
        + rendering.render(renderer.page(page.body, page.path), page)
        for page in handbook.pages.values()
    }
    if look.errors:
        raise BuildError(f"{failed(look.errors)}\n")
    return texts
