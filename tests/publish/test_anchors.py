"""Addresses within pages: what somebody has linked to stays where it was."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from handbook.check.anchors import Anchors
from handbook.check.page_anchors import slug
from handbook.loaded.handbook import load
from handbook.publish.pages import make_pages
from handbook.read.files import find_site
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import TODAY
from tests.shipped import few_of, load_shipped
from tests.sites import ROOT, copy_shipped_site

_NAME = re.compile(r"^(\s*(?:- )?name: )(?![>|])([\"']?)", re.MULTILINE)
_ANCHOR = re.compile(r'\{[^{}]*#([\w-]+)[^{}]*\}|\sid="([^"]+)"')
_HEADING = re.compile(r"^#+ (?!.*\{.*#).*$", re.MULTILINE)
"""A heading whose anchor is made from its words."""


@cache
def anchors(site: Path) -> dict[str, tuple[list[tuple[str, str]], list[str]]]:
    """What can be linked to on each page of entries: its ids, and its headings without one."""
    handbook = few_of(load_shipped() if site == ROOT else load(find_site(site), TODAY))
    pages = make_pages(handbook, Renderer(handbook.basis, Repository(handbook.site, None, None)))
    return {page.path: (_ANCHOR.findall(page.markdown), _HEADING.findall(page.markdown)) for page in pages}


def test_another_name_moves_no_page_and_no_anchor(tmp_path: Path) -> None:
    folder = copy_shipped_site(tmp_path)
    files = [folder / "tools_inventory.yaml", *(folder / "sources").rglob("*.yaml")]
    # In a query the name of a parameter is what stands in its text.
    for file in (file for file in files if file.parent.name != "queries"):
        text = file.read_text(encoding="utf-8")
        file.write_text(_NAME.sub(r"\1\2Renamed ", text), encoding="utf-8")
    before, after = anchors(ROOT), anchors(folder)
    assert before.keys() == after.keys()
    moved = {page: (before[page], after[page]) for page in before if before[page] != after[page]}
    assert moved == {}


def test_the_check_knows_the_anchors_of_generated_pages_without_rendering_them() -> None:
    known = Anchors(load_shipped().context)
    for page, (ids, headings) in anchors(ROOT).items():
        rendered = {html.unescape(first or second) for first, second in ids}
        rendered |= {slug(html.unescape(heading)) for heading in headings}
        assert {anchor for anchor in rendered if not known.has(page, anchor)} == set(), page
        assert known.of(page).are_all
        assert not [anchor for anchor in rendered if known.has(page, f"{anchor}-x")]
        # What depends on other entries and on figures can be there or not.
        assert len(known.of(page).names - rendered) <= 5, page
