"""Filling in a template in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from handbook.cli import main
from tests.browser.conftest import OpenPage, fill_store, wait_for_tools
from tests.effort import FULL
from tests.sites import ROOT

pytestmark = pytest.mark.browser

TEMPLATES = sorted(path.stem for path in (ROOT / "sources/templates").glob("*.yaml"))
FILLED_IN = TEMPLATES if FULL else ["ab-test", "post-mortem", "prd", "roadmap-update"]
"""Those together have every type of field."""
VALUES = {
    "number": "12.5",
    "date": "2027-01-11",
    "link": "https://example.com/a?b=c#d",
    "team": "Product operations",
    "text": 'Filters: "saved" # and {shared} for 100%',
}


def told(parts: Locator, name: str) -> list[str]:
    """What the parts of the form say of themselves."""
    values: list[str] = parts.evaluate_all("(parts, name) => parts.map((part) => part.dataset[name])", name)
    return values


def fill_in(page: Page) -> None:
    """Everything that has to be there, as somebody would type it."""
    title(page).fill("Save filters, “everywhere”")
    fields = page.locator("[data-field][data-required]:not([data-field=title])")
    for field, kind in zip(fields.locator(".hb-field").all(), told(fields, "type"), strict=True):
        if kind == "choice":
            field.select_option(index=1)
        else:
            field.fill(VALUES[kind])
    sections = page.locator("[data-section][data-required]")
    for field, name in zip(sections.locator(".hb-field").all(), told(sections, "name"), strict=True):
        field.fill(f"What we know of {name}.\n\n- One: ❶\n- Two")


def title(page: Page) -> Locator:
    """What the document is called."""
    return page.locator(".hb-draft__part .hb-field").first


def document(page: Page) -> str:
    """The document as it is shown."""
    return page.locator(".hb-copy code").text_content() or ""


def downloaded(page: Page, folder: Path) -> Path:
    """The document as a file, under the name that the page suggests."""
    with page.expect_download() as started:
        page.get_by_role("link", name="Download as Markdown").click()
    file = folder / started.value.suggested_filename
    file.write_bytes(Path(started.value.path()).read_bytes())
    return file


@pytest.fixture
def lint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Path], tuple[int, str]]:
    """Checks a document with the shipped handbook; gives the exit code and what was printed."""
    monkeypatch.chdir(ROOT)
    return lambda document: (main(["lint", str(document)]), capsys.readouterr().out)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_form_gives_the_file_of_the_template_and_filled_in_a_document_that_passes_the_check(
    open_page: OpenPage,
    address: str,
    tmp_path: Path,
    template: str,
    lint: Callable[[Path], tuple[int, str]],
) -> None:
    page = open_page(f"{address}templates/{template}/")
    expect(page.locator(".hb-draft__page")).to_have_count(1)
    plain = downloaded(page, tmp_path)
    assert plain.name == f"{template}.md"
    published = page.request.get(f"{page.url}{template}.markdown")
    assert plain.read_bytes() == published.body()
    if template in FILLED_IN:
        fill_in(page)
        written = downloaded(page, tmp_path)
        assert written.name == "save-filters-everywhere.md"
        code, out = lint(written)
        assert "error" not in out.replace("0 errors", ""), out
        assert code == 0, out


def test_what_was_typed_is_there_when_the_page_is_loaded_again_until_it_is_cleared(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}templates/prd/")
    plain = document(page)
    fill_in(page)
    before = document(page)
    assert "Save filters, “everywhere”" in before
    page.reload()
    wait_for_tools(page)
    expect(title(page)).to_have_value("Save filters, “everywhere”")
    assert document(page) == before
    page.get_by_role("button", name="Clear form").click()
    assert document(page) == plain
    page.keyboard.press("Enter")  # Undo has the focus
    assert document(page) == before
    page.get_by_role("button", name="Clear form").click()
    page.reload()
    wait_for_tools(page)
    assert document(page) == plain


def test_an_optional_section_without_a_word_is_left_out_and_a_field_without_one_stays(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}templates/prd/")
    fields = re.findall(r"(?m)^(?!title)[a-z-]+:.*", document(page))
    optional = page.locator("[data-section]:not([data-required])").first.get_attribute("data-name")
    assert f"## {optional} (optional)" in document(page)
    title(page).fill("A title")
    assert f"## {optional}" not in document(page)
    assert re.findall(r"(?m)^(?!title)[a-z-]+:.*", document(page)) == fields
    page.get_by_label(optional or "", exact=True).fill("Some words")
    assert f"## {optional}\n\nSome words\n" in document(page)


def test_a_full_store_says_so_and_the_document_is_there_all_the_same(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}templates/prd/")
    fill_store(page)
    title(page).fill("A title")
    expect(page.locator(".hb-unkept")).to_contain_text("you will lose your input")
    assert ": A title\n" in document(page)


def test_the_document_and_what_to_improve_are_next_to_what_is_typed(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}templates/prd/")
    shown = page.locator(".hb-draft__page")
    problem = page.get_by_label("Problem", exact=True)
    problem.fill("Who: **bookkeepers**\n\n- TBD <img src=x onerror=alert(1)>")
    expect(shown.locator("strong")).to_have_text("bookkeepers")
    expect(shown.locator("li")).to_have_text("TBD <img src=x onerror=alert(1)>")
    expect(page.get_by_text("Replace the placeholder “TBD”.")).to_be_visible()
    expect(problem).to_have_attribute("aria-invalid", "true")
    problem.fill("Who: bookkeepers")
    expect(problem).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("1 of 18 required parts")).to_be_visible()
    page.get_by_role("link", name="Evidence", exact=True).click()
    expect(page.get_by_label("Evidence", exact=True)).to_be_focused()
