"""A strict build finds no broken link, anchor or item of the navigation that the check has not found."""

from __future__ import annotations

import logging
import random
import re
from itertools import product
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from handbook.loaded.handbook import Handbook, load
from handbook.read.files import find_site
from tests.conftest import TODAY
from tests.effort import runs
from tests.sites import ROOT

FAULTS = {
    "a missing page": "gone.md?{n}",
    "a misspelt page": "../tools/linaer.md?{n}",
    "a page of another folder": "linear.md?{n}",
    "a link from the docs folder": "tools/linear.md?{n}",
    "an absolute link": "/tools/linear/?{n}",
    "a folder": "../tools/?{n}",
    "a page without its ending": "../tools/linear?{n}",
    "a published address": "../../tools/linear/index.html?{n}",
    "a download": "../calendar.ics?{n}",
    "a missing file": "../assets/gone-{n}.png",
    "an anchor of this page": "#gone-{n}",
    "an anchor of another page": "../index.md#gone-{n}",
    "an anchor of an entry": "../tools/linear.md#gone-{n}",
    "an anchor of an item": "../processes/launch.md#step-gone-{n}",
    "an anchor of a list of entries": "../tools/index.md#gone-{n}",
    "a former page": "../tools/lineer.md?{n}",
}
"""What a link on a page in a folder opens wrongly. The number tells one from another."""

PLACES = {
    "a paragraph": "See [it]({target}) now.",
    "an image": "![it]({target})",
    "a title": "### With [it]({target} 'Title')",
    "a nested item": "- One\n\n    - Two\n\n        Three [it]({target})",
    "a table": "| A | B |\n|---|---|\n| b | [it]({target}) |",
    "a quotation": "> Say [it](<{target}>)",
    "a box": '!!! note "Note"\n\n    Read [it\n    all]({target})',
    "a definition": "See [it][r{n}].\n\n[r{n}]: {target}",
    "after code": "`[no](no.md)` and [it]({target})\n\n```\n[no](no.md)\n```",
    "after a comment": "<!-- [no](no.md) -->\n\n[it]({target})",
    "with a macro": '{{{{ ref("tool", "linear") }}}} or [it]({target})',
}

ENTRY_FAULTS = (
    "gone.md?{n}",
    "tools/linaer.md?{n}",
    "../tools/linear.md?{n}",
    "/tools/linear/?{n}",
    "tools/?{n}",
    "tools/lineer.md?{n}",
    "assets/gone-{n}.png",
    "index.md#gone-{n}",
    "tools/linear.md#gone-{n}",
    "processes/launch.md#step-gone-{n}",
)
"""The same in an entry. An engine finds none of them, because fields become HTML."""

ENTRY = """tools:
  - id: jira
    name: Jira
    summary: Keeps the issues.
    category: project-management
    status: trial
    notes: |
      First [it]({0}) and
      [it]({1}).

      - One ![it]({2}).
        - Two [it][ref]

      [ref]: {3}
    access:
      how: '[it]({4})'
    links:
      - {{title: It, url: "{5}"}}
      - title: It
        url: {6}
"""

NAVIGATION = """nav:
  - Home: indx.md
  - Start:
      - start/new.md
      - start/more.md
      - Deep:
          - Deeper: start/gone.md
          - start/linear
  - Tools: tools/
  - processes/
  - Absolute: /tools/
  - Last: tools/linaer.md
"""
BROKEN_IN_NAVIGATION = {"indx.md", "start/gone.md", "start/linear", "/tools/", "tools/linaer.md"}

SITE = {
    "docs/index.md": "# Home\n",
    "docs/unlisted.md": "# Unlisted\n",
    "sources/tools/linear.yaml": """
name: Linear
summary: Plans the work.
category: project-management
status: trial
former_ids: [lineer]
""",
    "sources/roles.yaml": "roles: [{id: designer, name: Designer, summary: Draws.}]\n",
    "sources/processes/launch.yaml": """name: Launch
summary: Brings a feature to its users.
why: Everyone knows their part.
trigger: A feature is ready.
steps:
  - {id: decide, name: Decide, role: designer, what: Say yes or no.}
""",
}
_ANY_LINK = re.compile(r"Doc file '([^']+)' contains an? [\w ]*link '([^']+)'")
_ANY_ITEM = re.compile(r"(?:A reference to|An absolute path to) '([^']+)'")


