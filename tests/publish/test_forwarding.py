"""Old addresses lead on to the pages that took their place, with both engines."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from handbook.loaded.handbook import load
from handbook.publish.forwarding import forwarding_pages
from tests.conftest import TODAY, MakeOnce, MakeSite
from tests.sites import CONFIG, TOOL, build, write_site

RENAMED = TOOL + "    former_ids: [jira, trac, wiki, team/planning]\n"
HOSTILE = """  - id: hostile
    name: '<script>alert(1)</script>'
    summary: Tries to run.
    category: feedback
    status: trial
    former_ids: [harmless]
"""
TEAMS = """teams:
  - {id: product-ops, name: Product operations, summary: Keeps it., former_ids: [ops]}
  - {id: secret, name: Secret, summary: Hides., former_ids: [hidden], audience: restricted}
"""
GONE = """gone:
  - {id: miro, kind: tool, day: 2026-11-02, why: <b>No</b> use., instead: linear, name: Miro *x*}
  - {id: mural, kind: tool, day: 2026-11-02, why: A secret., former_ids: [stormboard], audience: restricted}
  - {id: notes, kind: tool, day: 2026-11-02, why: It has a page of its own.}
  - {id: ours, kind: team, day: 2026-11-02, why: We have none., instead: team/secret}
"""
FILES = {
    "sources/gone.yaml": GONE,
    "tools_inventory.yaml": RENAMED + HOSTILE,
    "sources/teams.yaml": TEAMS,
    "docs/tools/wiki.md": "# What we learnt from the wiki\n",
    "docs/tools/notes.md": "# Notes on notes\n",
}
FLAT = "use_directory_urls: false\nsite_url: https://example.org/handbook/\n"


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(make_once: MakeOnce, engine: str) -> Path:
    """A site that does not know its address."""

    def fill(folder: Path) -> None:
        build(write_site(folder, FILES), folder / "site", "--strict", "--engine", engine)

    return make_once(f"forwarding-{engine}", fill) / "site"


@pytest.fixture(scope="module")
def flat_site(make_once: MakeOnce, engine: str) -> Path:
    """A site without folder addresses that knows its own."""

    def fill(folder: Path) -> None:
        source = write_site(folder, FILES | {"mkdocs.yml": CONFIG + FLAT})
        build(source, folder / "site", "--strict", "--engine", engine)

    return make_once(f"forwarding-flat-{engine}", fill) / "site"


def text_of(page: Path) -> str:
    """The text of the article of a page, on one line."""
    article = re.search(r"<article.*?</article>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert article
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", article[0])).split())


def test_the_old_address_of_a_removed_entry_says_so(site: Path) -> None:
    miro = site / "tools/miro/index.html"
    assert text_of(miro).endswith(
        "Miro *x* This page was removed on 2 November 2026. <b>No</b> use. Use Linear instead."
    )
    text = miro.read_text(encoding="utf-8")
    assert 'href="../linear/"' in text
    trail = text.partition('<nav class="md-path ')[2].partition("</nav>")[0]
    assert re.search(r'<a href="(?:\.\./|\./\.\.)/?">Tools</a>', trail)
    assert "Notes on notes" in text_of(site / "tools/notes/index.html")


def test_nothing_says_what_the_audience_could_not_see(site: Path) -> None:
    assert "We have none." in text_of(site / "teams/ours/index.html")
    found = [path for path in site.rglob("*") if path.is_file() and path.suffix != ".gz"]
    words = (b"mural", b"stormboard", b"A secret.", b"team/secret")
    assert [path for path in found for word in words if word in path.read_bytes()] == []


def test_every_former_id_of_an_entry_leads_to_it_those_of_renames_of_renames_and_of_other_kinds_too(
    site: Path,
) -> None:
    for before, to in (
        ("tools/jira/index.html", "../linear/"),
        ("tools/trac/index.html", "../linear/"),
        ("teams/planning/index.html", "../../tools/linear/"),
        ("teams/ops/index.html", "../product-ops/"),
    ):
        page = (site / before).read_text(encoding="utf-8")
        assert f'<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>' in page
        assert f'<link rel="canonical" href="{to}">' in page
        assert f'<a href="{to}">' in page
        assert ((site / before).parent / to / "index.html").is_file()
        [script] = re.findall(r'<script src="([^"]*)"></script>', page)
        assert ((site / before).parent / script).is_file()
    assert not (site / "sitemap.xml").exists(), "the site has no address to start with"


def test_a_site_without_folder_addresses_forwards_from_files(flat_site: Path) -> None:
    assert '<a href="../tools/linear.html">' in (flat_site / "teams/planning.html").read_text(
        encoding="utf-8"
    )
    assert (flat_site / "tools/linear.html").is_file()


def test_a_site_that_knows_its_address_tells_search_engines_the_whole_new_one(flat_site: Path) -> None:
    page = (flat_site / "tools/jira.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/handbook/tools/linear.html">' in page
    assert "jira" not in (flat_site / "sitemap.xml").read_text(encoding="utf-8")


def test_the_whole_new_address_ends_in_a_folder_where_addresses_do(make_site: MakeSite) -> None:
    handbook = load(make_site(FILES), TODAY)
    pages = {page.path: page.text for page in forwarding_pages(handbook, "https://example.org/handbook/")}
    canonical = '<link rel="canonical" href="https://example.org/handbook/tools/linear/">'
    assert canonical in pages["tools/jira/index.html"]


def test_a_page_that_stands_at_a_former_address_stays(site: Path) -> None:
    assert "What we learnt from the wiki" in (site / "tools/wiki/index.html").read_text(encoding="utf-8")


def test_nothing_leads_to_an_entry_that_the_audience_may_not_see(site: Path) -> None:
    assert (site / "teams/ops").exists()
    assert not (site / "teams/hidden").exists()


def test_the_name_of_an_entry_is_text_on_its_former_page_too(site: Path) -> None:
    page = (site / "tools/harmless/index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>" in page
