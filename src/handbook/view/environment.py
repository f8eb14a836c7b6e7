"""The Jinja environment that views are written for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup, escape

from handbook.read.kinds import shipped
from handbook.view.chart import draw_bars, draw_columns, draw_line
from handbook.view.flow import draw_flow
from handbook.view.network import draw_network
from handbook.view.streams import draw_streams
from handbook.view.text import Plain, escape_code, finalize, in_words
from handbook.view.values import as_data, fields

VIEW_SUFFIX = ".jinja"
_BETWEEN_WORDS = re.compile(r"(?<!^[A-Za-z])-|_")  # a first letter by itself keeps its hyphen
_UNSAFE = ("safe", "urlize", "xmlattr", "tojson")  # each can turn text into markup unescaped


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


def make_environment(root: Path, finalizer: Callable[[object], object] = finalize) -> Environment:
    """The environment for the views of a site: its own first, then the shipped ones.

    Args:
        root: The site's folder.
        finalizer: Turns what a view outputs into what is written; the pages' one by default.
    """
    folders = [folder for folder in (root / "macros", shipped("macros")) if folder.is_dir()]
    environment = Environment(  # downloads are no pages; their finalizer quotes them
        loader=FileSystemLoader(folders),
        autoescape=finalizer is finalize,  # noqa: S701  # downloads are no HTML; their finalizer quotes
        undefined=StrictUndefined,
        finalize=finalizer,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in _UNSAFE:
        environment.filters.pop(name, None)
    environment.filters |= {"words": words, "day": day, "number": number, "quoted": quoted}
    if finalizer is finalize:
        environment.filters |= {"join": _join, "data": as_data}
    environment.globals |= {
        "bars": draw_bars,
        "columns": draw_columns,
        "fields": fields,
        "flow": draw_flow,
        "line": draw_line,
        "network": draw_network,
        "streams": draw_streams,
        "code": escape_code,
    }
    return environment


def where_it_failed(error: BaseException) -> str:
    """The view and line that an error comes from, for a message."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}"
    trace = error.__traceback__
    place = ""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(VIEW_SUFFIX):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
