"""The mkdocs-macros module: provides the macros on pages, for both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.publish.loading import load_for_build
from handbook.read.files import find_site
from handbook.render.macros import Macros
from handbook.render.render import Renderer
from handbook.render.repository import Repository

RENDERER = "handbook_renderer"
"""The attribute of the environment by which an engine without plugins passes the renderer of the build."""


class PageError(Exception):
    """A page cannot be rendered."""


def define_env(env: Any) -> None:
    """Register the macros. mkdocs-macros calls this function once per build.

    Args:
        env: The mkdocs-macros plugin: has `project_dir`, `conf`, `page` and `macro`.

    Raises:
        PageError: The caller is another engine, which would render pages without the sandbox.
    """
    if not hasattr(env, "register_macros"):
        raise PageError(
            "This engine can't render the macros on pages. Run `handbook build --engine zensical`"
        )
    handbook = load_for_build(find_site(Path(env.project_dir)))
    repository = Repository.of(handbook.site, env.conf)
    give_macros(env, getattr(env, RENDERER, None) or Renderer(handbook.basis, repository))


def give_macros(env: Any, renderer: Renderer) -> None:
    """Register the macros of a renderer, instead of those of an earlier one.

    Args:
        env: The mkdocs-macros plugin.
        renderer: Renders what they show.
    """

    def current_page() -> str:
        return str(env.page.file.src_uri)

    for name, macro in Macros(renderer, current_page, tuple(RULEBOOK.values()), CHAPTERS).all().items():
        env.macro(macro, name)
