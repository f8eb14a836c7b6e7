"""What views can use is what `validate` knows of."""

from __future__ import annotations

from html import unescape

from jinja2.filters import FILTERS as DEFAULT_FILTERS

from handbook.read.files import find_site
from handbook.read.page_language import PAGE_FILTERS, VIEW_VALUES
from handbook.render.environment import make_environment
from tests.sites import ROOT


def test_the_check_knows_every_name_that_views_have() -> None:
    assert make_environment(find_site(ROOT)).globals.keys() <= VIEW_VALUES


def test_every_filter_of_pages_is_one_of_jinja_or_ours() -> None:
    ours = make_environment(find_site(ROOT)).filters.keys()
    assert PAGE_FILTERS.keys() <= DEFAULT_FILTERS.keys() | ours


def test_a_number_in_a_format_is_rounded_half_up() -> None:
    text = '{{ "%.1e %.0f %d %.1g" | format(0.125, 0.5, 2.5, 0.25) }}'
    template = make_environment(find_site(ROOT)).from_string(text)
    assert unescape(template.render()) == "1.3e-01 1 3 0.3"
