"""What the handbook has to say about product operations: each fact of `facts.yaml` on its page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.cases import read_cases
from tests.shipped import load_shipped

FACTS: dict[str, list[dict[str, Any]]] = read_cases(Path(__file__).parent / "facts.yaml")

SALARIES = {
    "product-ops-analyst": "USD 80,000 to 120,000",
    "product-ops-manager": "USD 120,000 to 160,000",
    "senior-product-ops-manager": "USD 150,000 to 190,000",
    "head-of-product-ops": "USD 160,000 to 220,000",
}


def plain(markup: str) -> str:
    """The text of some HTML on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def article(page: Path) -> str:
    """What a page says beside the navigation, as HTML."""
    markup = page.read_text(encoding="utf-8")
    return markup[markup.index("<article") : markup.index("</article>")]


def told(page: Path, group: str | None) -> str:
    """What a page says, or a group of rows of its tables, by the title of the group."""
    whole = article(page)
    if group is None:
        return plain(whole)
    groups = (plain(each.partition("</table>")[0]) for each in _GROUP.split(whole)[1:])
    return " ".join(each for each in groups if each.startswith(group))


_GROUP = re.compile(r'(?=<tr class="hb-group">)')


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{subject}: {case['fact']}") for subject in FACTS for case in FACTS[subject]],
)
def test_a_fact_stands_on_its_page(shipped_build: Path, case: dict[str, Any]) -> None:
    text = told(shipped_build / case["page"] / "index.html", case.get("group")).casefold()
    assert [words for words in case["says"] if words.casefold() not in text] == []


def test_every_tool_says_whom_it_suits() -> None:
    tools = load_shipped().catalogue.entries("tool").values()
    assert [tool.id for tool in tools if "fit" not in tool.data] == []


@pytest.mark.parametrize("role", SALARIES)
def test_a_salary_is_shown_to_the_restricted_audience_only(role: str) -> None:
    for audience, shown in (("restricted", True), ("internal", False)):
        handbook = load_shipped(audience)
        renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
        page = plain(renderer.entry(handbook.catalogue.entry("role", role), f"roles/{role}.md"))
        ladder = plain(renderer.figure("career_ladders", "roles/index.md", {}))
        assert (SALARIES[role] in page) is shown
        assert (SALARIES[role] in ladder) is shown
