"""The Jinja environment of views."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.loaders import split_template_path
from jinja2.sandbox import safe_range
from jinja2.utils import Namespace

from handbook.base.choices import meaning_of, within_sentence
from handbook.base.sentences import duration_in_words, format_money
from handbook.base.text import Plain, escape_code, finalize, words
from handbook.check.templates import JINJA_FILTERS
from handbook.draw.chart import draw_bars, draw_columns, draw_line
from handbook.draw.flow import draw_flow
from handbook.draw.series import draw_series, draw_spark
from handbook.draw.streams import draw_streams
from handbook.link.selection import UnknownFieldError
from handbook.read.files import Site
from handbook.read.packs import installed
from handbook.read.page_language import LARGEST_VIEW, TRANSLATIONS
from handbook.render.filters import (
    day,
    formatted,
    join,
    number,
    percent,
    period,
    quoted,
    round_number,
    significant,
)
from handbook.render.links import ItemLink, Link
from handbook.render.missing import ViewSandbox
from handbook.render.record_fields import fields
from handbook.render.sandbox import RENDERING_ERRORS, Sandbox
from handbook.render.signs import icon
from handbook.render.tables import grid, view_table
from handbook.render.translating import translating_functions
from handbook.render.values import EntryView, as_data

VIEW_SUFFIX = ".jinja"
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


class _Compiled(BytecodeCache):
    """The compiled views of this process: environments with the same options compile a text the same."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code


@lru_cache
def _compiled(_is_page: bool) -> _Compiled:  # noqa: FBT001 - one for each
    return _Compiled()


def make_environment(site: Site, finalizer: Callable[[object], object] = finalize) -> Sandbox:
    """Return the environment for the views of a site: its own, then those of layers and the shipped ones.

    Args:
        site: The site.
        finalizer: Converts the output of a view; by default, for pages.
    """
    own = [each.root / "macros" for each in reversed(site.upwards) if _has_views(each)]
    folders = [folder for folder in [*own, *installed("macros")] if folder.is_dir()]
    filters: dict[str, Callable[..., Any]] = {name: DEFAULT_FILTERS[name] for name in JINJA_FILTERS}
    filters |= {
        "choice": lambda value: Plain(within_sentence(value)),
        "day": day,
        "duration": lambda text: Plain(duration_in_words(str(text))),
        "format": formatted,
        "meaning": meaning_of,
        "number": number,
        "percent": percent,
        "period": period,
        "quoted": quoted,
        "round": round_number,
        "significant": significant,
        "words": words,
    }
    if finalizer is finalize:
        filters |= {"join": join, "data": as_data}
    return ViewSandbox(
        filters=filters,
        globals_={
            **translating_functions(finalizer, is_page=finalizer is finalize),
            "bars": draw_bars,
            "columns": draw_columns,
            "dict": dict,
            "fields": fields,
            "flow": draw_flow,
            "grid": grid,
            "icon": lambda name: icon(site, str(name)),
            "line": draw_line,
            "money": lambda amount, currency: Plain(format_money(amount, currency)),
            "namespace": Namespace,
            "range": safe_range,
            "series": draw_series,
            "spark": draw_spark,
            "streams": draw_streams,
            "table": view_table,
            "code": escape_code,
        },
        tests={"link": lambda value: isinstance(value, (EntryView, ItemLink))},
        methods={Link: frozenset({"around"})},
        finalize=finalizer,
        loader=_Views(folders),
        bytecode_cache=_compiled(finalizer is finalize),
        auto_reload=False,  # each build has its own environment
        extensions=[TRANSLATIONS],
        autoescape=finalizer is finalize,  # the finalizer of downloads quotes them
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _has_views(site: Site) -> bool:
    folder = site.root / "macros"
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
    reason = error.message if isinstance(error, TemplateError) else str(error)
    return ViewError(f"{shown}:{line}:1: {CODE} error: {what}: {reason or type(error).__name__}")


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
