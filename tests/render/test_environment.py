"""What views can use is what `validate` knows of."""

from __future__ import annotations

from html import unescape

import pytest
from jinja2.filters import FILTERS as DEFAULT_FILTERS

from handbook.base.text import Plain
from handbook.read.files import find_site
from handbook.read.page_language import PAGE_FILTERS, VIEW_VALUES
from handbook.render.environment import VIEW_ERRORS, make_environment, view_error
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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ entry.quarter / 2 }}", "`/` can't be used with a text and a number: both must be numbers"),
        ("{{ none - 1 }}", "`-` can't be used with nothing and a number: both must be numbers"),
        ("{{ [] ** {} }}", "`**` can't be used with a list and another value: both must be numbers"),
        (
            "{{ entry.quarter > 2 }}",
            "`>` can't be used with a text and a number: both must be numbers, or both texts",
        ),
        ("{{ 'a' + 2 }}", "`+` can't be used with a text and a number: use `~` to join texts"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_why_a_view_fails_is_said_in_the_words_of_its_author(text: str, says: str) -> None:
    site = find_site(ROOT)
    template = make_environment(site).from_string(text)
    with pytest.raises(VIEW_ERRORS) as caught:
        template.render(entry={"quarter": Plain("2026-Q4")})
    assert str(view_error(caught.value, site, "It fails")).endswith(f"It fails: {says}")


def test_a_large_number_of_a_plural_has_its_separators() -> None:
    text = "{% trans count=3000, year=2026 %}1 day{% pluralize %}{{ count }} days of {{ year }}{% endtrans %}"
    assert make_environment(find_site(ROOT)).from_string(text).render() == "3,000 days of 2026"
