"""A hand-written page at the path of a generated one, for those who may see it and for those who may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.loaded.handbook import Handbook, load
from handbook.publish.pages import make_pages
from handbook.publish.zensical import stage
from handbook.read.files import find_site
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.sites import TOOL, run, without_address_warning, write_site

MARK = "xqsecret"
PAGE = f"""---
title: {MARK} title
description: {MARK} description
audience: restricted
owner: product
review: {{last: '2026-01-01', next: '9999-01-01'}}
tags: [{MARK}-tag]
---

# {MARK} heading

{MARK} text, and {{{{ ref("tool", "linear") }}}}.
"""
FILES = {
    "tools_inventory.yaml": TOOL,
    "sources/teams.yaml": "teams:\n  - {id: product, name: Product, summary: Decides what is built.}\n",
    "docs/index.md": "# Home\n\n[Linear](tools/linear.md), [Tools](tools/index.md) and [others](few.md).\n",
    "docs/tools/linear.md": PAGE,
    "docs/tools/index.md": PAGE,
    "docs/few.md": PAGE,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site, in a folder beside which there is room."""
    return write_site(tmp_path / "site-of-test", FILES)


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace") for path in files
    }


def generated(handbook: Handbook) -> set[str]:
    """The paths of the generated pages."""
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    return {page.path for page in make_pages(handbook, renderer)}


def test_the_generated_page_is_there_for_those_who_may_not_see_the_other(site: Path) -> None:
    replaced = {"tools/linear.md", "tools/index.md"}
    for audience in ("public", "internal"):
        handbook = load(find_site(site), audience=audience)
        assert handbook.is_sound
        assert set(handbook.pages) == ({"index.md"} if audience == "internal" else set())
        assert replaced <= generated(handbook) or audience == "public"
    handbook = load(find_site(site), audience="restricted")
    assert replaced <= set(handbook.pages)
    assert not replaced & generated(handbook)


def test_what_is_staged_for_zensical_holds_the_generated_page_only(site: Path, tmp_path: Path) -> None:
    stage(load(find_site(site), audience="internal"), tmp_path / "staged")
    staged = contents(tmp_path / "staged/docs")
    assert [name for name, text in staged.items() if MARK in text] == []
    assert "Plans the work." in staged["tools/linear.md"]
    assert "few.md" not in staged


@pytest.mark.slow
def test_what_mkdocs_publishes_holds_the_generated_page_only(site: Path, tmp_path: Path) -> None:
    done = run(site, "build", "--strict", "--audience", "internal", "--site-dir", str(tmp_path / "built"))
    assert (done.returncode, done.stdout, without_address_warning(done.stderr)) == (0, "", "")
    built = contents(tmp_path / "built")
    assert [name for name, text in built.items() if MARK in text] == []
    assert "Plans the work." in built["tools/linear/index.html"]
    assert not any(name.startswith("few/") for name in built)
