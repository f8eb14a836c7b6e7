"""The Jinja environment of views."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.loaders import split_template_path
from jinja2.sandbox import safe_range
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from handbook.base.choices import meaning_of, within_sentence
from handbook.base.numbers import (
    Number,
    exact,
    format_fixed,
    format_number,
    format_percent,
    format_significant,
    round_half_away,
    round_significant,
)
from handbook.base.sentences import duration_in_words, format_money
from handbook.base.text import Plain, escape_code, finalize, in_words, words
from handbook.check.templates import JINJA_FILTERS
from handbook.draw.chart import draw_bars, draw_columns, draw_line
from handbook.draw.flow import draw_flow
from handbook.draw.network import draw_network
from handbook.draw.streams import draw_streams
from handbook.link.selection import UnknownFieldError
from handbook.read.files import Site
from handbook.read.packs import installed
from handbook.read.page_language import LARGEST_VIEW, TRANSLATIONS
from handbook.render.missing import ViewSandbox, passes_missing
from handbook.render.record_fields import fields
from handbook.render.sandbox import RENDERING_ERRORS, Sandbox
from handbook.render.tables import grid, view_table
from handbook.render.translating import translating_functions
from handbook.render.values import EntryView, ItemLink, Link, as_data

VIEW_SUFFIX = ".jinja"
CODE = "HB210"
"""The code of the rule for errors in the text of a view."""
VIEW_ERRORS = (*RENDERING_ERRORS, UnknownFieldError)
"""The errors of a view while it is read and rendered."""
_WIDE = re.compile(r"\*|\d{3}")
_FORM = re.compile(r"%[#0\- +]*\d*(?:\.(?P<places>\d*))?[hlL]?(?P<form>.)", re.DOTALL)
_MOST_PLACES = 20


class ViewError(Exception):
    """A view that cannot be rendered. The message has the file, the line and the problem."""


@passes_missing
def day(value: str) -> Plain:
    """Return a date for readers: `2026-09-01` becomes "1 September 2026"."""
    return Plain(in_words(value))


@passes_missing
def number(value: Number, places: int | None = None) -> Plain:
    """Return a number with thousands separators and two decimal places, or none for a whole number.

    Args:
        value: The number.
        places: The most decimal places to show, instead.
    """
    if places is None:
        return Plain(format_fixed(value, 0 if exact(value).denominator == 1 else 2))
    return Plain(format_number(value, _places(places)))


@passes_missing
def percent(part: Number, whole: Number = 1) -> Plain:
    """Return a part of a whole as a percentage, such as "26.7%" for `4` of `15`."""
    return Plain(format_percent(part, whole))


@passes_missing
def significant(value: Number, digits: int = 3) -> Plain:
    """Return a number with significant digits: `0.016667 | significant` is "0.0167"."""
    return Plain(format_significant(value, max(_places(digits), 1)))


def round_number(value: Any, precision: int = 0, method: str = "common") -> Any:
    """Replace the rounding filter of Jinja with ours: half away from zero, by the decimal digits."""
    is_usual = method == "common" and isinstance(precision, int)
    if not is_usual or not isinstance(value, (int, float, Fraction)) or not _is_finite(value):
        return DEFAULT_FILTERS["round"](value, precision, method)
    rounded = round_half_away(value, precision)
    return int(rounded) if isinstance(value, int) else float(rounded)


def _is_finite(value: Number) -> bool:
    return isinstance(value, Fraction) or isfinite(value)


def _places(places: int) -> int:
    if isinstance(places, bool) or not isinstance(places, int):
        raise TypeError("the number of decimal places must be a whole number")
    if not 0 <= places <= _MOST_PLACES:
        raise ValueError(f"a number has from 0 to {_MOST_PLACES} decimal places")
    return places


def quoted(text: str) -> str:
    """Return a text as a Markdown quotation, for downloads."""
    return "\n".join(f"> {line}".rstrip() for line in str(text).strip().splitlines())


def _join(values: Iterable[Any], separator: str = ", ") -> Markup:
    """Join displayed values. The join of Jinja escapes plain text for HTML only."""
    return escape(separator).join(escape(finalize(value)) for value in values)


def formatted(pattern: str, *values: object) -> str:
    """Insert values into a text, as in `"%.1f" | format(0.25)`, rounded half away from zero.

    Raises:
        ValueError: The width is too large.
    """
    if _WIDE.search(pattern) or not all(isinstance(value, (str, int, float)) for value in values):
        raise ValueError("a format takes texts and numbers, and widths below a hundred")
    forms = [match for match in _FORM.finditer(str(pattern)) if match["form"] != "%"]
    rounded = [_rounded_for(form, value) for form, value in zip(forms, values, strict=False)]
    return str(pattern) % (*rounded, *values[len(rounded) :])


def _rounded_for(form: re.Match[str], value: Any) -> Any:
    """Return a value rounded to what a conversion shows, so that Python has no half left to round."""
    if isinstance(value, str) or not isfinite(value):
        return value
    places = int(form["places"] or 0) if form["places"] is not None else 6
    if form["form"] in "diu":
        return int(round_half_away(value))
    if form["form"] in "fF":
        return float(round_half_away(value, places))
    if form["form"] in "eEgG":
        return float(round_significant(value, places + 1 if form["form"] in "eE" else max(places, 1)))
    return value


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
        "quoted": quoted,
        "round": round_number,
        "significant": significant,
        "words": words,
    }
    if finalizer is finalize:
        filters |= {"join": _join, "data": as_data}
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
            "line": draw_line,
            "money": lambda amount, currency: Plain(format_money(amount, currency)),
            "namespace": Namespace,
            "network": draw_network,
            "range": safe_range,
            "streams": draw_streams,
            "table": view_table,
            "code": escape_code,
        },
        tests={"link": lambda value: isinstance(value, (EntryView, ItemLink))},
        methods={Link: frozenset({"around"})},
        finalize=finalizer,
        loader=_Views(folders),
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
