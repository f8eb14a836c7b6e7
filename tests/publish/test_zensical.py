"""The same repository builds with every engine, to the same pages with the same text."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbook.cli import main
from handbook.publish import build
from handbook.write.target import MARK
from tests.effort import FULL
from tests.sites import CONFIG, HOSTILE_NAME, ROOT, broken_links, run, write_site
from tests.trees import tree


class _Article(HTMLParser):
    """The text of a page's article, without the engines' own permalinks and buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = False
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        self._inside = self._inside or tag == "article"
        # Pages outside the navigation get their breadcrumbs from us, inside the article; one engine writes
        # hidden tags into it.
        skipped = {"headerlink", "md-path", "md-source-file", "md-tags"}
        if self._skipped or tag in {"script", "style"} or skipped & set(classes):
            self._skipped.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = False
        if self._skipped and self._skipped[-1] == tag:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and not self._skipped:
            self.words += data.split()


def texts(site: Path) -> dict[str, list[str]]:
    """The words of every page's article, by path."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Article()
        # The frame around it takes longer to read than the article.
        _, start, page = path.read_text(encoding="utf-8").partition("<article")
        parser.feed(start + page[: page.rfind("</article>") + len("</article>")])
        found[path.relative_to(site).as_posix()] = parser.words
    return found


def assert_same_texts(ours: Path, theirs: Path) -> None:
    """Two engines make the same pages with the same text."""
    first, second = texts(ours), texts(theirs)
    assert sorted(first) == sorted(second)
    assert [page for page in first if first[page] != second[page]] == []
    assert sum(map(len, first.values())) > 20_000


def test_both_engines_make_the_same_pages_with_the_same_text(
    shipped_build: Path, zensical_build: Path
) -> None:
    assert_same_texts(shipped_build, zensical_build)


@pytest.mark.skipif(not FULL, reason="`make test-all` installs ProperDocs in an environment of its own")
def test_properdocs_makes_the_same_pages_with_the_same_text(shipped_build: Path, tmp_path: Path) -> None:
    program = str(ROOT / ".venv/properdocs/bin/properdocs")
    command = [program, "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | build.QUIET, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    assert_same_texts(shipped_build, tmp_path / "site")


def test_every_internal_link_leads_somewhere_here_too(zensical_build: Path) -> None:
    assert broken_links(zensical_build) == []


def test_both_engines_have_the_same_six_tabs(shipped_build: Path, zensical_build: Path) -> None:
    for site in (shipped_build, zensical_build):
        page = (site / "index.html").read_text(encoding="utf-8")
        tabs = page.partition('class="hb-tabs"')[2].partition(">")[2].partition("</ul>")[0]
        names = [" ".join(re.sub(r"<[^>]*>", "", tab).split()) for tab in tabs.split("</li>")[:-1]]
        assert names == ["Home", "How we work", "Tools", "Data", "Experiments", "Team"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("start/find/", ["Home"]),
        ("flags/", ["Experiments"]),
        ("experiments/", []),
        ("contribute/pages/", ["How this handbook works"]),
    ],
)
def test_breadcrumbs_are_the_same_in_both_engines(
    shipped_build: Path, zensical_build: Path, path: str, expected: list[str]
) -> None:
    for site in (shipped_build, zensical_build):
        page = (site / path / "index.html").read_text(encoding="utf-8")
        trail = page.partition('<nav class="md-path ')[2].partition("<ol>")[2].partition("</ol>")[0]
        assert [
            " ".join(re.sub(r"<[^>]*>", "", item).split()) for item in trail.split("</li>")[:-1]
        ] == expected


def test_both_engines_publish_the_same_downloads_and_edit_links(
    shipped_build: Path, zensical_build: Path
) -> None:
    target = zensical_build
    for path in (
        "templates/prd/prd.markdown",
        "checklists/launch/launch.csv",
        "checklists/launch/launch.markdown",
        "processes/calendar.ics",
    ):
        assert (target / path).read_bytes() == (shipped_build / path).read_bytes()
    page = html.unescape((target / "tools/linear/index.html").read_text(encoding="utf-8"))
    assert "/edit/main/tools_inventory.yaml#L" in page
    assert page.count('<a href="../../contribute/">How this handbook works</a>') == 2
    assert page.count("Internal edition · shown as of 23 November 2026</p>") == 1
    assert 'data-md-component="source"' not in page


def test_both_engines_show_hostile_text_as_text(hostile_build: Path) -> None:
    for path in hostile_build.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>alert" not in page, path
        assert "<b>bold" not in page, path
        assert 'href="javascript' not in page, path
    words = " ".join(texts(hostile_build)["tools/hostile/index.html"])
    assert HOSTILE_NAME in words


def test_a_macro_with_an_unknown_id_stops_this_engine_too(tmp_path: Path) -> None:
    page = '# Home\n\n{% for id in ["liner"] %}{{ ref("tool", id) }}{% endfor %}\n'
    site = write_site(tmp_path, {"docs/index.md": page})
    done = run(site, "build", "--engine", "zensical", "--strict")
    assert done.returncode == 1
    assert "Unknown tool `liner`" in done.stdout + done.stderr
    assert not (site / "site").exists()


def test_what_a_view_writes_is_found_at_its_source_here_too(tmp_path: Path) -> None:
    view = "{{ entry.name }}\n\n<p onclick='alert(1)'>a</p>\n"
    done = run(write_site(tmp_path, {"macros/tool.jinja": view}), "build", "--engine", "zensical")
    assert "tools_inventory.yaml:1:1: HB601 error: `onclick` runs a script" in done.stderr
    assert not (tmp_path / "site").exists()


def test_pages_outside_the_navigation_have_breadcrumbs_here_too(tmp_path: Path) -> None:
    row = "  - {{id: t{n}, name: Tool {n}, summary: One of many., category: roadmap, status: trial}}\n"
    tools = "tools:\n" + "".join(row.format(n=n) for n in range(51))
    config = CONFIG + "nav:\n  - Home: index.md\n  - Tools: tools/\n"
    site = write_site(tmp_path, {"tools_inventory.yaml": tools, "mkdocs.yml": config})
    assert run(site, "build", "--engine", "zensical").returncode == 0
    page = (site / "site/tools/t7/index.html").read_text(encoding="utf-8")
    assert page.count('class="md-path ') == 1
    assert '<ol><li><a href="../">Tools</a></li></ol></nav>' in page
    assert broken_links(site / "site") == []


def test_pages_outside_the_folder_of_the_handbook_are_for_the_other_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write_site(tmp_path / "handbook", {"mkdocs.yml": f"{CONFIG}docs_dir: ../docs\n"})
    (site / "docs").rename(tmp_path / "docs")
    before = tree(tmp_path)
    monkeypatch.chdir(site)
    assert main(["build", "--engine", "zensical"]) == 1
    assert "Zensical can't read `docs_dir`" in capsys.readouterr().err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("code", [0, 1], ids=["silently", "with an error"])
def test_a_disk_that_is_full_after_this_engine_has_run_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    site = write_site(tmp_path, {"site/index.html": "old", f"site/{MARK}": ""})
    before = tree(site)
    done = subprocess.CompletedProcess(["zensical"], code, "Traceback (most recent call last):")
    monkeypatch.setattr(build, "run_engine", lambda *_: done)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
    monkeypatch.chdir(site)
    assert main(["build", "--engine", "zensical"]) == 2
    assert capsys.readouterr().err.endswith("site: no space left on device.\n")
    assert tree(site) == before
