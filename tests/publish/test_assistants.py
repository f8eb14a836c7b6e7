"""What assistants read: a Markdown version of each page, from values, and the lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from handbook.base.language import speaking
from handbook.loaded.handbook import load
from handbook.publish.assistants import assistant_files
from handbook.publish.contents import make_contents
from handbook.read.files import read_config
from handbook.read.languages import make_language
from handbook.render.portable.addresses import markdown_path, placed, rooted_target
from handbook.render.portable.pages import without_html
from handbook.render.portable.text import lowered, plain_text
from tests.conftest import TODAY, MakeSite
from tests.shipped import load_shipped
from tests.sites import CONFIG, GOAL_SCHEMA, HOSTILE, HOSTILE_NAME, TOOL

_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\]\((?P<target>[^()\s]*)\)")
_VERSION = re.compile(r'<link rel="alternate" type="text/markdown" href="([^"]*)">')
_GOAL = """goals:
  - id: grow
    name: Grow
    why: |
      Because *growth* matters:

      1. [Linear](tools/linear.md) shows it
    measured_in: linear
    results: [{measure: "a | b", by: [linear]}, {measure: Second}]
"""


def made(make_site: MakeSite, files: Mapping[str, str | bytes]) -> dict[str, str]:
    """The files for assistants of a site, by path."""
    site = make_site({"mkdocs.yml": CONFIG, "docs/index.md": "# Home\n", **files})
    contents = make_contents(load(site, TODAY), read_config(site.root / "mkdocs.yml"))
    paths = [path for path in (*contents.pages, *contents.handbook.pages) if contents.portable.has(path)]
    return {path: text.decode() for path, text in assistant_files(contents, paths).items()}


def dead_links(folder: Path) -> Iterator[str]:
    """The links of the files for assistants that open nothing."""
    for file in (*folder.rglob("*.md"), *folder.glob("llms*.txt")):
        text = _CODE.sub("", file.read_text(encoding="utf-8"))
        for link in _LINK.finditer(text):
            target = link["target"]
            is_outside = re.match(r"https?:|mailto:|[/#]", target)
            if not is_outside and not (file.parent / unquote(re.split("[?#]", target)[0])).exists():
                yield f"{file.relative_to(folder)}: {target}"


def test_every_page_has_a_markdown_version_whose_links_open_something(shipped_build: Path) -> None:
    assert list(dead_links(shipped_build)) == []
    found = {}
    for page in shipped_build.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        if "md-content" in text:
            (version,) = _VERSION.findall(text) or [""]
            found[page.parent.relative_to(shipped_build).as_posix()] = version
            if version:
                front = (page.parent / version).read_text(encoding="utf-8").split("---\n")[1]
                assert yaml.safe_load(front)["title"]
    assert found["tools/linear"] == "../../tools/linear.md"
    gone = {path.removesuffix(".md") for path in load_shipped().context.gone_pages}
    assert {page for page, version in found.items() if not version} == gone


def test_macros_on_a_page_are_written_as_markdown(shipped_build: Path) -> None:
    tools = (shipped_build / "tools.md").read_text(encoding="utf-8")
    assert re.search(r"^\| \[Linear\]\(tools/linear\.md\) \| [^|]+ \| Active \|", tools, re.MULTILINE)
    assert "[Tool procurement](processes/tool-procurement.md)" in tools
    calendar = (shipped_build / "processes/calendar.md").read_text(encoding="utf-8")
    assert "<" not in _CODE.sub("", calendar)
    assert "[PRD review](../processes/prd-review.md)" in calendar


def test_an_entry_has_what_is_calculated_about_it(shipped_build: Path) -> None:
    """Between its summary and its fields; links open the Markdown version of other pages."""
    for path, expected in {
        "processes/prd-review.md": r"Decided by:\*\* \[Product manager\]\(\.\./roles/.+\.md\) \(",
        "metrics/activation-rate.md": r"^\*\*42\.6%\*\*$",
        "experiments/report-tour.md": r"^\*\*\+0\.06\*\* 3\.08 → 3\.14",
        "tools/amplitude.md": r"\*\*Notice deadline:\*\* 2 April 2027",
    }.items():
        text = (shipped_build / path).read_text(encoding="utf-8")
        glance = text.partition("\n## At a glance\n")[2].partition("\n- **Status")[0]
        assert re.search(expected, glance, re.MULTILINE), path


def test_both_engines_give_assistants_the_same(shipped_build: Path, zensical_build: Path) -> None:
    def found(folder: Path) -> dict[str, str]:
        files = [*folder.rglob("*.md"), *folder.glob("llms*.txt")]
        return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}

    assert found(shipped_build) == found(zensical_build)


def test_an_entry_is_written_from_its_values(make_site: MakeSite) -> None:
    files = {"schemas/goal.schema.json": GOAL_SCHEMA, "sources/goals.yaml": _GOAL}
    assert made(make_site, {**files, "tools_inventory.yaml": TOOL})["goals/grow.md"] == (
        '---\ntitle: "Grow"\nkind: "goal"\n---\n\n# Grow\n\n'
        "- **Measured in:** [Linear](../tools/linear.md)\n\n"
        "## Why\n\nBecause *growth* matters:\n\n1. [Linear](../tools/linear.md) shows it\n\n"
        "## Key results\n\n| Measure | By |\n| --- | --- |\n"
        "| a \\| b | [Linear](../tools/linear.md) |\n| Second |  |\n"
    )


def test_a_duration_is_in_the_language_of_the_site(make_site: MakeSite) -> None:
    tool = f"{TOOL}    access: {{how: Ask., takes: 2 days}}\n"
    with speaking(make_language("de", {})):
        page = made(make_site, {"tools_inventory.yaml": tool})["tools/linear.md"]
    assert re.findall(r"2 \w+", page) == ["2 Tage"]


def test_text_is_data(make_site: MakeSite) -> None:
    text = made(make_site, HOSTILE)["tools/hostile.md"]
    assert yaml.safe_load(text.split("---\n")[1])["title"] == HOSTILE_NAME
    assert f"# {plain_text(HOSTILE_NAME)}\n" in text
    assert "javascript:" not in "".join(link["target"] for link in _LINK.finditer(text))
    assert "[Linear](linear.md)" in text.replace("../tools/", "")


def test_a_hand_written_page_has_its_macros_as_markdown(make_site: MakeSite) -> None:
    page = (
        "---\ntitle: Our tools\n---\n# Our tools { #top }\n\nLead.\n{: .hb-lead }\n\n"
        '<div class="a" markdown>\n\nSee {{ ref("tool", "linear") }} & [this](linear.md#x).\n\n</div>\n\n'
        '{{ entries("tool") }}\n\n```\n<b>code</b>\n```\n\n## Nothing\n\n{{ entries("process") }}\n'
    )
    files = made(make_site, {"docs/tools/ours.md": page, "tools_inventory.yaml": TOOL})
    # Without an engine, macros are not rendered; the rest of the page is.
    assert files["tools/ours.md"].startswith('---\ntitle: "Our tools"\nkind: "page"\n')
    assert "# Our tools\n\nLead.\n\nSee" in files["tools/ours.md"]
    assert "[this](../tools/linear.md)." in files["tools/ours.md"]
    assert "```\n<b>code</b>\n```" in files["tools/ours.md"]


def test_the_list_has_one_title_a_summary_and_sections_of_links(make_site: MakeSite) -> None:
    config = CONFIG.replace(
        "site_name: Test\n",
        "site_name: Test\nsite_url: https://example.com/book\nsite_description: Ours.\n"
        "nav:\n  - index.md\n  - How we work:\n      - tools/\n",
    )
    files = made(make_site, {"mkdocs.yml": config, "tools_inventory.yaml": TOOL})
    assert files["llms.txt"] == (
        "# Test\n\n> Ours.\n\nContains what the audience `internal` can see.\n\n"
        "## Start\n\n- [Home](index.md)\n\n"
        "## How we work\n\n- [Tools](tools.md): The tools in use, on trial, and retired.\n"
        "- [Linear](tools/linear.md): Plans the work.\n\n"
        "## Optional\n\n- [Set up](setup.md)\n"
    ).replace("The tools in use, on trial, and retired.", _description(files))
    assert 'address: "https://example.com/book/tools/linear/"\n' in files["tools/linear.md"]
    whole = files["llms-full.txt"]
    assert whole.count("\n# ") == 0
    assert whole.index("## Tools") < whole.index("## Linear")
    assert "address: https://example.com/book/tools/linear/" in whole


def _description(files: Mapping[str, str]) -> str:
    return files["tools.md"].split("\n\n")[2]


@pytest.mark.parametrize(
    ("page", "folders", "files"),
    [
        ("tools/linear.md", "tools/linear.md", "tools/linear.md"),
        ("tools/index.md", "tools.md", "tools/index.md"),
        ("a/b/README.md", "a/b.md", "a/b/index.md"),
        ("index.md", "index.md", "index.md"),
    ],
)
def test_the_address_of_a_version_is_that_of_its_page(page: str, folders: str, files: str) -> None:
    assert markdown_path(page, directory_urls=True) == folders
    assert markdown_path(page, directory_urls=False) == files


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("linear.md#x", "../../tools/linear.md"),
        ("../metrics/index.md", "../../metrics.md"),
        ("a b.png", "../../tools/a%20b.png"),
        ("https://example.com/?a=b", "https://example.com/?a=b"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("#here", "#here"),
        ("/top/", "/top/"),
        ("javascript:alert(1)", "#"),
        ("JavaScript&colon;alert(1)", "../../tools/JavaScript%26colon%3Balert%281%29"),
        ("//evil.example", "#"),
        ("../../outside.md", "../../outside.md"),
    ],
)
def test_links_start_at_the_file_that_they_are_in(target: str, found: str) -> None:
    assert placed(rooted_target(target, "tools", directory_urls=True), "processes/x/y.md") == found


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<dl class="hb-facts"><div><dt>Cost</dt> <dd>5</dd></div></dl>\n', "-   **Cost:** 5\n"),
        ("<table><tr><th>A</th></tr><tr><td>1|2</td></tr></table>", "| A |\n| --- |\n| 1\\|2 |\n"),
        ('A <a href="../x/">link</a>, <b>bold</b>, &#42;&#35;.\n', "A [link](../x/), **bold**, \\*#.\n"),
        ("<http://localhost:8080>, <i>then</i> <a@b.c>.\n", "<http://localhost:8080>, then <a@b.c>.\n"),
        ("<pre><code>a\n  b</code></pre>\n", "```\na\n  b\n```\n"),
        ("`<b>` and `&#42;`\n", "`<b>` and `&#42;`\n"),
        ("<div>\n<svg><text>drawn</text></svg>\n\n<p>kept</p>\n</div>\nafter\n", "kept\n\nafter\n"),
        ("<!-- a\nb -->\n## Title { #anchor }\n\nText\n{: .lead }\n", "## Title\n\nText\n"),
        ("<div markdown>\n\n- *a*\n\n</div>\n", "- *a*\n"),
        ("a < b & c\n", "a < b & c\n"),
        ('<p><b aria-hidden="true"><b>PO<br></b><svg><path></svg></b><svg><path></svg> Ops</p>', "Ops\n"),
    ],
)  # fmt: skip
def test_html_in_a_page_becomes_markdown(page: str, text: str) -> None:
    assert without_html(page, str, str) == text


def test_headings_move_down_but_not_those_in_code() -> None:
    text = "# A\n\n```\n# b\n```\n\n###### C\n\n## D\n"
    assert lowered(text, 1) == "## A\n\n```\n# b\n```\n\n###### C\n\n### D\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b *c* [d] <e>", "a_b \\*c\\* \\[d\\] \\<e>"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- no item", "\\- no item"),
        ("AT&T &amp;", "AT&T \\&amp;"),
    ],
)
def test_a_plain_text_stays_plain(text: str, shown: str) -> None:
    assert plain_text(text) == shown
