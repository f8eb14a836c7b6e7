"""A new handbook in another language: its texts are translated, and still lead where they did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from handbook.base.spelling import JOBS
from handbook.read.yaml.document import read_text
from handbook.starter.answers import Answers, TeamWord
from handbook.starter.configuration import configuration
from handbook.starter.hosts import host_of
from handbook.starter.lines import lines_of
from handbook.starter.practice_texts import practice_texts
from handbook.starter.reading_answers import language_note
from handbook.starter.rewriting import rewritten
from handbook.starter.team_word import in_gender
from handbook.starter.translating import CATALOGUES, Translator, read_translator
from tests.sites import ROOT
from update_words import find_practice, updated

STARTUP = "startup"
FEMININE = TeamWord("Einheit", "Einheiten", 1)
MASCULINE = TeamWord("Trupp", "Truppe", 2)
GERMAN = CATALOGUES / "de.po"
_KEPT = {
    "macros": re.compile(r"\{\{.*?\}\}|\{[:#][^{}]*\}"),
    "code": re.compile(r"`[^`]*`"),
    "links": re.compile(r"\]\(([^()]*)\)"),
    "places": re.compile(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})"),
    "HTML": re.compile(r"</?[a-z][^<>]*>"),
    "numbers": re.compile(r"\d+"),
    "cells": re.compile(r"(?<!\\)\|"),
    "emphasis": re.compile(r"\*\*"),
}
_MARK = re.compile(r"\$([A-Za-z]+)")


@pytest.fixture(scope="module")
def found() -> Catalog:
    return find_practice()


@pytest.fixture(scope="module")
def german() -> Mapping[str, str]:
    messages = read_po(BytesIO(GERMAN.read_bytes()), locale="de")
    return {str(each.id): "" if each.fuzzy else str(each.string) for each in messages if each.id}


def test_the_catalogue_has_every_text_of_a_new_handbook_and_no_other(found: Catalog) -> None:
    """If this fails, run `make words` and translate the new texts."""
    assert updated(GERMAN, found, is_practice=True).decode() == GERMAN.read_text(encoding="utf-8")


def test_a_translation_keeps_what_is_no_word(german: Mapping[str, str]) -> None:
    assert [
        (what, text, translation)
        for text, translation in german.items()
        if translation
        for what in differences(text, translation)
    ] == []


def differences(text: str, translation: str) -> Iterator[str]:
    """What a translation must keep, and doesn't."""
    translation = in_gender(translation, TeamWord())
    for what, pattern in _KEPT.items():
        if Counter(pattern.findall(text)) != Counter(pattern.findall(translation)):
            yield what
    marks = [{mark.lower().rstrip("s") for mark in _MARK.findall(each)} for each in (text, translation)]
    if marks[0] != marks[1]:
        yield "marks"
    if text.strip() != text or translation.strip() != translation or "\n" in translation:
        yield "spaces"
    if text.endswith(":") != translation.endswith(":"):
        yield "the colon at the end"


def test_a_text_agrees_with_the_gender_of_the_word_for_a_team(german: Mapping[str, str]) -> None:
    text = "«Jedes|Jede|Jeder» $squad und der Kanal «deines $squads|deiner $squad|deines $squads»"
    assert [in_gender(text, word) for word in (TeamWord("Team", "Teams"), FEMININE, MASCULINE)] == [
        "Jedes $squad und der Kanal deines $squads",
        "Jede $squad und der Kanal deiner $squad",
        "Jeder $squad und der Kanal deines Trupps",
    ]
    assert in_gender("«des $squads||» und zwischen «$squads»", TeamWord("Netz", "Netze")) == (
        "des Netzes und zwischen Netzen"
    )
    assert in_gender("zwischen «$squads»", FEMININE) == "zwischen $squads"
    neuter = re.compile(
        r"(?<!als )\b(?:das|des|jedes|eines|deines|zum|zweites) \$squad\b(?!s)", re.IGNORECASE
    )
    feminine = [in_gender(text, FEMININE) for text in german.values()]
    assert [text for text in feminine if neuter.search(text)] == []
    assert [text for text in feminine if "«" in text or "»" in text] == []


def test_a_job_is_in_the_dative(german: Mapping[str, str]) -> None:
    """So that "in dem Tracker" is as right as "in Linear". The title of a link is shown only with a tool."""
    jobs = "|".join(JOBS)
    right = re.compile(rf"(?:\b(?:aus|in|mit|zu) |\| |^)\$(?:{jobs})\b", re.IGNORECASE)
    any_job = re.compile(rf"\$(?:{jobs})\b", re.IGNORECASE)
    assert [text for text in german.values() if len(any_job.findall(text)) != len(right.findall(text))] == []


