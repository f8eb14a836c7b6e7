"""The Jinja environment that views are written for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.loaders import split_template_path
from jinja2.sandbox import safe_range
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from handbook.check.templates import jinja_filters
from handbook.read.kinds import shipped
from handbook.read.page_language import LARGEST_VIEW
from handbook.view.chart import draw_bars, draw_columns, draw_line
from handbook.view.flow import draw_flow
from handbook.view.network import draw_network
from handbook.view.sandbox import RENDERING_ERRORS, Sandbox
from handbook.view.streams import draw_streams
from handbook.view.text import Plain, escape_code, finalize, in_words
from handbook.view.values import EntryView, ItemLink, Link, UnknownFieldError, as_data, fields

VIEW_SUFFIX = ".jinja"
CODE = "HB210"
"""The code of the rule that finds what is wrong with a view as far as it can be seen in its text."""
VIEW_ERRORS = (*RENDERING_ERRORS, UnknownFieldError)
"""What the text of a view can raise while it is read and rendered."""
_BETWEEN_WORDS = re.compile(r"(?<!^[A-Za-z])-|_")  # a first letter by itself keeps its hyphen
_WIDE = re.compile(r"\*|\d{3}")


class ViewError(Exception):
    """A view that cannot be rendered: names the file, the line and what is wrong."""


def words(value: object) -> Plain:
    """A name for machines as words: "Project management" for `project-management`, "E-mail" for `e-mail`."""
    text = _BETWEEN_WORDS.sub(" ", str(value))
    return Plain(text[:1].upper() + text[1:])


def day(value: str) -> Plain:
    """A date as people write it: `2026-09-01` becomes "1 September 2026"."""
    return Plain(in_words(value))


def number(value: float) -> Plain:
    """A number with its thousands apart and no needless decimals."""
    return Plain(f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}")


def quoted(text: str) -> str:
    """A text as a Markdown quotation, for downloads."""
    return "\n".join(f"> {line}".rstrip() for line in str(text).strip().splitlines())


def _join(values: Iterable[Any], separator: str = ", ") -> Markup:
    """Joins shown values. Jinja's own join would escape plain text for HTML only."""
    return escape(separator).join(escape(finalize(value)) for value in values)


def formatted(pattern: str, *values: object) -> str:
    """Values put into a text, as `"%.3g" | format(0.05)`.

    Raises:
        ValueError: The text asks for a width that nobody reads.
    """
    if _WIDE.search(pattern) or not all(isinstance(value, (str, int, float)) for value in values):
        raise ValueError("a format takes texts and numbers, and widths below a hundred")
    return str(pattern) % values


class _Views(FileSystemLoader):
    """Finds views in their folders, and nothing that a link in them leads to elsewhere."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        parts = split_template_path(template)
        path = next((path for folder in self.searchpath if (path := Path(folder, *parts)).is_file()), None)
        if path is not None:
            folder = Path(*path.parts[: len(path.parts) - len(parts)])
            if not path.resolve().is_relative_to(folder.resolve()) or path.stat().st_size > LARGEST_VIEW:
                raise TemplateNotFound(template)
        return super().get_source(environment, template)


def make_environment(root: Path, finalizer: Callable[[object], object] = finalize) -> Sandbox:
    """The environment for the views of a site: its own first, then the shipped ones.

    Args:
        root: The site's folder.
        finalizer: Turns what a view outputs into what is written; the pages' one by default.
    """
    own = root / "macros"
    is_own = own.is_dir() and own.resolve().is_relative_to(root.resolve())
    folders = [folder for folder in ([own] if is_own else []) + [shipped("macros")] if folder.is_dir()]
    filters: dict[str, Callable[..., Any]] = {name: DEFAULT_FILTERS[name] for name in jinja_filters()}
    filters |= {"words": words, "day": day, "number": number, "quoted": quoted, "format": formatted}
    if finalizer is finalize:
        filters |= {"join": _join, "data": as_data}
    return Sandbox(
        filters=filters,
        globals_={
            "bars": draw_bars,
            "columns": draw_columns,
            "dict": dict,
            "fields": fields,
            "flow": draw_flow,
            "line": draw_line,
            "namespace": Namespace,
            "network": draw_network,
            "range": safe_range,
            "streams": draw_streams,
            "code": escape_code,
        },
        tests={"link": lambda value: isinstance(value, (EntryView, ItemLink))},
        methods={Link: frozenset({"around"})},
        finalize=finalizer,
        loader=_Views(folders),
        autoescape=finalizer is finalize,  # downloads are no pages; their finalizer quotes them
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def view_error(error: BaseException, root: Path, what: str) -> ViewError:
    """Return what is wrong with a view, said as a finding at its line.

    Args:
        error: What went wrong.
        root: The site's folder.
        what: What could not be done, as the beginning of a sentence.
    """
    place, line = _where_it_failed(error)
    path = Path(place)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else place
    reason = error.message if isinstance(error, TemplateError) else str(error)
    return ViewError(f"{shown}:{line}:1: {CODE} error: {what}: {reason or type(error).__name__}")


def _where_it_failed(error: BaseException) -> tuple[str, int]:
    """The view and the line that an error comes from."""
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
