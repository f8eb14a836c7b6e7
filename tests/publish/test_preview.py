"""A served site is what a fresh build of its sources is, whatever has changed, and tells what is wrong."""

from __future__ import annotations

import gc
import json
import logging
import os
import random
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from handbook.loaded.handbook import watched
from handbook.publish.live import LivePages, with_script
from handbook.publish.preview import Preview, errors_of_engine
from handbook.publish.watched_files import WatchedFiles
from tests.effort import runs
from tests.sites import CONFIG, TOOL, write_site
from tests.trees import tree

_URL = "http://127.0.0.1:8000/"
_LOOM = TOOL.removeprefix("tools:\n").replace("linear", "loom").replace("Linear", "Loom")
_TWO = f"{TOOL}{_LOOM}"
_NAV = """nav:
  - Start: [index.md, guide.md]
  - Tools: tools/
  - Glossary: glossary/
  - What's new: changes.md
"""
_CONFIG = f"{CONFIG}{_NAV}"
_TEAM = "name: Operations\nsummary: Runs the tools.\n"
_TERM = "terms:\n  - {id: arr, name: ARR, summary: What we earn.}\n"
_WORDS = "words: {squad: {one: pod, many: pods}}\n"
_HOME = "# Home\n\nPlans with ARR, and {{ ref('tool', 'linear') }}.\n\n{{ tools_table() }}\n"

TEXTS: Mapping[str, tuple[str | None, ...]] = {
    "tools_inventory.yaml": (
        _TWO,
        _TWO.replace("Plans the work.", "Plans it all."),
        f"# Ours.\n\n{_TWO}",
        _TWO.replace("name: Loom", "name: Zoom & <b>Ümlaut</b>"),
        _TWO.replace("trial", "retired"),
        f"{_TWO}    use_when: [You weave.]\n    owner: ops\n    notes: See [it](tools/linear.md) for ARR.\n",
        f"{_TWO}    former_ids: [spin]\n    review: {{last: 2026-01-01}}\n",
        _TWO.replace("\n", "\r\n"),
        TOOL,
    ),
    "sources/teams/ops.yaml": (_TEAM, _TEAM.replace("Operations", "Ops"), f"{_TEAM}channel: '#ops'\n"),
    "sources/glossary.yaml": (_TERM, _TERM.replace("ARR", "Plans"), _TERM.replace("What", "All that"), None),
    "docs/index.md": (
        _HOME,
        _HOME.replace("# Home", "# Welcome"),
        _HOME.replace("# Home", "# Home of {{ entries('tool') | length }} tools"),
        f"---\ntitle: Front\nowner: ops\ndescription: A & B\n---\n\n{_HOME}",
    ),
    "docs/guide.md": (
        "# Guide\n\n{{ tool_audit() }}\n\n[Home](index.md)\n",
        "---\naudience: restricted\n---\n\n# Guide\n",
        "---\ntitle: The guide\n---\n\nText.\n",
    ),
}
"""What a file with entries or the text of a page can be, first of all."""
OTHERS: Mapping[str, tuple[str | None, ...]] = {
    "docs/logo.svg": (None, "<svg xmlns='http://www.w3.org/2000/svg'/>\n"),
    "macros/tool.jinja": (None, "{{ entry.summary }} {{ figure('tool_cost', entry) is none }}\n"),
    "sources/handbook.yaml": (None, "owner: ops\n", _WORDS, "as_of: 2026-11-23\n"),
    "mkdocs.yml": (_CONFIG, _CONFIG.replace("Test", "Other")),
}
"""What another file can be."""
WRONG = {
    "tools_inventory.yaml": (_TWO.replace("trial", "Trial"), "tools: [\n", ""),
    "docs/index.md": (
        _HOME.replace("linear", "linaer"),
        _HOME.replace("tools_table()", "1 / 0"),
        "# Home\n\n<script>alert(1)</script>\n",
    ),
    "macros/tool.jinja": ("{{ entry.x \n", "{{ entry[entry.name] }}\n"),
    "mkdocs.yml": (f"{_CONFIG}site_url: [\n", f"{_CONFIG}no_such_thing: 1\n"),
}
"""Mistakes."""


