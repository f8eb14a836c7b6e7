"""Pages are read as authors see them in the preview of a web editor."""

from __future__ import annotations

import random
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from markdown_it import MarkdownIt

from handbook.render.preview import as_previewed
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.cases import read_cases
from tests.effort import runs
from tests.render.conftest import MakeHandbook

CASES = read_cases(Path(__file__).with_name("cases").joinpath("preview.yaml"))
EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
]
"""Those of the shipped site that read blocks."""
ENGINE = markdown.Markdown(extensions=EXTENSIONS)


class _Outline(HTMLParser):
    """The elements and words of a page, without what differs between tight and loose lists."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in {"p", "span", "div"}:
            self.parts.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"p", "span", "div"}:
            self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.parts += data.split()


def outline(html: str) -> list[str]:
    parser = _Outline()
    parser.feed(html)
    return parser.parts


def built(text: str) -> str:
    """A page as the engines render it."""
    return str(ENGINE.reset().convert(as_previewed(text)))


def previewed(text: str) -> str:
    """A page as a web editor shows it."""
    return (
        str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
        .replace("<s>", "<del>")
        .replace("</s>", "</del>")
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_page_is_built_as_the_preview_shows_it(case: dict[str, str]) -> None:
    assert outline(built(case["written"])) == outline(previewed(case["written"]))


_LINES = (
    "- {}|* {}|- - {}|{}|{} {}|{}\\|> {}|> - {}|# {}|#{}|```|***|\\~{}||||<!-- {} -->"
    "|1) {}|1. {}|2. {}|10. {}|= {} = {} =\n=---=---=\n= `{} \\= {}` = {} ="
)


def made_up(seed: int) -> str:
    """A page of lines in any order."""
    chance = random.Random(seed)  # noqa: S311
    lines: list[str] = []
    for _ in range(chance.randrange(1, 9)):
        line = chance.choice(_LINES.split("|")).replace("=", "|")
        # The reference parser itself misreads some of these when they are indented.
        is_nested = line.startswith(("- ", "*", "{", "\\", "#"))
        indent = " " * (chance.choice((0, 0, 2, 2, 4, 4, 6, 8)) if is_nested else 0)
        words = [chance.choice(("alpha", "beta", "gamma")) for _ in range(line.count("{}"))]
        lines += [indent + part for part in line.format(*words).split("\n")]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(runs(100, 20_000)))
def test_any_lines_are_built_as_the_preview_shows_them(seed: int) -> None:
    text = made_up(seed)
    assert outline(built(text)) == outline(previewed(text))


_ONLY_OURS = """# Title { #anchor }

Lead.
{: .hb-lead }

!!! note "Mind"
    Text with `{{ code }}`.

    - one

=== "Tab"

    1. one

Term
:   Its definition
    goes on.
: Another one

    With more.

Text[^1] and {{ macro(
  a="- b",
) }} in it.

{% for tool in tools() %}
- {{ tool }}
{% endfor %}

[^1]: A footnote

    - one

/// tip | Title
Text
///

<div class="grid cards" markdown>

-   __One__

    ---

    Text

</div>

<!-- a comment
- in lines
-->

<pre>
text
- one
</pre>

A formula: $\\frac{a}{b}\\, 5\\%$ in text.
"""


def test_what_the_preview_does_not_know_stays_as_it_is() -> None:
    assert as_previewed(_ONLY_OURS) == _ONLY_OURS


@pytest.mark.parametrize("first", ["!!! note", '=== "Tab"', "[^1]: Note"])
def test_lists_in_a_note_are_read_in_the_same_way(first: str) -> None:
    text = f"{first}\n    Text\n    - one\n      - two\n"
    assert as_previewed(text) == f"{first}\n    Text\n\n    - one\n        - two\n"


def test_a_list_in_a_loop_stays_one_list() -> None:
    text = "Text\n{% for tool in tools() %}\n- {{ tool }}\n  - {{\n  more }}\n{% endfor %}\n"
    assert as_previewed(text) == text.replace("  - {{", "    - {{")


def test_hand_written_pages_are_built_so(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"docs/index.md": "# Home\n\nText\n- one\n  - two\n"})
    page = Renderer(handbook.basis, Repository(handbook.site, None, None)).page(
        handbook.pages["index.md"].body, "index.md"
    )
    assert "Text\n\n- one\n    - two" in page


def test_deep_nesting_and_many_openings_take_no_longer() -> None:
    deep = "\n".join("  " * level + "- a" for level in range(60))
    assert "- a" in as_previewed(deep)
    assert "- a" in as_previewed("<div>\n" * 5_000 + "\n- a\n")
    nested = as_previewed("<div>\n" * 5_000 + "\n- a\n" + "</div>\n" * 5_000)
    assert nested.count("markdown") == 10
    assert "- a" in as_previewed("- a\nlazy\n" + "lazy\n" * 5_000)
    many = "{{ " * 5_000 + "<!-- " * 5_000
    assert as_previewed(many) == many
