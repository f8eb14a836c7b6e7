"""The day that counts as today: of the caller, of the settings, or of the clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from handbook.loaded.handbook import Handbook, load
from handbook.publish.contents import make_contents
from handbook.read import day
from handbook.read.files import CONFIG, read_config
from handbook.read.sources import read_context
from tests.conftest import Command, MakeSite
from tests.effort import runs
from tests.sites import ROOT, TOOL

CLOCK = date(2031, 1, 1)
PINNED = {"sources/handbook.yaml": "as_of: 2026-11-23\n", "tools_inventory.yaml": TOOL}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day, "today", lambda: CLOCK)


@pytest.mark.parametrize(
    ("files", "given", "expected"),
    [
        ({}, None, CLOCK),
        (PINNED, None, date(2026, 11, 23)),
        (PINNED, date(2027, 3, 1), date(2027, 3, 1)),
        ({"sources/handbook.yaml": "as_of: soon\n"}, None, CLOCK),
        ({"sources/handbook.yaml": "as_of: [2026-11-23]\n"}, None, CLOCK),
        ({"sources/handbook.yaml": "- as_of\n"}, None, CLOCK),
        ({"sources/handbook.yaml": "as_of: 9999-12-31\n"}, None, date.max),
    ],
    ids=["the clock", "the settings", "the caller", "no date", "a list", "no settings", "the last day"],
)
def test_the_caller_comes_before_the_settings_and_these_before_the_clock(
    make_site: MakeSite, files: Mapping[str, str], given: date | None, expected: date
) -> None:
    assert read_context(make_site(files), given).today == expected


def test_a_demonstration_does_not_pin_the_day_of_the_handbooks_that_extend_it(make_site: MakeSite) -> None:
    files = {f"core/{name}": text for name, text in {"mkdocs.yml": "site_name: Core\n", **PINNED}.items()}
    context = read_context(make_site({**files, "sources/handbook.yaml": "extends: [core]\n"}))
    assert context.today == CLOCK
    assert context.settings.as_of == ""


def test_without_a_pin_each_due_entry_is_a_finding_that_names_its_owner(
    make_site: MakeSite, command: Command
) -> None:
    tool = TOOL.rstrip("\n") + "\n    review: {last: 2026-01-10, next: 2026-12-01}\n"
    site = make_site({"tools_inventory.yaml": tool, "sources/handbook.yaml": ""})
    assert "HB305" in command(site.root, "validate").stdout
    assert "HB305" not in command(site.root, "validate", "--as-of", "2026-11-23").stdout
    (site.root / "sources/handbook.yaml").write_text("as_of: 2026-11-23\n")
    assert "HB305" not in command(site.root, "validate").stdout
    assert "Review overdue since 2026-12-01" in command(site.root, "validate", "--as-of", "2027-01-15").stdout


def test_only_one_place_asks_the_clock() -> None:
    asked = re.compile(r"\b(?:date\.today|datetime\.(?:now|utcnow|today)|time\.(?:time|localtime|gmtime))\(")
    code = Path(day.__file__).parents[1].rglob("*.py")
    assert [path.name for path in code if asked.search(path.read_text(encoding="utf-8"))] == ["day.py"]


def published(handbook: Handbook) -> Mapping[str, str | bytes]:
    contents = make_contents(handbook, read_config(ROOT / CONFIG))
    pages = {path: page.markdown for path, page in contents.pages.items()}
    return {**pages, **contents.files, **contents.downloads, **contents.forwarding}


def test_the_shipped_handbook_is_the_same_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = (CLOCK, date(2027, 1, 15), date(2028, 2, 29))[: runs(1, 3)]
    sites = []
    for clock in clocks:
        monkeypatch.setattr(day, "today", partial(date, clock.year, clock.month, clock.day))
        handbook = load(ROOT)
        assert not handbook.findings
        # To render all pages takes seconds, and all that they know of time is this day.
        assert handbook.basis.today == date(2026, 11, 23)
        sites += [published(handbook)] if len(clocks) > 1 else []
    assert all(site == sites[0] for site in sites)
