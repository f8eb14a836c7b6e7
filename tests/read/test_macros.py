"""Macros on pages are found without Jinja as Jinja finds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.read.macro_calls import jinja_calls, simple_calls
from handbook.read.page_language import MacroSyntaxError
from tests.sites import ROOT

FRAGMENTS = (
    *("{{", "}}", "{{ ", " }}", "{{-", "-}}", "{%", "%}", "{#", "#}", "{% raw %}", "{% endraw %}", "{"),
    *("ref", "ref(", "a.b(", "(", ")", "((", "[", "]", "}", ",", ", ", "x=", "|", "|upper", "True", "true"),
    *('"tool"', "'tool'", '"a" "b"', 'r"a"', 'f"{x}"', '"\\n"', '"', "'", '"}}"', '"""', "1", "-1", "1_0"),
    *("{'a': 1}", "{'a': {'b': 1}}", "None", "none", "# c", "\n", " ", "is", "*", "**", ":", "1.5", "01"),
)
CALL = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map(lambda parts: "{{ ref(" + "".join(parts) + ") }}")
ANYTHING = st.lists(st.sampled_from(FRAGMENTS), max_size=10).map("".join)


@given(st.lists(CALL | ANYTHING, min_size=1, max_size=3).map("\n".join))
def test_calls_found_without_jinja_are_those_that_jinja_finds(text: str) -> None:
    found = simple_calls(text)
    assert found is None or found == jinja_calls(text)


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: page.name)
def test_the_calls_of_the_shipped_pages_are_found_alike(page: Path) -> None:
    text = page.read_text("utf-8")
    found = simple_calls(text)
    assert found is None or found == jinja_calls(text)


def test_a_call_of_what_is_written_out_is_simple() -> None:
    text = 'One\n{{ ref(\n "tool", "linear") }} {{ entries("tool", where={"status": ["a"]}, sort=["b"]) }}\n'
    assert simple_calls(text) == (
        ("ref", 2, ("tool", "linear"), {}),
        ("entries", 3, ("tool",), {"where": {"status": ["a"]}, "sort": ["b"]}),
    )


@pytest.mark.parametrize("word", ["not", "await", "true"])
def test_a_word_of_the_language_is_no_macro(word: str) -> None:
    assert simple_calls(f'{{{{ {word}("tool") }}}}') is None


def test_text_that_jinja_cannot_read_names_its_line() -> None:
    with pytest.raises(MacroSyntaxError) as caught:
        jinja_calls("One\n{{ ref(\n")
    assert caught.value.line == 2