PAGES = ("index.html", "guide/index.html", "tools/linear/index.html", "404.html", "llms.txt", "guide.md")


class Served:
    """A site that is served, without the server.

    Args:
        root: The folder of the site.
        folder: Where to build it.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder
        self.builds = 0
        begun = time.time_ns()
        config = self._build(self.folder / "served")
        plugin: Any = config.plugins["handbook"]
        site = plugin.contents.handbook.site
        self.preview = Preview(
            plugin, self._build_again, begun, lambda: [config.docs_dir, *map(str, watched(site))]
        )
        self.preview.begin()

    def _build_again(self) -> None:
        self.builds += 1
        self._build(self.folder / "served")

    def _build(self, target: Path) -> MkDocsConfig:
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(target))
        config.site_url = _URL
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url=_URL)
        return config

    def write(self, name: str, text: str | None) -> None:
        """Save a file, or remove it."""
        path = self.root / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        self.preview.update()

    def problems(self, page: str = "index.html") -> str:
        """Return what a page says is wrong."""
        return self.preview.look(page).problems

    def files(self) -> dict[str, tuple[str, bytes]]:
        """Return the whole site as it is now."""
        self.preview.refresh_all()
        return _files(self.folder / "served")

    def fresh(self) -> dict[str, tuple[str, bytes]]:
        """Return the site as a fresh build of the same sources makes it."""
        target = self.folder / "fresh"
        shutil.rmtree(target, ignore_errors=True)
        before = dict(_plugins().plugin_cache)
        _plugins().plugin_cache.clear()
        try:
            self._build(target)
        finally:
            _plugins().plugin_cache.update(before)
        return _files(target)


def _plugins() -> Any:
    """Return the option that keeps our plugin from one build to the next."""
    return dict(MkDocsConfig._schema)["plugins"]  # noqa: SLF001 - MkDocs has no other way to it


def _files(folder: Path) -> dict[str, tuple[str, bytes]]:
    # It has the time of the build, and the same content without compression.
    return {name: kept for name, kept in tree(folder).items() if name != "sitemap.xml.gz"}


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A site that is served."""
    first = {name: texts[0] for name, texts in {**TEXTS, **OTHERS}.items()}
    root = write_site(tmp_path / "site", {name: text for name, text in first.items() if text is not None})
    monkeypatch.setattr(_plugins(), "plugin_cache", {})
    # A table of more than one tool has a further page.
    monkeypatch.setattr("handbook.render.html_table.LONGEST", 1)
    monkeypatch.setattr("handbook.render.html_table.PART", 1)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    yield Served(root, tmp_path)
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


def edits(choose: random.Random) -> Iterator[tuple[str, str | None]]:
    """Yield changes of a site without end. Mistakes are fixed sooner or later, and then often made again."""
    wrong: set[str] = set()
    while True:
        if wrong and choose.randrange(3):
            name = choose.choice(sorted(wrong))
            texts = {**TEXTS, **OTHERS}[name]
        elif choose.randrange(6):
            name, texts = choose.choice([*TEXTS.items()])
        else:
            name, texts = choose.choice([*OTHERS.items(), *WRONG.items()])
        wrong.discard(name)
        if texts is WRONG.get(name):
            wrong.add(name)
        yield name, choose.choice(texts)


def test_after_any_edit_the_site_is_what_a_fresh_build_is(served: Served) -> None:
    choose = random.Random(runs(1, int.from_bytes(os.urandom(3))))  # noqa: S311 - a sample
    compared = 0
    for number, (name, text) in zip(range(runs(24, 500)), edits(choose), strict=False):
        served.write(name, text)
        served.preview.look(choose.choice(PAGES))
        if choose.randrange(2):
            edit = f"edit {number}: {name}: {text!r}"
            files, problems = served.files(), served.problems()
            try:
                fresh = served.fresh()
            except (Exception, SystemExit):  # noqa: BLE001 - whatever is wrong with the sources
                assert problems, edit
            else:
                assert not problems, edit
                assert [each for each in {*files, *fresh} if files.get(each) != fresh.get(each)] == [], edit
                compared += 1
    assert compared > runs(8, 150)
    assert served.builds < runs(14, 300)


