"""Long texts and repeated links are honest data: they are shown, and a company sets its own limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.words import Names
from handbook.loaded.handbook import load
from tests.conftest import TODAY, MakeSite
from tests.sites import TOOL

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]
ID, NAME, SUMMARY = "a" * 65, "N" * 101, "S" * 401


@pytest.mark.parametrize(
    ("field", "text", "setting"),
    [("id", ID, "id_length"), ("name", NAME, "name_length"), ("summary", SUMMARY, "summary_length")],
)
def test_a_long_text_is_a_warning_with_a_limit_of_the_companys_own(
    check: Check, field: str, text: str, setting: str
) -> None:
    fields = {"id": "linear", "name": "Linear", "summary": "Plans.", field: text}
    pairs = ", ".join(f"{name}: {value}" for name, value in fields.items())
    tool = f"tools: [{{{pairs}, category: roadmap, status: proposed}}]\n"
    (found,) = check({"tools_inventory.yaml": tool})
    assert (found.code, found.severity) == ("HB332", Severity.WARNING)
    assert found.message == f"`{field}` has {len(text)} characters, more than {len(text) - 1}"
    assert found.hint == f"Shorten it, or set `limits.{setting}` in `sources/handbook.yaml`"
    for limit, number in ((len(text), 0), (len(text) - 5, 1)):
        settings = f"limits: {{{setting}: {limit}}}\n"
        assert len(check({"tools_inventory.yaml": tool, "sources/handbook.yaml": settings})) == number


def test_two_links_can_have_one_address(check: Check) -> None:
    links = "    links: [{title: Guide, url: https://a.example}, {title: Prices, url: https://a.example}]\n"
    assert check({"tools_inventory.yaml": TOOL + links}) == []


def test_a_link_to_a_hidden_page_goes_with_its_title(make_site: MakeSite) -> None:
    pairs = (("Plans", "plans.md"), ("Prices", "plans.md"), ("Home", "index.md"))
    links = f"    links: [{', '.join(f'{{title: {title}, url: {url}}}' for title, url in pairs)}]\n"
    page = "---\ntitle: Plans\naudience: restricted\n---\n\n# Plans\n"
    site = make_site(
        {"tools_inventory.yaml": TOOL + links, "docs/plans.md": page, "docs/index.md": "# Home\n"}
    )
    (tool,) = load(site, TODAY).catalogue.entries("tool").values()
    assert [link["title"] for link in tool.data["links"]] == ["Home"]


def test_the_choices_to_suggest_from_are_indexed_once(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    usual = Names.__init__

    def count(self: Names, names: Iterable[str]) -> None:
        built.append(known := list(names))
        usual(self, known)

    monkeypatch.setattr(Names, "__init__", count)
    words = ", ".join(f"word-{number}" for number in range(500))
    tools = "".join(
        f"  - {{id: tool-{number}, name: Tool {number}, summary: Plans., category: wrod-{number},"
        " status: proposed}\n"
        for number in range(20)
    )
    found = check(
        {
            "sources/handbook.yaml": f"vocabularies: {{tool_category: [{words}]}}\n",
            "tools_inventory.yaml": f"tools:\n{tools}",
        }
    )
    wrong = [each for each in found if each.message.startswith("Invalid value `wrod-")]
    assert len(wrong) == 20
    assert wrong[7].hint.startswith("Did you mean `word-7`?")
    assert len([names for names in built if "word-7" in names]) == 1
