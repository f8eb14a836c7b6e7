"""The shipped handbook, looked at as its readers do."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Response, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import OpenPage, clipboard, wait_for_tools

pytestmark = pytest.mark.browser

FIRST_LOAD = 250_000
"""Bytes over the wire that a first page may cost, as the design allows."""


@pytest.mark.parametrize("path", ["", "tools/"])
def test_a_first_visit_costs_little(open_page: OpenPage, address: str, path: str) -> None:
    page = open_page(f"{address}robots.txt")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.ok:
            sizes[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto(address + path, wait_until="networkidle")
    page.remove_listener("response", weigh)
    session.detach()
    assert address + path in sizes
    assert sum(sizes.values()) <= FIRST_LOAD, sizes


def test_the_home_page_leads_each_reader_on(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    for words, path in (
        ("Your first day", "start/new-here/"),
        ("Linear or Jira?", "faq/linear-or-jira/"),
        ("Fill in the PRD template", "templates/prd/"),
        ("Triage meeting", "processes/feature-request-triage/"),
        ("Something wrong?", "contribute/"),
        ("Metrics", "metrics/"),
    ):
        link = page.get_by_role("article").get_by_role("link", name=words).first
        link.click(trial=True)
        assert link.evaluate("(link) => link.href") == address + path
    link.click()
    expect(page).to_have_url(address + path)


def test_a_new_product_manager_is_at_the_first_task_in_one_click_and_ticks_it_in_three(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    page.get_by_role("article").get_by_role("link", name="Your first day").click()
    expect(page.get_by_role("heading", name="Request your tools")).to_be_in_viewport()
    expect(page.get_by_text("Please give me access to:")).to_be_in_viewport()
    wait_for_tools(page)
    page.get_by_role("article").get_by_role("link", name="Start your first day").click()
    task = page.locator("#start-day")
    expect(task).to_be_in_viewport()
    wait_for_tools(page)
    task.get_by_role("checkbox").check()
    expect(page.locator(".hb-run__told")).to_contain_text("1 of")


def test_a_term_explains_itself_inside_the_window_to_pointer_and_keyboard(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}experiments/plan/")
    term = page.locator("a.hb-term").first
    words = term.get_attribute("title") or ""
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for each in page.locator("a.hb-term").all():
            each.focus()
            shown = page.get_by_role("tooltip").bounding_box()
            assert shown
            assert shown["x"] >= 0
            assert shown["x"] + shown["width"] <= width
        page.keyboard.press("Escape")
    meaning = page.get_by_role("tooltip")
    term.hover()
    expect(meaning).to_have_text(words)
    meaning.hover()
    page.wait_for_timeout(400)
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    term.focus()
    expect(meaning).to_have_text(words)
    expect(term).to_have_attribute("aria-describedby", "hb-meaning")
    page.keyboard.press("Shift+Tab")
    expect(meaning).to_be_hidden()
    term.click()
    box = page.get_by_role("dialog", name=term.inner_text())
    expect(box).to_contain_text(words)
    expect(box.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(box).to_be_hidden()
    assert page.url.endswith("/experiments/plan/")
    term.click()
    box.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/glossary/"))


def test_a_tapped_term_does_not_leave_the_page(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}experiments/plan/", width=390, has_touch=True)
    wait_for_tools(page)
    term = page.locator("a.hb-term").first
    box = page.get_by_role("dialog")
    term.tap()
    expect(box).to_be_visible()
    page.locator("h1").tap()
    expect(box).to_be_hidden()
    assert page.url.endswith("/experiments/plan/")


def test_the_table_of_tools_shows_those_in_use_and_can_be_filtered_and_compared(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}tools/")
    table = page.locator(".hb-table").first
    rows = table.locator("tbody tr:not(.hb-group):visible")
    groups = table.locator("tbody tr.hb-group:visible")
    expect(rows).to_have_count(11)
    assert "Analytics" in groups.all_inner_texts()
    page.get_by_label("Compare Amplitude").check()
    page.get_by_label("Compare Mixpanel").check()
    compared = page.get_by_role("region", name="Comparison")
    expect(compared.get_by_role("row", name="Annual cost differs USD 24,000 USD 6,000")).to_be_visible()
    page.reload()
    expect(compared).to_contain_text("Data classification")
    page.get_by_role("button", name="Clear").click()
    expect(compared).to_be_hidden()
    # Who asks for a tool that isn't in use sees it, and not that nothing matches.
    page.get_by_label("Filter rows").fill("jira (sunset)")
    expect(rows).to_have_count(1)
    page.get_by_label("Filter rows").fill("")
    page.get_by_role("button", name="Show 6 more that aren't in use").click()
    expect(rows).to_have_count(17)
    page.get_by_label("Status", exact=True).select_option("Active")
    assert 0 < rows.count() < 17
    assert set(table.locator("tbody tr:visible td:nth-child(2)").all_inner_texts()) == {"Active"}
    assert groups.count() < 7
    page.get_by_label("Filter rows").fill("flags launchdarkly")
    expect(rows).to_have_count(1)
    rows.get_by_role("link", name="LaunchDarkly", exact=True).click()
    expect(page.locator("article h1")).to_contain_text("LaunchDarkly")


def test_a_question_that_was_studied_is_found_by_a_word_of_it(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}research/")
    rows = page.locator(".hb-table").first.locator("tbody tr:visible")
    page.get_by_label("Filter rows").first.fill("share filters")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Current")
    page.get_by_label("Filter rows").first.fill("mobile")
    assert rows.count() > 1
    page.get_by_label("Method", exact=True).first.select_option("Survey")
    expect(rows).to_have_count(0)


def test_a_template_can_be_copied_and_downloaded(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}templates/prd/", permissions=["clipboard-read", "clipboard-write"])
    copy = page.get_by_role("button", name="Copy the PRD template")
    copy.click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = clipboard(page, "\n## Problem\n")
    assert "<h2>Problem</h2>" in copied["text/html"]
    assert "<strong>Squad:</strong>" in copied["text/html"]
    # Neither front matter nor guidance.
    assert "template:" not in copied["text/plain"]
    assert "Write three to six sentences" not in copied["text/plain"]

    more = page.get_by_role("button", name="More ways to copy: Product requirements document (PRD)")
    more.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Rich text")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Word file")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(page.get_by_role("menu")).to_be_hidden()
    more.click()
    page.get_by_role("menuitem", name="Slack").click()
    assert clipboard(page, "*Problem*")
    more.click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name="Word file").click()
    assert started.value.suggested_filename == "product-requirements-document-prd.docx"
    with ZipFile(started.value.path()) as file:
        assert "Problem" in file.read("word/document.xml").decode()

    with page.expect_download() as started:
        page.get_by_role("link", name="Download as Markdown").click()
    assert started.value.suggested_filename == "prd.md"
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert text.startswith("---\ntemplate: prd\n")
    assert page.locator(".hb-copy code").text_content() == text


def test_a_table_is_copied_as_it_is_filtered(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}tools/?find=linear", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy rows").first.click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = clipboard(page, "| Name | Status |")
    rows = page.locator(".hb-table").first.locator("tbody tr:visible").count()
    assert copied["text/html"].count("<tr>") == rows + 1
    assert f'<a href="{address}tools/linear/">Linear</a>' in copied["text/html"]
    assert copied["text/plain"].startswith("| Name | Status |")
    page.get_by_role("button", name="More ways to copy: Tools").first.click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name="Excel file").click()
    workbook = CalamineWorkbook.from_path(started.value.path())
    assert len(workbook.get_sheet_by_index(0).to_python()) == rows + 1


def test_the_flow_of_a_process_has_every_step_as_text_too_and_a_decision_leads_to_its_step(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}processes/prd-review/")
    picture = page.get_by_role("img", name="Process flow: PRD review")
    # The steps come first. The picture of them is there on request.
    expect(picture).to_be_hidden()
    page.locator("summary").filter(has_text="Flow chart").click()
    expect(picture).to_be_visible()
    told = picture.locator("desc").text_content() or ""
    for name in page.locator(".hb-steps__name").all_inner_texts():
        assert name in told
    page.locator(".hb-steps__decision a").first.click()
    target = page.url.partition("#")[2]
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_lines_are_drawn_in_the_colours_of_the_scheme(open_page: OpenPage, address: str) -> None:
    line = "getComputedStyle(document.querySelector('.hb-facts')).borderTopColor"
    colours = [
        open_page(f"{address}tools/linear/", color_scheme=scheme).evaluate(line)
        for scheme in ("light", "dark")
    ]
    assert colours[0] != colours[1]


def test_a_text_to_copy_has_one_button(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}metrics/weekly-active-user/")
    expect(page.locator(".hb-copy button:visible")).to_have_text(["Copy"])
    expect(page.get_by_role("button", name="Copy: Calculation")).to_be_visible()


def test_names_say_what_is_copied_and_have_no_signs(open_page: OpenPage, address: str) -> None:
    """Screen readers list the buttons, headings and navigations of a page."""
    page = open_page(f"{address}contribute/audiences/")
    expect(page.get_by_role("button", name=re.compile("^Copy to clipboard: .")).first).to_be_visible()
    assert page.get_by_role("article").get_by_role("navigation").count() == 0
    assert "¶" not in page.get_by_role("heading", level=2).first.aria_snapshot()


def test_an_empty_cell_takes_no_room_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}experiments/", width=360)
    expect(page.locator("td:empty")).to_have_count(1)
    expect(page.locator("td:empty")).to_be_hidden()


def test_a_page_prints_without_the_parts_that_only_work_on_a_screen(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}tools/")
    page.emulate_media(media="print")
    expect(page.locator(".hb-table__tools")).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()
    assert len(page.pdf(format="A4")) > 10_000


PAPER = 685
"""Pixels of text across a printed A4 page."""


@pytest.mark.parametrize(
    "path", ["feedback/", "tools/audit/", "product-ops/pain-points/", "processes/prd-review/"]
)
def test_no_column_is_cut_off_where_the_paper_ends(open_page: OpenPage, address: str, path: str) -> None:
    page = open_page(address + path, width=PAPER)
    page.emulate_media(media="print")
    ends = page.locator("article table").evaluate_all(
        "(all) => all.map((t) => t.getBoundingClientRect().right)"
    )
    assert [end for end in ends if end > PAPER] == []


def test_no_amount_is_torn_from_its_currency_and_no_printed_heading_from_its_text(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}tools/audit/", width=1220)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    amounts = page.locator(".hb-amount")
    heights = amounts.evaluate_all("(all) => all.map((each) => each.getClientRects().length)")
    assert set(heights) == {1}
    page.emulate_media(media="print")
    style = "(all, edge) => all.map((part) => getComputedStyle(part)[edge])"
    headings = page.locator("article :is(h2, h3)").evaluate_all(style, "breakAfter")
    assert set(headings) == {"avoid"}


def test_a_checklist_is_there_for_a_spreadsheet_and_for_paper_where_nothing_can_be_pressed(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}checklists/launch/")
    page.get_by_role("button", name="More ways to take the run along").click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name="Download as CSV").click()
    assert started.value.suggested_filename == "launch-checklist.csv"
    page.emulate_media(media="print")
    expect(page.locator(".hb-run__views")).to_be_hidden()
    lines = page.locator(".hb-checks summary").evaluate_all("(all) => all.map((line) => line.offsetHeight)")
    assert max(lines) < 70
    expect(page.locator(".hb-checks__more").first).to_be_hidden()
    expect(page.locator(".hb-byline__change")).to_be_hidden()


@pytest.mark.parametrize("path", ["processes/launch/", "checklists/launch/", "templates/prd/"])
def test_what_is_printed_takes_a_few_sheets(open_page: OpenPage, address: str, path: str) -> None:
    page = open_page(address + path)
    for paper in ("A4", "Letter"):
        sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper))
        assert 2 <= len(sheets) <= 13, paper


INSIDE = """(pictures) => pictures.map((picture) => {
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text, path, rect")].every((part) => {
    const box = part.getBoundingClientRect();
    return box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1;
  });
})"""


def test_all_processes_are_printed_from_one_page_and_each_flow_stays_inside_its_picture(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}processes/print/")
    names = page.locator("h2.hb-sheet").evaluate_all(
        "(all) => all.map((head) => head.firstChild.textContent)"
    )
    assert len(names) == 11
    listed = page.locator("article li > a[href^='#']").filter(visible=True).all_inner_texts()
    assert listed[:11] == names
    page.emulate_media(media="print")
    # The product meeting has no steps.
    flows = page.locator(".hb-flow svg").filter(visible=True)
    assert flows.evaluate_all(INSIDE) == [True] * 10
    breaks = page.locator("h2.hb-sheet").evaluate_all(
        "(all) => all.map((h) => getComputedStyle(h).breakBefore)"
    )
    assert set(breaks) == {"page"}
    ids = page.locator("article [id]").evaluate_all("(all) => all.map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_a_phone_shows_the_page_in_its_own_width_and_every_card_as_wide(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}tools/audit/", width=360, is_mobile=True, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.wait_for_selector(".md-typeset__table", state="attached")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    widths = page.locator(".hb-table tbody tr").evaluate_all("(all) => all.map((row) => row.offsetWidth)")
    assert len(set(widths)) == 1


def test_every_page_reads_without_scripts(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}tools/", java_script_enabled=False)
    expect(page.locator(".hb-table").first.locator("tbody tr:not(.hb-group)")).to_have_count(17)
