"""The mkdocs-macros module: gives page authors the macros, in MkDocs and in Zensical alike."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

from handbook.findings import Finding, Severity, Span
from handbook.handbook import Handbook
from handbook.publish.loading import load_for_build
from handbook.read.files import find_site
from handbook.report.text import render_finding
from handbook.view.environment import ViewError
from handbook.view.macros import Macro, MacroError, Macros
from handbook.view.render import Renderer
from handbook.view.repository import Repository

CODE = "HB207"
"""The code of the rule that finds the same mistake where the macro's arguments are written out."""


class PageError(Exception):
    """A page that cannot be written, said as a finding."""


def define_env(env: Any) -> None:
    """Registers the macros. mkdocs-macros calls it once a build, Zensical once a page.

    Args:
        env: Has `project_dir`, `conf`, `page` and `macro`, as mkdocs-macros documents them.
    """
    handbook = load_for_build(find_site(Path(env.project_dir)))
    site = handbook.site
    # MkDocs has our plugin beside this module: it collects what is wrong on all pages and stops the build
    # once. Zensical has no plugins, so there the first mistake stops it.
    plugin = (env.conf.get("plugins") or {}).get("handbook")
    is_mkdocs = hasattr(plugin, "report_page_error")
    repository = Repository(site, env.conf.get("repo_url"), env.conf.get("edit_uri"))
    renderer = Renderer(handbook.basis, repository, from_source=not is_mkdocs)

    def current_page() -> str:
        return str(env.page.file.src_uri if is_mkdocs else env.page.path)

    report: Callable[[Finding, str], str] = getattr(plugin, "report_page_error", _stop)
    for name, macro in Macros(renderer, current_page).all().items():
        env.macro(_reporting(macro, handbook, current_page, report), name)


def _stop(finding: Finding, line: str) -> str:
    raise PageError(render_finding(finding, line))


def _reporting(
    macro: Macro, handbook: Handbook, current_page: Callable[[], str], report: Callable[[Finding, str], str]
) -> Macro:
    """The macro, with an error turned into a finding at the page's line."""

    @wraps(macro)
    def call(*args: Any, **kwargs: Any) -> str:
        try:
            return macro(*args, **kwargs)
        except (MacroError, ViewError) as error:
            message, _, hint = str(error).partition("; ")
            page = handbook.pages.get(current_page())
            line = _page_line(sys._getframe(1)) + (page.first_body_line - 1 if page else 0)  # noqa: SLF001
            text = page.text.split("\n")[line - 1] if page and line <= page.text.count("\n") + 1 else ""
            finding = Finding(
                path=page.shown_path if page else current_page(),
                span=Span(line, 1, line, max(len(text), 1) + 1),
                code=CODE,
                severity=Severity.ERROR,
                message=message,
                hint=hint,
            )
            return report(finding, text)

    return call


def _page_line(frame: FrameType | None) -> int:
    """The line of the page's text that calls a macro: Jinja's compiled code knows which line it came from."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return 1