def settings() -> str:
    """The settings of this repository, with the plugins and the strictness, but another navigation."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"^nav:\n(?:[ #].*\n|\n)*", NAVIGATION, text, flags=re.MULTILINE)
    return text.replace("module_name: macros", "modules: [handbook.publish.page_macros]")


def planted(chance: random.Random) -> dict[str, str]:
    """Two pages with each fault in each place, in the order that chance chooses. Fields hold no links."""
    pairs = list(product(FAULTS.values(), PLACES.values()))
    chance.shuffle(pairs)
    blocks = [
        place.format(n=number, target=fault.format(n=number)) for number, (fault, place) in enumerate(pairs)
    ]
    head = "---\ntitle: '[no](no.md)'\ndescription: See [no](no.md#no)\n---\n\n# New"
    middle = chance.randrange(len(blocks))
    parts = {"docs/start/new.md": blocks[:middle], "docs/start/more.md": blocks[middle:]}
    return {path: "\n\n".join([head, *part, ""]) for path, part in parts.items()}


def planted_entry(chance: random.Random) -> tuple[str, set[str]]:
    """An entry with a fault in each field that can have a link, and the links."""
    faults = [fault.format(n=number) for number, fault in enumerate(chance.sample(ENTRY_FAULTS, 7))]
    return ENTRY.format(*faults), set(faults)


def engine_warnings(folder: Path, log: pytest.LogCaptureFixture) -> list[str]:
    """What MkDocs says of the site."""
    log.clear()
    with log.at_level(logging.INFO, "mkdocs"):
        build(load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site")))
    return [record.getMessage() for record in log.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("seed", range(runs(sample=1, full=10)))
def test_a_strict_build_finds_nothing_that_the_check_has_not_found(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same site again for the same number
    pages, (entry, in_entry) = planted(chance), planted_entry(chance)
    planted_files = {**pages, "tools_inventory.yaml": entry}
    for name, text in {**SITE, "mkdocs.yml": settings(), **planted_files}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    findings = load(find_site(tmp_path), TODAY).findings
    lines = {name: text.split("\n") for name, text in planted_files.items()}
    found = {
        (path, lines[path][span.line - 1][span.column - 1 : span.end_column - 1])
        for path, span, code, *_ in findings
        if code in {"HB208", "HB220"}
    }
    assert {target for path, target in found if path in SITE or path == "tools_inventory.yaml"} == in_entry
    expected = {fault.format(n=number) for number in range(len(found)) for fault in FAULTS.values()}
    assert {target for _, target in found} - in_entry <= expected
    assert len(found) == len(FAULTS) * len(PLACES) + len(in_entry)

    monkeypatch.setattr(Handbook, "is_sound", True)
    warnings = engine_warnings(tmp_path, caplog)
    links = {(f"docs/{path}", target) for text in warnings for path, target in _ANY_LINK.findall(text)}
    assert len(links) > len(found) / 2
    assert links - found == set()
    items = {item for text in warnings for item in _ANY_ITEM.findall(text)}
    quoted = {finding.message for finding in findings if finding.code == "HB612"}
    assert items <= BROKEN_IN_NAVIGATION
    assert all(any(f"`{item}`" in message for message in quoted) for item in BROKEN_IN_NAVIGATION)
    # `indx.md` is the page that would be missing, too.
    assert [finding.path for finding in findings if finding.code == "HB613"] == ["docs/unlisted.md"]
    other = [text for text in warnings if not _ANY_LINK.search(text) and not _ANY_ITEM.search(text)]
    assert ["unlisted.md" in text for text in other] == [True]
