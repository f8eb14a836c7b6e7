"""What acts in a page is found at its place, in the source and as HTML; what does not act is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from handbook.base import acting
from handbook.base.acting import acting_parts, may_act
from handbook.base.acting_page import Markup
from handbook.base.findings import Finding
from tests.cases import read_cases

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]

CASES: dict[str, Any] = read_cases(Path(__file__).with_name("acting.yaml"))
ACTS: list[str] = [each for group in CASES["acts"].values() for each in group]
POSES: list[str] = CASES["poses"]
HARMLESS: list[str] = CASES["harmless"]
HEADING = "# A\n\n"
OTHERS = {"docs/b.md": "# B\n", "docs/a.svg": "", "docs/a.mp4": ""}


def judged(files: Mapping[str, str | bytes], check: Check) -> list[Finding]:
    """What is found, other than that a link or an image leads nowhere."""
    return [finding for finding in check(files) if finding.code not in {"HB208", "HB220"}]


ENGINE = Markdown(
    extensions=[
        *("admonition", "attr_list", "def_list", "md_in_html", "tables", "pymdownx.details"),
        "pymdownx.superfences",
    ]
)


def as_page(text: str) -> str:
    """A text as Python-Markdown renders it for both engines, with what the shipped handbook uses."""
    return str(ENGINE.reset().convert(text))


def acts(html: str) -> bool:
    return may_act(html) and next(acting_parts(html, Markup.PAGE), None) is not None


def acts_alone(html: str) -> bool:
    """Whether it acts as a file of its own."""
    return may_act(html) and next(acting_parts(html), None) is not None


@pytest.mark.parametrize("text", [*ACTS, *POSES])
def test_what_acts_is_found_at_its_place(text: str, check: Check) -> None:
    whole = HEADING + text
    plain = re.sub("[«»]", "", whole)
    expected = []
    for number, mark in enumerate(re.finditer("«", whole)):
        start = mark.start() - 2 * number
        line = plain.count("\n", 0, start) + 1
        first = whole[mark.end() : whole.index("»", mark.end())].partition("\n")[0]
        expected.append((line, start - plain.rfind("\n", 0, start), len(first)))
    found = judged({"docs/a.md": plain, **OTHERS}, check)
    assert {finding.code for finding in found} == {"HB601"}
    places = [(each.span.line, each.span.column, each.span.end_column - each.span.column) for each in found]
    assert places == expected


@pytest.mark.parametrize("text", ACTS)
def test_what_acts_is_found_in_the_finished_page(text: str) -> None:
    assert acts(as_page(re.sub("[«»]", "", HEADING + text)))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_does_not_act_is_left_alone(text: str, check: Check) -> None:
    assert judged({"docs/a.md": HEADING + text, "docs/a.png": "", **OTHERS}, check) == []
    assert not acts(as_page(HEADING + text))


def test_usual_tags_are_passed_over_only_where_nothing_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [
        "a",
        "javascript:a",
        "java&#115;cript:a",
        "__config",
        "a<img src=x onerror=a>",
        "--p:1",
        "a>b",
        "a md-top",
    ]
    names = [
        "class",
        "data-md-x",
        "data-x",
        "href",
        "id",
        "onclick",
        "src",
        "style",
        "title",
        "values",
        "xlink:href",
    ]
    tags = [
        f'<{element} {name}="{value}">'
        for element in ("a", "base", "svg", "title")
        for name in names
        for value in values
    ]
    texts = [*ACTS, *HARMLESS, *tags, *(f"<p {tag[3:]}" for tag in tags), "<p class='<b>'>", "".join(tags)]
    found = [list(acting_parts(text, Markup.PAGE)) for text in texts]
    monkeypatch.setattr(acting, "_UNUSUAL", re.compile("<"))
    assert [list(acting_parts(text, Markup.PAGE)) for text in texts] == found


def test_a_page_that_is_trusted_may_act(check: Check) -> None:
    text = "# A\n\n<iframe src='demo.html'></iframe>\n"
    trusted = "trusted_files: [docs/a.md, docs/demo.html]\n"
    found = judged({"docs/a.md": text, "docs/demo.html": "<p>", "sources/handbook.yaml": trusted}, check)
    assert found == []


def test_a_rule_of_trust_can_neither_be_set_nor_silenced(check: Check) -> None:
    page = "# A\n\n<!-- handbook: ignore HB601 -->\n<p onclick=alert(1)>\n"
    found = judged({"docs/a.md": page, "sources/handbook.yaml": "rules: {HB601: off}\n"}, check)
    assert {"HB601"} < {finding.code for finding in found}


def test_front_matter_is_no_markup(check: Check) -> None:
    page = "---\ntitle: <script>alert(1)</script>\ndescription: '<p onclick=x>'\n---\n\n# A\n"
    assert judged({"docs/a.md": page}, check) == []


def test_a_page_cannot_use_the_template_that_opens_another_by_a_script(check: Check) -> None:
    page = "---\ntemplate: redirect.html\nlocation: 'javascript:alert(1)'\n---\n\n# A\n"
    (finding,) = judged({"docs/a.md": page}, check)
    assert (finding.code, finding.span.line, finding.span.column) == ("HB601", 2, 11)


@pytest.mark.parametrize(
    "text",
    ["<a " * 30_000, "<a<a/b=c" * 20_000, '<a b="' * 20_000, "<a b=<c " * 20_000, "<a b='\"" * 20_000],
    ids=["no end", "names", "quotes", "values", "both quotes"],
)
def test_a_tag_without_an_end_is_refused_and_takes_no_time(text: str) -> None:
    assert len(list(acting_parts(text, Markup.PAGE))) < 100


@pytest.mark.parametrize(
    "markup",
    [
        *("<style>" * 30_000, "<style>url(" + " " * 60_000 + "<", "<p style='" + "\\1 " * 60_000 + "'>"),
        "<p style='margin: " + "- " * 30_000 + "'>",
    ],
)
def test_a_long_style_takes_no_time(markup: str) -> None:
    assert list(acting_parts(markup)) == []
    assert {found.message for found in acting_parts(markup, Markup.PAGE)} <= {
        "`<style>` changes the whole page"
    }


@pytest.mark.parametrize(
    "style", ["@import 'a.css'", "/* a < b */ @\\69mport 'a.css'", "a { b: url(//c.d/e) }"]
)
def test_a_style_in_a_file_loads_nothing_from_elsewhere(style: str) -> None:
    assert acts_alone(f"<style>{style}</style>")
    assert not acts_alone("<style>a { b: url(c.png) }</style>")
