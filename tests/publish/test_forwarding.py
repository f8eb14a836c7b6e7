"""Old addresses lead on to the pages that took their place, with both engines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import CONFIG, TOOL, run, write_site

RENAMED = TOOL + "    former_ids: [jira, trac, team/planning]\n"
TEAMS = "teams:\n  - {id: product-ops, name: Product operations, summary: Keeps it., former_ids: [ops]}\n"
FILES = {"tools_inventory.yaml": RENAMED, "sources/teams.yaml": TEAMS}

ENGINES = pytest.mark.parametrize("engine", ["mkdocs", "zensical"])


def build(folder: Path, files: dict[str, str], *options: str) -> Path:
    """The folder of a built site."""
    done = run(write_site(folder, FILES | files), "build", "--strict", *options)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return folder / "site"


@ENGINES
def test_every_former_id_of_an_entry_leads_to_it_those_of_renames_of_renames_and_of_other_kinds_too(
    tmp_path: Path, engine: str
) -> None:
    site = build(tmp_path, {}, "--engine", engine)
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
    assert "jira" not in (site / "sitemap.xml").read_text(encoding="utf-8")


@ENGINES
def test_a_site_without_folder_addresses_forwards_from_files(tmp_path: Path, engine: str) -> None:
    site = build(tmp_path, {"mkdocs.yml": CONFIG + "use_directory_urls: false\n"}, "--engine", engine)
    assert '<a href="../tools/linear.html">' in (site / "teams/planning.html").read_text(encoding="utf-8")
    assert (site / "tools/linear.html").is_file()


@ENGINES
def test_a_site_that_knows_its_address_tells_search_engines_the_whole_new_one(
    tmp_path: Path, engine: str
) -> None:
    config = CONFIG + "site_url: https://example.org/handbook/\n"
    site = build(tmp_path, {"mkdocs.yml": config}, "--engine", engine)
    page = (site / "tools/jira/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/handbook/tools/linear/">' in page


def test_a_page_that_stands_at_a_former_address_stays(tmp_path: Path) -> None:
    site = build(tmp_path, {"docs/tools/jira.md": "# What we learnt from Jira\n"})
    assert "What we learnt from Jira" in (site / "tools/jira/index.html").read_text(encoding="utf-8")


def test_nothing_leads_to_an_entry_that_the_audience_may_not_see(tmp_path: Path) -> None:
    restricted = TEAMS.replace("}", ", audience: restricted}")
    site = build(tmp_path, {"sources/teams.yaml": restricted})
    assert not (site / "teams/ops").exists()


def test_the_name_of_an_entry_is_text_on_its_former_page_too(tmp_path: Path) -> None:
    name = "name: '<script>alert(1)</script>'"
    site = build(tmp_path, {"tools_inventory.yaml": RENAMED.replace("name: Linear", name)})
    page = (site / "tools/jira/index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>" in page
