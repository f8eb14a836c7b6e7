"""Addresses within pages: what somebody has linked to stays where it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import copy_shipped_site, run

_NAME = re.compile(r"^(\s*(?:- )?name: )(?![>|])([\"']?)", re.MULTILINE)
_ANCHOR = re.compile(r'\sid="([^"]+)"')


def anchors(site: Path) -> dict[str, set[str]]:
    """What can be linked to on the page of each entry and each overview, by its path."""
    return {
        str(page.relative_to(site)): set(
            _ANCHOR.findall(page.read_text(encoding="utf-8").partition("<article")[2])
        )
        for page in site.rglob("*.html")
    }


@pytest.mark.slow
def test_another_name_moves_no_page_and_no_anchor(shipped_build: Path, tmp_path: Path) -> None:
    folder = copy_shipped_site(tmp_path)
    files = [folder / "tools_inventory.yaml", *(folder / "sources").rglob("*.yaml")]
    # In a query the name of a parameter is what stands in its text.
    for file in (file for file in files if file.parent.name != "queries"):
        text = file.read_text(encoding="utf-8")
        file.write_text(_NAME.sub(r"\1\2Renamed ", text), encoding="utf-8")
    done = run(folder, "build", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    before, after = anchors(shipped_build), anchors(tmp_path / "site")
    assert before.keys() == after.keys()
    # The headings of the glossary are the letters that terms begin with.
    moved = {page: before[page] - after[page] for page in before if page != "glossary/index.html"}
    assert {page: names for page, names in moved.items() if names} == {}