_IN_A_CHAT = re.compile(
    r"\bchannels? of (?:the|your|\[)|'s channel\b|\b(?:launch|public) channel\b|\bpinned\b"
)


def test_no_text_counts_on_a_chat(found: Catalog) -> None:
    """A company can do without one. Say "write to" a team: its page tells how."""
    assert [text for text in (str(message.id) for message in found) if _IN_A_CHAT.search(text)] == []


def test_all_texts_of_a_start_up_are_translated(german: Mapping[str, str]) -> None:
    assert [text for text in practice_texts(STARTUP) if not german.get(text)] == []


def test_almost_all_texts_of_the_others_are_translated(german: Mapping[str, str]) -> None:
    missing = [text for text, translation in german.items() if not translation]
    assert len(missing) <= len(german) // 20, missing


def test_the_site_has_a_german_name_and_navigation() -> None:
    answers = Answers("Nord & Süd", STARTUP, ["tools"], language="de")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = configuration(ours, answers, host_of("", "", "main"), read_translator("de", TeamWord()))
    assert 'site_name: "Produkthandbuch Nord & Süd"\n' in text
    assert "      - Startseite: index.md\n      - start/new-here.md\n" in text
    assert "  without_tab: So funktioniert dieses Handbuch\n" in text
    assert "  - So funktioniert dieses Handbuch:\n" in text


def test_a_rhythm_stays_in_the_language_of_the_engine(german: Mapping[str, str]) -> None:
    assert "every Tuesday" not in german


def test_init_says_how_many_texts_are_in_english() -> None:
    assert language_note("de", 0) == ""
    assert language_note("de", 12) == "Not translated to `de` yet, and in English: 12 texts of the handbook"


PAGE = """\
# Title

A paragraph with {{ ref("team", "product") }} and a [link](a.md)
of two lines.
{: .hb-lead }

## Next steps

1. One
    - Two
      and more

| A | B |
|---|---|
| c | {{ ref("team", "product") }} |

```sh
handbook validate
```

!!! note "Read me"
    Inner text

{{ faq() }}
"""


def test_the_lines_of_a_text_have_no_marks_and_no_code() -> None:
    assert [line.text for line in lines_of(PAGE) if line.text] == [
        "Title",
        'A paragraph with {{ ref("team", "product") }} and a [link](a.md) of two lines.',
        "Next steps",
        "One",
        "Two and more",
        "Read me",
        "Inner text",
    ]
    assert "\n".join(line.raw for line in lines_of(PAGE)) == PAGE


def test_a_translated_page_keeps_its_anchors_and_its_marks() -> None:
    words = {
        "Next steps": "So geht es weiter",
        "Two and more": "Zwei " * 40 + "am 4. Mai",
        "Read me": "Lies mich",
    }
    page = Translator(words).page(PAGE)
    assert "## So geht es weiter { #next-steps }\n" in page
    assert '!!! note "Lies mich"\n' in page
    item = page[page.index("    - Zwei") : page.index("\n\n| A")].split("\n")
    assert all(line.startswith("      Zwei") for line in item[1:])
    assert len(item) > 1
    assert max(map(len, item)) <= 120


YAML = """\
name: Launch  # the name
why: >-
  Why it
  matters.
what: |
  Some text.

  - An item
short: {a: One, b: "Two"}
list:
  - Three
  - id: four
    text: Four
"""


@pytest.mark.parametrize(
    "new", ["Größe", "Mit: Doppelpunkt", "Ein langes Wort " * 12 + "Ende", "a, b # c", "no", "„Ja“"]
)
def test_a_text_is_written_in_the_style_it_had(new: str) -> None:
    places = [("name",), ("why",), ("short", "a"), ("short", "b"), ("list", 0), ("list", 1, "text")]
    text = rewritten(YAML, (), {}, {**dict.fromkeys(places, new), ("what",): f"{new}\n\n- {new}\n"})
    value = read_text(text)
    assert not value.faults
    assert value.value == {
        "name": new,
        "why": new,
        "what": f"{new}\n\n- {new}\n",
        "short": {"a": new, "b": new},
        "list": [new, {"id": "four", "text": new}],
    }
    assert "  # the name" in text
    assert "why: >-\n" in text
    assert "what: |\n" in text
