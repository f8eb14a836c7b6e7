"""The page that tells readers what a version has changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handbook.diff.comparison import compare_states
from handbook.diff.states import State
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.release.what_changed import what_changed
from tests.conftest import TODAY

Tell = Callable[[Mapping[str, str], Mapping[str, str]], str]

TEMPLATE = """name: PRD
summary: Agrees what is built.
version: "{version}"
{changes}sections:
  - {{id: problem, name: Problem, required: true, guidance: Say {what}.}}
{more}"""


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """What the page says, as text with its marks."""

    def read(name: str, files: Mapping[str, str]) -> Context:
        for path, text in {"mkdocs.yml": "site_name: Test\n", **files}.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return read_context(find_site(tmp_path / name), TODAY)

    def said(before: Mapping[str, str], after: Mapping[str, str]) -> str:
        comparison = compare_states(State("a", read("a", before)), State("b", read("b", after)))
        page = what_changed(comparison, "2026.1", directory_urls=True)
        return re.sub(r"</?(?:ul|li|a|strong)\b[^>]*>", "", page)

    return said


def template(
    version: str = "1.0", changes: str = "", what: str = "what hurts", more: str = ""
) -> dict[str, str]:
    text = TEMPLATE.format(version=version, changes=changes, what=what, more=more)
    return {"sources/templates/prd.yaml": text}


EVIDENCE = "  - {id: evidence, name: Evidence, required: true, guidance: '**Where** you know it from.'}\n"
NOTE = """changes:
  - {version: "2.0", date: 2026-11-23, note: Evidence is a part of Problem & nothing else.}
"""


def test_a_change_note_says_what_the_new_version_is_about(tell: Tell) -> None:
    page = tell(template(more=EVIDENCE), template("2.0", NOTE))
    assert "PRD: template changed. <em>Evidence is a part of Problem &amp; nothing else.</em>" in page
    assert "Version:" not in page


def test_a_note_in_another_field_is_no_change_note(tell: Tell) -> None:
    process = "name: Launch\nsummary: A.\nowner: ops\n"
    rollout = "rollout: {state: pilot, note: One squad tries it.}\n"
    path = "sources/processes/launch.yaml"
    page = tell({path: process}, {path: process + rollout})
    assert "Launch: process changed." in page
    assert "<em>" not in page


def test_what_has_parts_of_its_own_is_told_by_its_title(tell: Tell) -> None:
    page = tell(template(more=EVIDENCE), template())
    assert "Breaking changes" in page
    assert "Sections › Evidence: removed" in page  # noqa: RUF001  # the sign that the page has
    assert "Where" not in page


def test_other_words_are_not_told_one_by_one(tell: Tell) -> None:
    page = tell(template(), template(what="what is missing"))
    assert "Editorial changes" in page
    assert "missing" not in page


def test_a_value_is_shown_beside_the_one_that_it_took_the_place_of(tell: Tell) -> None:
    page = tell(template(), {name: text.replace("PRD", "Brief") for name, text in template().items()})
    assert "Name: <del>PRD</del> → <ins>Brief</ins>" in page


def test_markup_in_a_value_is_text(tell: Tell) -> None:
    page = tell(template(), {name: text.replace("PRD", "<b>P</b>") for name, text in template().items()})
    assert "<ins>&#60;b&#62;P&#60;/b&#62;</ins>" in page
    assert "<b>" not in page


def test_nothing_to_tell_is_said(tell: Tell) -> None:
    assert tell(template(), template()).startswith("No visible changes since version 2026.1")
