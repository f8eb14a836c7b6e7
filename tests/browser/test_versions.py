"""Three published versions in a row, looked at by a reader who has come to one of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from serving import served
from tests.browser.conftest import OpenPage, wait_for_tools
from tests.sites import CONFIG, run, write_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_TOOL = "  - {{id: {id}, name: {name}, summary: Plans the work., category: roadmap, status: trial{more}}}\n"
_NAVIGATION = "nav:\n  - index.md\n  - What's new: changes.md\n  - Tools: tools/\n"


def _inventory(*tools: tuple[str, str, str]) -> str:
    return "tools:\n" + "".join(_TOOL.format(id=each, name=name, more=more) for each, name, more in tools)


_MIRO = ("miro", "Miro", ", owner: ops")
_HISTORY = {
    "2026.1": _inventory(("jira", "Jira", ""), ("miro", "Miro", ""), ("figma", "Figma", "")),
    "2026.2": _inventory(("linear", "Linear", ", former_ids: [jira]"), _MIRO),
    "2026.3": _inventory(("plane", "Plane", ", former_ids: [linear, jira]"), _MIRO),
}
_SETTINGS = "rules:\n  HB402: off\n"
_TEAMS = "teams:\n  - {id: ops, name: Operations, summary: Keeps it right.}\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the three versions, published by the command and laid out as the host does."""
    root = tmp_path_factory.mktemp("handbook")
    nobody_s = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        nobody_s |= {f"GIT_{role}_NAME": "Product ops", f"GIT_{role}_EMAIL": "ops@example.org"}

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)

    with pytest.MonkeyPatch.context() as patch:
        for name, value in nobody_s.items():
            patch.setenv(name, value)
        git("init", "--quiet", "--initial-branch=main")
        config = f"site_url: https://handbook.example.org/\n{_NAVIGATION}{CONFIG}"
        files = {"mkdocs.yml": config, "sources/handbook.yaml": _SETTINGS}
        files |= {"sources/teams.yaml": _TEAMS}
        for version, inventory in _HISTORY.items():
            write_site(root, files | {"tools_inventory.yaml": inventory})
            git("add", "--all")
            git("commit", "--quiet", "--message", f"What {version} is to be")
            done = run(root, "release", version)
            assert done.returncode == 0, done.stdout + done.stderr
        write_site(root, {"tools_inventory.yaml": _inventory(("plane", "Plane", ""), ("bruno", "Bruno", ""))})
        published = root.with_name("published")
        done = run(root, "build", "--versions", "--site-dir", str(published))
        assert done.returncode == 0, done.stdout + done.stderr
    with served(published) as url:
        yield url


def banner(page: Page) -> str:
    """What the note on an old version says."""
    note = page.locator(".hb-version")
    expect(note).to_be_visible()
    return note.inner_text()


def test_the_address_without_a_version_leads_to_the_latest(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.wait_for_url(f"{address}latest/")
    expect(page.locator(".md-version__current")).to_have_text("2026.3")
    expect(page.locator(".hb-version")).to_have_count(0)


def test_the_picker_offers_every_version_and_stays_on_the_page(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}2026.3/tools/miro/")
    page.locator(".md-version").hover()
    links = page.locator(".md-version__link")
    expect(links).to_have_text(["Unreleased", "2026.3", "2026.2", "2026.1"])
    links.nth(3).click()
    page.wait_for_url(f"{address}2026.1/tools/miro/")


def test_the_picker_leads_to_the_page_above_one_that_a_version_lacks(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}2026.3/tools/plane/")
    page.locator(".md-version").hover()
    page.locator(".md-version__link", has_text="2026.1").click()
    page.wait_for_url(f"{address}2026.1/tools/")


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("2026.1/tools/miro/", "latest/tools/miro/"),
        ("2026.1/tools/figma/", "latest/tools/"),
        ("2026.1/tools/jira/", "latest/tools/plane/"),
        ("2026.2/tools/linear/", "latest/tools/plane/"),
        ("2026.2/changes/", "latest/changes/"),
    ],
    ids=["as it is", "gone", "renamed twice", "renamed", "what's new"],
)
def test_an_old_version_says_so_and_leads_to_the_same_page_in_the_latest(
    open_page: OpenPage, address: str, old: str, now: str
) -> None:
    page = open_page(f"{address}{old}")
    assert banner(page).startswith(f"This is version {old[:6]}, which is no longer maintained.")
    page.locator(".hb-version a").click()
    page.wait_for_url(f"{address}{now}", wait_until="commit")


def test_what_is_not_released_says_so_and_lists_what_changed_since_the_latest_version(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}main/tools/bruno/")
    assert banner(page).startswith("This page is not released yet.")
    assert page.locator(".hb-version a").get_attribute("href") == f"{address}latest/tools/"
    page.goto(f"{address}main/changes/")
    expect(page.locator("article")).to_contain_text("Miro: tool removed")


def test_an_address_from_before_the_first_version_leads_to_its_page_in_the_latest(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}tools/miro/?a=b#owner")
    page.wait_for_url(f"{address}latest/tools/miro/?a=b#owner")


def test_an_address_without_a_page_leads_to_the_search_of_the_latest(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{address}2026.1/tools/trello/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.locator("article button[data-hb-search]").click()
    field = page.get_by_role("combobox", name="Search the handbook")
    expect(field).to_have_value("trello")
    field.fill("Plane")
    page.get_by_role("option").and_(page.locator("a[href*='latest/tools/plane/']")).first.click()
    page.wait_for_url(f"{address}latest/tools/plane/**")


def test_what_changed_names_and_links_the_entries(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}2026.2/changes/")
    content = page.locator("article")
    expect(content).to_contain_text("Figma: tool removed")
    expect(content).to_contain_text("Linear (was jira): tool renamed")
    expect(content.get_by_role("link", name="Figma")).to_have_count(0)
    content.get_by_role("link", name="Linear").click()
    page.wait_for_url(f"{address}2026.2/tools/linear/")
    wait_for_tools(page)
    page.go_back()
    wait_for_tools(page)  # Scripts that a page still asks for when it is left could not be loaded.
    content.get_by_role("link", name="2026.1", exact=True).click()
    page.wait_for_url(f"{address}2026.1/index.html")
    wait_for_tools(page)
    page.get_by_role("link", name="What's new").first.click()
    expect(page.locator("article")).to_contain_text("This is the first version.")
