"""What the language of views has: options of Jinja, filters, tests and functions that need no page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jinja2.filters import FILTERS as DEFAULT_FILTERS
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
from handbook.read.files import Site
from handbook.read.page_language import TRANSLATIONS
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
from handbook.render.links import ItemLink
from handbook.render.record_fields import fields
from handbook.render.signs import icon
from handbook.render.tables import grid, view_table
from handbook.render.translating import translating_functions
from handbook.render.values import EntryView, as_data

OPTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "auto_reload": False,  # each build has its own environment
        "extensions": [TRANSLATIONS],
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }
)
"""The options of Jinja."""
TESTS: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {"link": lambda value: isinstance(value, (EntryView, ItemLink))}
)
"""The tests, in addition to those of Jinja."""


def view_filters(*, is_page: bool) -> dict[str, Callable[..., Any]]:
    """Return the filters, by name.

    Args:
        is_page: Whether they are for pages; otherwise for downloads.
    """
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
    return filters | ({"join": join, "data": as_data} if is_page else {})


def general_functions(site: Site, finalizer: Callable[[object], object] = finalize) -> dict[str, Any]:
    """Return the functions of pages and downloads, by name.

    Args:
        site: The site, which can have icons of its own.
        finalizer: Converts the output of a view; by default, for pages.
    """
    return {
        **translating_functions(finalizer, is_page=finalizer is finalize),
        "bars": draw_bars,
        "columns": draw_columns,
        "dict": dict,
        "fields": fields,
        "flow": draw_flow,
        "grid": grid,
        "icon": lru_cache(lambda name: icon(site, str(name))),
        "line": draw_line,
        "money": lambda amount, currency: Plain(format_money(amount, currency)),
        "namespace": Namespace,
        "range": safe_range,
        "series": draw_series,
        "spark": draw_spark,
        "streams": draw_streams,
        "table": view_table,
        "code": escape_code,
    }
