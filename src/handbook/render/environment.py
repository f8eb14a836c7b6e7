"""The Jinja environment of views."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.loaders import split_template_path

from handbook.base.text import finalize
from handbook.link.selection import UnknownFieldError
from handbook.read.files import Site
from handbook.read.packs import installed
from handbook.read.page_language import LARGEST_VIEW
from handbook.read.view_files import VIEW_SUFFIX, VIEWS
from handbook.render.compiled import compiled_views
from handbook.render.links import Link
from handbook.render.missing import ViewSandbox
from handbook.render.reasons import reason_of
from handbook.render.sandbox import RENDERING_ERRORS, Sandbox
from handbook.render.view_language import OPTIONS, TESTS, general_functions, view_filters

CODE = "HB210"
"""The code of the rule for errors in the text of a view."""
VIEW_ERRORS = (*RENDERING_ERRORS, UnknownFieldError)
"""The errors of a view while it is read and rendered."""


class ViewError(Exception):
    """A view that cannot be rendered. The message has the file, the line and the problem."""


class _Views(FileSystemLoader):
    """Find views in their folders. Symbolic links to other places are ignored."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        parts = split_template_path(template)
        path = next((path for folder in self.searchpath if (path := Path(folder, *parts)).is_file()), None)
        if path is not None:
            folder = Path(*path.parts[: len(path.parts) - len(parts)])
            if not path.resolve().is_relative_to(folder.resolve()) or path.stat().st_size > LARGEST_VIEW:
                raise TemplateNotFound(template)
        return super().get_source(environment, template)


def make_environment(site: Site, finalizer: Callable[[object], object] = finalize) -> Sandbox:
    """Return the environment for the views of a site: its own, then those of layers and the shipped ones.

    Args:
        site: The site.
        finalizer: Converts the output of a view; by default, for pages.
    """
    own = [each.root / VIEWS for each in reversed(site.upwards) if _has_views(each)]
    is_page = finalizer is finalize
    return ViewSandbox(
        filters=view_filters(is_page=is_page),
        globals_=general_functions(site, finalizer),
        tests=TESTS,
        methods={Link: frozenset({"around"})},
        finalize=finalizer,
        loader=_Views([folder for folder in [*own, *installed(VIEWS)] if folder.is_dir()]),
        bytecode_cache=compiled_views("page" if is_page else "download"),
        autoescape=is_page,  # the finalizer of downloads quotes them
        **OPTIONS,
    )


def _has_views(site: Site) -> bool:
    folder = site.root / VIEWS
    return folder.is_dir() and folder.resolve().is_relative_to(site.root.resolve())


def view_error(error: BaseException, site: Site, what: str) -> ViewError:
    """Return the error of a view as a finding at its line.

    Args:
        error: The error.
        site: The site.
        what: The failed action, as the beginning of a sentence.
    """
    place, line = _where_it_failed(error)
    shown = site.shown(Path(place)) if place else place
    return ViewError(f"{shown}:{line}:1: {CODE} error: {what}: {reason_of(error)}")


def _where_it_failed(error: BaseException) -> tuple[str, int]:
    """Return the view and the line of an error."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "", error.lineno
    trace = error.__traceback__
    place, line = "", 1
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(VIEW_SUFFIX):
            place, line = name, trace.tb_lineno
        trace = trace.tb_next
    return place, line
