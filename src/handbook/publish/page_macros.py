"""The mkdocs-macros module: provides the macros on pages, for both engines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

from handbook.base.findings import Finding
from handbook.check.page_names import TemplateProblem
from handbook.link.catalogue import UnknownEntryError
from handbook.loaded.handbook import Handbook
from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.output.text import render_finding
from handbook.publish.loading import load_for_build
from handbook.publish.page_rendering import page_finding
from handbook.read.files import find_site
from handbook.render.environment import ViewError
from handbook.render.macros import Macro, MacroError, Macros
from handbook.render.render import Renderer
from handbook.render.repository import Repository

_Report: TypeAlias = Callable[[Finding, str], object]
RENDERER, REPORT = "handbook_renderer", "handbook_report"
"""Attributes of the environment by which an engine without plugins passes what an MkDocs plugin knows."""


class PageError(Exception):
    """A page cannot be rendered. The message is a finding."""


def define_env(env: Any) -> None:
    """Register the macros. mkdocs-macros calls this function once per build.

    Args:
        env: The mkdocs-macros plugin: has `project_dir`, `conf`, `page`, `markdown` and `macro`.

    Raises:
        PageError: The caller is another engine, which would render pages without the sandbox.
    """
    if not hasattr(env, "register_macros"):
        raise PageError(
            "This engine can't render the macros on pages. Run `handbook build --engine zensical`"
        )
    handbook = load_for_build(find_site(Path(env.project_dir)))
    # Our plugin collects the findings of all pages and stops the build once.
    plugin = (env.conf.get("plugins") or {}).get("handbook")
    repository = Repository(handbook.site, env.conf.get("repo_url"), env.conf.get("edit_uri"))
    renderer = getattr(env, RENDERER, None) or Renderer(handbook.basis, repository)
    report: _Report = getattr(env, REPORT, getattr(plugin, "report_page_error", _stop))

    def current_page() -> str:
        return str(env.page.file.src_uri)

    for name, macro in Macros(renderer, current_page, tuple(RULEBOOK.values()), CHAPTERS).all().items():
        env.macro(_reporting(macro, handbook, env, report), name)


def _stop(finding: Finding, line: str) -> str:
    raise PageError(render_finding(finding, line))


def _reporting(macro: Macro, handbook: Handbook, env: Any, report: _Report) -> Macro:
    """Return the macro, with errors turned into findings at the line of the page."""

    @wraps(macro)
    def call(*args: Any, **kwargs: Any) -> str:
        try:
            return macro(*args, **kwargs)
        except (MacroError, ViewError) as error:
            message, _, hint = str(error).partition("; ")
            if isinstance(error.__cause__, UnknownEntryError):
                message, hint = str(error.__cause__), error.__cause__.hint
            path = str(env.page.file.src_uri)
            line = _template_line(sys._getframe(1))  # noqa: SLF001
            problem = TemplateProblem(line, "", message, hint)
            report(*page_finding(env.markdown, handbook.pages.get(path), path, problem))
            return ""

    return call


def _template_line(frame: FrameType | None) -> int:
    """Return the line that calls a macro, which Jinja's compiled code knows."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return 1
