"""Text is data: whatever stands in a field comes out of the page as the same text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup

from handbook.base.text import Day, Plain, escape, escape_code
from handbook.link.place import Place
from handbook.read.files import find_site
from handbook.render.environment import make_environment
from handbook.render.markdown import Rich
from tests.effort import runs
from tests.sites import ROOT

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists",
    "smarty", "tables", "toc",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.snippets",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "a | b",
    "*bold* _under_ `code` ~~gone~~ ==mark== ^^ins^^",
    "[x](javascript:alert(1)) ![y](z) [ref][1]",
    "# heading",
    "- item",
    "1. item",
    "12) item",
    "2026. It began",
    "12345678901. A long number",
    "> quote",
    "```\nfence\n```",
    '--8<-- "secret.txt"',
    "{: onclick=alert(1) }",
    "a\nb",
    "https://example.com user@example.com",
    "(c) (tm) --> 1... 'quoted' \"quoted\" -- ---",
    ":smile: ++ctrl+c++ [^1] *[HTML]: x",
    "&amp; &lt; &#60;",
    "\\* \\< \\\\",
    "line\u2028separator",
    "!!! note",
    '=== "tab"',
    "term\n: definition",
    "ends with spaces   ",
    "Ελλη | 表 | 👩‍💻",
]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # HTMLParser's
        self.tags.append(tag)
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


ENGINE = Markdown(extensions=EXTENSIONS)


def read_back(markdown: str) -> _Text:
    """What a browser would show of a Markdown page, and the tags it was made of."""
    parser = _Text()
    parser.feed(ENGINE.reset().convert(markdown))
    return parser


def squeezed(text: str) -> str:
    """The text as HTML shows it: white space folds."""
    return " ".join(text.split())


PLACES = {
    "paragraph": ("{}", {"p", "br"}),
    "heading": ("# {}", {"h1", "br"}),
    "list item": ("- {}", {"ul", "li", "br"}),
    "table cell": ("| a | b |\n| - | - |\n| x | {} |", {"table", "thead", "tbody", "tr", "th", "td", "br"}),
    "raw block": ("<div>{}</div>", {"div", "br"}),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_plain_text_is_shown_as_it_stands_wherever_it_stands(place: str, text: str) -> None:
    frame, tags = PLACES[place]
    shown = read_back(frame.format(escape(text)))
    assert set(shown.tags) <= tags
    assert squeezed(text) in squeezed(shown.text)


@settings(max_examples=runs(sample=75, full=300))
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    place=st.sampled_from(sorted(PLACES)),
)
def test_any_plain_text_is_shown_as_it_stands(text: str, place: str) -> None:
    frame, tags = PLACES[place]
    # Python-Markdown keeps two characters for itself and drops them from every page.
    text = text.replace("\u0002", "").replace("\u0003", "")
    shown = read_back(frame.format(escape(text)))
    assert set(shown.tags) <= tags
    assert squeezed(text.replace("\x85", " ")) in squeezed(shown.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_plain_text_is_safe_in_an_attribute(text: str) -> None:
    tag = f'<a title="{escape_code(text)}">x</a>'
    assert re.fullmatch(r'<a title="[^"<>]*">x</a>', tag)
    assert html.unescape(tag[len('<a title="') : -len('">x</a>')]) == text


def test_a_view_cannot_turn_text_into_markup() -> None:
    environment = make_environment(find_site(ROOT))
    template = environment.from_string(
        "{{ x }} {{ x | upper }} {{ x ~ '!' }} {{ [x, y] | join }} {{ 'a' if x }}"
    )
    shown = template.render(x=Plain("<b>*x*</b>"), y=Markup("<i>y</i>"))
    assert "<b>" not in shown.lower()
    assert "*" not in shown
    assert "<i>y</i>" in shown
    assert "safe" not in environment.filters


def rich(text: str) -> str:
    """A Markdown field as it stands on a page."""
    return str(Rich.at(Place("tools/index.md"), text).__html__())


@pytest.mark.parametrize(
    ("text", "html_part"),
    [
        ("**bold** and `code`", "<strong>bold</strong> and <code>code</code>"),
        ("- one\n- two", "<ul> <li>one</li> <li>two</li> </ul>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("[PRD](templates/prd.md)", '<a href="../templates/prd/">PRD</a>'),
        ("[PRD](templates/prd.md#goal)", 'href="../templates/prd/&#35;goal"'),
        ("[site](https://example.com/a?b=c)", "https&#58;//example.com/a?b&#61;c"),
        ("[mail](mailto:ops@example.com)", "mailto&#58;ops&#64;example.com"),
        ("# heading", "<h4>heading</h4>"),
    ],
)
def test_a_markdown_field_is_rendered(text: str, html_part: str) -> None:
    assert html_part in rich(text)


@pytest.mark.parametrize(
    ("text", "inline"),
    [
        ("one **line**", "one <strong>line</strong>"),
        ("one\n\ntwo", "<p>one</p> <p>two</p>"),
        ("one\n\n- two", "<p>one</p> <ul> <li>two</li> </ul>"),
        ("# one\n\ntwo", "<h4>one</h4><p>two</p>"),
    ],
)
def test_only_a_single_paragraph_is_a_part_of_a_line(text: str, inline: str) -> None:
    assert Rich.at(Place("index.md"), text).inline == inline


@pytest.mark.parametrize(
    "text",
    [
        "A, b. (c) \"d\" 'e' f-g; h: i/j > k = l + m ! n # o $ p % q -- r ... s",
        "Ä \u2013 1. 2) x",
        "A\xa0b  c",
        "a@b.c x^2",
    ],
)
def test_words_without_marks_need_no_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown() -> str:
        return str(Rich.at(Place("index.md"), text).__html__())

    with monkeypatch.context() as patch:
        patch.delattr("handbook.render.markdown._parser")
        quick = shown()
    monkeypatch.setattr("handbook.render.markdown._WORDS", re.compile("(?!)"))
    assert shown() == quick


@pytest.mark.parametrize(
    "text", ["1. a", "- a", "# a", "> a", "a ", " a", "a\n===", "a\nb", "a&amp;b", "a | b", "a\\!", "a~~b~~"]
)
def test_words_with_marks_are_parsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("handbook.render.markdown._parser")
    with pytest.raises(NameError):
        Rich.at(Place("index.md"), text).__html__()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](ftp://example.com)",
        "[x](//example.com)",
        "![x](https://example.com/pixel.png)",
        "![x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "{{ 7 * 7 }}",
        "text {: onclick=alert(1) }",
    ],
)
def test_a_markdown_field_holds_no_script_no_html_and_no_foreign_picture(text: str) -> None:
    shown = read_back(rich(text))
    page = Markdown(extensions=EXTENSIONS).convert(rich(text))
    assert set(shown.tags) <= {"div", "p", "a"}
    assert not re.search(
        r"<[^>]*(onclick|onerror|href=[\"']?\s*(javascript|data|vbscript|ftp|//))", page, re.IGNORECASE
    )
    assert "49" not in shown.text


def test_a_code_block_keeps_every_space_and_line_break() -> None:
    text = "first\n\n    indented `~~~` <b>\n\tlast"
    page = Markdown(extensions=EXTENSIONS).convert(rich(f"````\n{text}\n````"))
    shown = _Text()
    shown.feed(page)
    assert text in shown.text


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2026-09-01", "1 September 2026"), ("2026-02-30", "2026-02-30"), ("<b>", "&#60;b&#62;")],
)
def test_a_day_is_shown_in_words_and_what_is_none_as_it_stands(date: str, shown: str) -> None:
    assert Day(date).__html__() == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("project-management", "Project management"),
        ("first_week", "First week"),
        ("e-mail", "E-mail"),
        ("plan-b-first", "Plan b first"),
    ],
)
def test_a_name_made_for_machines_is_shown_as_words(name: str, shown: str) -> None:
    assert make_environment(find_site(ROOT)).from_string("{{ name | words }}").render(name=name) == shown