def test_a_page_hears_that_it_has_changed_and_what_is_wrong(served: Served) -> None:
    def answer(_environ: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return [(served.folder / "served/tools/loom/index.html").read_bytes()]

    def ask(path: str, query: str = "") -> Iterator[bytes]:
        return iter(pages({"PATH_INFO": path, "QUERY_STRING": query}, lambda *_: None))

    def heard() -> dict[str, str]:
        said: dict[str, str] = json.loads(next(events).removeprefix(b"data: "))
        return said

    pages = LivePages(answer, served.preview, "/")
    events = ask("/livereload/handbook", "page=/tools/loom/")
    first = heard()
    served.write("tools_inventory.yaml", _TWO.replace("Plans the work.", "Weaves."))
    page = next(ask("/tools/loom/"))
    assert b"Weaves." in page
    after = heard()
    assert after == {"version": served.preview.version(page), "problems": ""} != first
    assert f'data-version="{after["version"]}"'.encode() in with_script(page, after["version"])
    with errors_of_engine() as said:
        served.write("tools_inventory.yaml", _TWO.replace("status", "stauts"))
        served.preview.update()
    assert len(said) == 1
    wrong = heard()
    assert wrong["version"] == after["version"]
    assert "tools_inventory.yaml:6:5: HB102 error: Unknown field `stauts` in tool" in wrong["problems"]
    served.write("tools_inventory.yaml", _TWO.replace("Plans the work.", "Weaves."))
    assert heard() == after
    # No other page has changed for those who have it open.
    served.write("docs/guide.md", "---\ntitle: Guide\n---\n\nOther text.\n")
    assert next(events) == b":\n\n"
    # Another page is listed next to this one, under its new name.
    served.write("tools_inventory.yaml", _TWO.replace("name: Linear", "name: Lever"))
    assert b"<span>Lever</span>" in next(ask("/tools/loom/"))
    assert served.builds == 0
    # Whatever is asked for, or is in the folder, the server goes on.
    assert next(ask("/livereload/handbook", "page=/%00")).startswith(b"data: ")
    os.mkfifo(served.root / "docs/pipe.md")
    served.preview.update()
    assert "docs/pipe.md:1:1: HB001 error" in heard()["problems"]
    (served.root / "docs/pipe.md").unlink()
    # What a failed build has left can be collected.
    before = _files(served.folder / "served")
    with errors_of_engine() as said:
        served.write("docs/guide.md", "{{ 1 / 0 }}\n")
    assert len(said) == 1
    assert (served.builds, gc.get_freeze_count()) == (1, 0)
    # The last site stays, with what is wrong.
    assert _files(served.folder / "served") == before
    assert served.problems()
    # A page that isn't current can't be made with a broken view.
    served.write("macros/tool.jinja", "{{ entry.summary }}\n")
    served.write("docs/guide.md", "# Guide\n")
    served.write("tools_inventory.yaml", _TWO)
    served.write("docs/guide.md", "# Other guide\n")
    served.write("macros/tool.jinja", "{{ entry.x \n")
    served.files()
    assert "macros/tool.jinja:1:1: HB210 error" in served.problems()


def test_a_change_is_noticed_whatever_time_the_file_has(tmp_path: Path) -> None:
    def save(text: str) -> None:
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1, 1))

    file = tmp_path.resolve() / "index.md"
    save("old")
    # It came while the site was built for the first time.
    watched_files = WatchedFiles([str(tmp_path)], time.time_ns() - 60_000_000_000)
    assert watched_files.has_late
    assert watched_files.changes([str(tmp_path)]) == {str(file)}
    save("new")
    assert watched_files.changes([str(tmp_path)]) == {str(file)}
    save("new")
    assert not watched_files.changes([str(tmp_path)])
