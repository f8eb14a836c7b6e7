"""A company's words for the terms that its texts mark."""

from __future__ import annotations

from copy import copy

from handbook.base.language import Language
from handbook.base.spelling import Word, spell
from handbook.check.rules import RULES
from handbook.loaded.handbook import Handbook, load
from handbook.publish.contents import make_contents
from handbook.read.marked_terms import markdown_with_words
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import MakeSite
from tests.render.conftest import MakeHandbook
from tests.shipped import load_shipped
from tests.sites import CONFIG

PODS = Language(spellings=spell({"squad": Word("pod", "pods")}))
WORDS = {"sources/handbook.yaml": "words:\n  squad: {one: pod, many: pods}\n"}
TOOL = """tools:
  - id: linear
    name: Linear for $squads
    summary: "$Squads plan in it. \\\\$squad, $other and squads stay."
    category: project-management
    status: proposed
    links: [{title: "The $squad", url: "https://example.com/$squad"}]
    notes: |
      Ask your $squad, see `$squad` and [the $squad](https://example.com/$squad).

      > The $squad said this.
"""
QUERY = """name: Of a $squad
summary: Counts.
tool: linear
use_when: [You count.]
run_in: The console.
sql: SELECT '$squad'
"""


def page_of(handbook: Handbook, kind: str, entry_id: str) -> str:
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    return renderer.entry(handbook.entry(kind, entry_id), "index.md")


def test_marked_terms_of_a_page_become_the_word_but_not_in_code_links_and_quotations() -> None:
    page = (
        "# $Squads { #the-$squad }\n\nA $squad's \\$squad, `$squad` and [$squad](to/$squad.md).\n\n"
        '> A $squad\n\n```\n$squad\n```\n\n<a href="$squad">$squads</a> {{ ref("$squad") }}\n'
    )
    assert markdown_with_words(page, PODS) == (
        "# Pods { #the-$squad }\n\nA pod's $squad, `$squad` and [pod](to/$squad.md).\n\n"
        '> A $squad\n\n```\n$squad\n```\n\n<a href="$squad">pods</a> {{ ref("$squad") }}\n'
    )


def test_marked_terms_of_an_entry_become_the_word_on_its_page(make_handbook: MakeHandbook) -> None:
    files = {"tools_inventory.yaml": TOOL}
    assert "Ask your squad, see" in page_of(make_handbook(files), "tool", "linear")
    tool = make_handbook({**files, **WORDS}).entry("tool", "linear")
    assert tool.name == "Linear for pods"
    assert tool.data["summary"] == "Pods plan in it. $squad, $other and squads stay."
    assert tool.data["links"][0] == {"title": "The pod", "url": "https://example.com/$squad"}
    page = page_of(make_handbook({**files, **WORDS}), "tool", "linear")
    assert "Ask your pod, see <code>&#36;squad</code>" in page
    assert "The &#36;squad said this." in page


def test_code_keeps_its_dollars(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"tools_inventory.yaml": TOOL, "sources/queries/active.yaml": QUERY, **WORDS})
    query = handbook.entry("query", "active")
    assert (query.name, query.data["sql"]) == ("Of a pod", "SELECT '$squad'")


def test_downloads_data_and_navigation_have_the_word(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"mkdocs.yml": CONFIG, "tools_inventory.yaml": TOOL, **WORDS})
    contents = make_contents(handbook, {"site_name": "Test", "nav": [{"Our $squads": ["index.md"]}]})
    assert {"Our pods": ["index.md"]} in (contents.navigation or [])
    assert "Linear for pods" in contents.files["data/tools.json"].decode()
    assert "$squads" not in contents.files["data/tools.csv"].decode()


def test_a_word_with_markup_is_refused_and_not_used(make_site: MakeSite) -> None:
    words = {"sources/handbook.yaml": "words:\n  squad: {one: <b>pod</b>, many: pods}\n"}
    handbook = load(make_site({"tools_inventory.yaml": TOOL, **words}))
    assert [finding.code for finding in handbook.findings if finding.path == "sources/handbook.yaml"] == [
        "HB105"
    ]
    assert handbook.entry("tool", "linear").name == "Linear for squads"


def test_every_text_of_the_shipped_handbook_marks_its_terms() -> None:
    context = copy(load_shipped().context)
    vars(context)["settings"] = context.settings._replace(words={"squad": Word("pod", "pods")})
    (rule,) = [rule for rule in RULES if rule.code == "HB336"]
    assert [(problem.path, problem.message) for problem in rule.check(context)] == []
