"""A field by which the theme would fail, or would deliver no page, is found before the theme reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook.base.findings import Finding
from tests.cases import read_cases

Check = Callable[[Mapping[str, str]], list[Finding]]

CASES = read_cases(Path(__file__).with_name("theme_fields.yaml"))
SITE = {
    "mkdocs.yml": "site_name: T\ntheme: {name: material, font: false, custom_dir: overrides}\n",
    "overrides/own.html": "{% extends 'base.html' %}",
    "overrides/partials/own.html": "<p>",
    "overrides/.icons/own/mark.svg": "<svg/>",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fields"])
def test_a_field_of_the_theme_is_checked(case: dict[str, Any], check: Check) -> None:
    found = check({**SITE, "docs/a.md": f"---\n{case['fields']}\n---\n\n# A\n"})
    told = [f"{each.span.line}:{each.span.column} {each.code} {each.message}" for each in found]
    assert told == case["found"]
    assert all(each.hint for each in found)


def test_the_nearest_icon_is_named(check: Check) -> None:
    (finding,) = check({**SITE, "docs/a.md": "---\nicon: material/home-outlin\n---\n\n# A\n"})
    assert finding.hint == "Did you mean `material/home-outline`?"


def test_what_another_theme_does_with_icons_is_not_known(check: Check) -> None:
    page = "---\nicon: material/nosuch\n---\n\n# A\n"
    assert check({"mkdocs.yml": "site_name: T\ntheme: mkdocs\n", "docs/a.md": page}) == []


def test_fields_that_are_handed_down_are_checked_too(check: Check) -> None:
    found = check({**SITE, "docs/team/.meta.yml": "template: redirect.html\n", "docs/team/a.md": "# A\n"})
    assert [(each.code, each.path, each.span.line) for each in found] == [("HB608", "docs/team/.meta.yml", 1)]


def test_a_trusted_page_may_open_another_but_not_be_a_piece(check: Check) -> None:
    page = "---\ntemplate: {}\n---\n\n# A\n"
    trusted = {**SITE, "sources/handbook.yaml": "trusted_files: [docs/a.md]\n"}
    found = check({**trusted, "docs/a.md": page.format("partials/content.html")})
    assert [each.code for each in found if each.code != "HB604"] == ["HB608"]
    found = check({**trusted, "docs/a.md": page.format("redirect.html")})
    assert [each.code for each in found if each.code != "HB604"] == []
