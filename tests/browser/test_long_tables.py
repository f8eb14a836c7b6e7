"""A table whose rows are on several pages: as one with scripts, page by page without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handbook.publish.long_tables import split_tables
from serving import served
from tests.browser.conftest import OpenPage, clipboard, wait_for_tools

pytestmark = pytest.mark.browser

ROWS = 240
PART = 120


@pytest.fixture(scope="module")
def address(shipped_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The overview of the tools with many, of which the last third isn't in use, in two parts."""
    text = (shipped_build / "tools/index.html").read_text(encoding="utf-8")
    start, end = text.index("<tbody>"), text.index("</tbody>\n</table>")
    row = re.findall(r"(?s)<tr data-.*?</tr>", text[start:end])[0]
    row = re.sub(' data-ended(?:="")?', "", row)
    name = re.findall('data-sort="([^"]*)"', row)[0]
    rows = [
        row.replace(name, f"{name} {number}").replace("<tr", "<tr data-ended" if number >= 160 else "<tr", 1)
        for number in range(ROWS)
    ]
    group = '<tr class="hb-group"><th colspan="6" scope="rowgroup">Group</th></tr>'
    first = "\n".join(['<tbody data-part="1">', group, *rows[:PART], "</tbody>"])
    second = "\n".join(['<tbody data-part="2" data-again>', group, *rows[PART:]])
    site = tmp_path_factory.mktemp("site")
    (site / "assets").symlink_to(shipped_build / "assets")
    (site / "tools").mkdir()
    for name, page in split_tables(f"{text[:start]}{first}\n{second}\n{text[end:]}", "index.html").items():
        (site / "tools" / name).write_text(page, encoding="utf-8")
    with served(site) as url:
        yield f"{url}tools/"


def test_a_long_table_shows_some_rows_and_works_on_all(open_page: OpenPage, address: str) -> None:
    # On the second page, the table starts at its first row, too.
    page = open_page(f"{address}index.table-1-2.html", permissions=["clipboard-read", "clipboard-write"])
    wait_for_tools(page)
    rows = page.locator(".hb-table tbody tr:not(.hb-group)")
    state = page.locator(".hb-table__state output")
    expect(state).to_have_text("160 rows")
    expect(rows).to_have_count(100)
    expect(rows.first).to_contain_text("Linear 0")
    expect(page.locator(".hb-table__rest")).to_contain_text("Showing 100 of 160 rows")
    page.get_by_role("button", name="Show 60 more", exact=True).click()
    expect(rows).to_have_count(160)
    expect(page.locator(".hb-group")).to_have_count(1)
    expect(page.get_by_label("Compare Linear 100")).to_be_focused()
    # What is copied or printed isn't only what is shown. Another view starts with few rows.
    page.get_by_role("radio", name="All").check()
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Copy rows", exact=True).click()
    copied = clipboard(page, "Linear 239")["text/plain"]
    assert len(re.findall(r"^\| \[Linear \d+\]", copied, re.MULTILINE)) == ROWS
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(rows).to_have_count(ROWS)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Name").click()
    page.get_by_role("button", name="Name").click()
    expect(rows.first).to_contain_text("Linear 239")
    expect(page.locator(".hb-group")).to_have_count(0)
    page.get_by_label("Filter rows").fill("linear 23")
    expect(state).to_have_text("13 of 240 rows")
    page.reload()
    wait_for_tools(page)
    expect(rows).to_have_count(13)


def test_without_scripts_or_its_other_pages_a_long_table_has_links_to_them(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, java_script_enabled=False)
    rows = page.locator(".hb-table tbody tr:not(.hb-group)")
    links = page.get_by_role("navigation", name="Pages of the table").get_by_role("link")
    expect(rows).to_have_count(PART)
    links.nth(1).click()
    expect(rows).to_have_count(ROWS - PART)
    links.first.click()
    expect(page).to_have_url(address)
    page = open_page(f"{address}none")
    page.route("**/index.table-1-2.html", lambda route: route.abort())
    page.goto(address)
    wait_for_tools(page)
    expect(rows).to_have_count(PART)
    expect(links).to_have_count(2)
    expect(page.get_by_label("Filter rows")).to_have_count(0)
