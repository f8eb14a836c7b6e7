"""Long texts and repeated links are honest data: they are shown, and a company sets its own limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding, Severity
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
