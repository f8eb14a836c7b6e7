"""Content types that are switched off: the rest of the handbook stays whole and reads well."""

from __future__ import annotations

import html
import posixpath
import random
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import jinja2
import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.prose import prose
from handbook.loaded.handbook import Handbook, load
from handbook.read.files import find_site
from tests.conftest import TODAY, Command
from tests.effort import FULL
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of
from tests.shipped import load_shipped
from tests.sites import ROOT, broken_links, build, write_site

ALL = sorted(load_shipped().context.kinds)


BEGINS = re.compile(r"\s*([-*]|[0-9]+\.) ")
GAP = re.compile(r"&#40;None&#41;|<dd></dd>|<td></td></tr>|<p [^>]*>\s*</p>|<ul>\s*</ul>")
EMPTY = re.compile(r"^(#{2,5}) [^\n]*\n\s*(?=\Z|#{1,5} )(?!\1#)", re.MULTILINE)


def site_without(folder: Path, off: Iterable[str]) -> Path:
    """A copy of this repository's handbook with some content types switched off."""
    for name in ("docs", "sources"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "tools_inventory.yaml"):
        shutil.copy(ROOT / name, folder)
    (folder / "macros").mkdir()
    shutil.copy(ROOT / "macros/__init__.py", folder / "macros")
    settings = folder / "sources/handbook.yaml"
    states = "".join(f"  {kind}: off\n" for kind in off)
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nkinds:\n{states}", encoding="utf-8")
    return folder


def errors_in(folder: Path) -> list[Finding]:
    """What stops a build."""
    return [found for found in load(find_site(folder), TODAY).findings if found.severity is Severity.ERROR]


def edit(folder: Path, found: Iterable[Finding], off: Iterable[str]) -> None:
    """Change what errors name, as an author would who wants the content types gone.

    A page in the folder of such a content type goes; on other pages, the row, the item or the paragraph does.
    """
    folders = tuple(f"docs/{load_shipped().context.kinds[kind].page}/" for kind in off)
    lines_of: dict[str, set[int]] = {}
    for finding in found:
        lines_of.setdefault(finding.path, set()).add(finding.span.line - 1)
    for path, marked in lines_of.items():
        page = folder / path
        if path.startswith(folders):
            page.unlink()
            continue
        lines = page.read_text(encoding="utf-8").split("\n")
        gone = {each for number in marked for each in passage(lines, number)}
        text = "\n".join(line for number, line in enumerate(lines) if number not in gone)
        page.write_text(without_empty_parts(text), encoding="utf-8")


def passage(lines: Sequence[str], number: int) -> range:
    """The lines of the row, the item or the paragraph with a line."""
    start = end = number
    if not lines[number].startswith("|"):
        while lines[start - 1].strip() and not BEGINS.match(lines[start]):
            start -= 1
        while lines[end + 1].strip() and not BEGINS.match(lines[end + 1]):
            end += 1
    return range(start, end + 1)


def without_empty_parts(text: str) -> str:
    """A page without tables that have no rows, and without headings that have no text."""
    text = re.sub(r"\n\|[^\n]*\n\|[-| :]+\n(?!\|)", "\n", text)
    while text != (text := EMPTY.sub("", text)):
        pass
    return text


def finished_site(folder: Path, off: Sequence[str]) -> Handbook:
    """The handbook without content types, after its author has changed what the findings name."""
    site_without(folder, off)
    for _ in range(3):
        found = errors_in(folder)
        if not found:
            break
        assert all(finding.path.startswith("docs/") for finding in found), found
        edit(folder, found, off)
    handbook = load(find_site(folder), TODAY)
    assert handbook.is_sound, handbook.findings
    return handbook


def texts_of(handbook: Handbook) -> dict[str, str]:
    """Every page as Markdown, with the macros on it shown."""
    texts = {path: page.markdown for path, page in pages_of(handbook).items()}
    gate = handbook.catalogue.gate
    for page in handbook.pages.values():
        text = page.body
        if page.meta.get("render_macros", True):
            text = jinja2.Template(text).render(macros_of(handbook, page.path))
        texts[page.path] = gate.page(text, page.path)
    return texts


def lost_links(texts: Mapping[str, str], off: Iterable[str]) -> list[str]:
    """The links to the pages of content types that are off."""
    kinds = load_shipped().context.kinds
    folders = tuple(f"{kinds[kind].page}/" for kind in off)
    found = []
    for path, text in texts.items():
        published = path.removesuffix("index.md").removesuffix(".md")
        links = [(posixpath.dirname(path), link) for link in re.findall(r"\]\(([^)#\s]+)", prose(text))]
        links += [(published, link) for link in re.findall(r'href="([^"#]+)', text)]
        for folder, link in links:
            target = posixpath.normpath(posixpath.join(folder, html.unescape(link)))
            page = f"{target}/index.md" if f"{target}/index.md" in texts else f"{target}.md"
            if f"{target}/".startswith(folders) and not {target, page} & texts.keys():
                found.append(f"{path}: {link}")
    return found


def gaps_in(text: str) -> list[str]:
    """The parts of a page that show that something is missing."""
    return [match[0] for sign in (EMPTY, GAP) for match in sign.finditer(text)]


SUBSETS = {
    "tools and processes only": [kind for kind in ALL if kind not in {"tool", "process"}],
    "no experiments": ["experiment", "flag"],
    "no research": ["feedback_source", "theme", "study"],
    **{f"only {kind}": [other for other in ALL if other != kind] for kind in ALL},
    **{f"random {seed}": random.Random(seed).sample(ALL, 6) for seed in range(20)},  # noqa: S311 - a sample
}


@pytest.mark.parametrize("name", SUBSETS if FULL else ["only process"])
def test_what_is_left_has_no_dead_links_and_no_gaps(tmp_path: Path, name: str) -> None:
    off = SUBSETS[name]
    handbook = finished_site(tmp_path, off)
    assert not handbook.kinds.keys() & set(off)
    texts = texts_of(handbook)
    kinds = load_shipped().context.kinds
    assert not [path for path in texts if path in {f"{kinds[kind].page}/index.md" for kind in off}]
    assert lost_links(texts, off) == []
    assert {path: parts for path, text in texts.items() if (parts := gaps_in(text))} == {}


@pytest.mark.skipif(not FULL, reason="builds the shipped handbook again; its pages are made in memory above")
def test_tools_and_processes_alone_build_strictly(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    finished_site(site, SUBSETS["tools and processes only"])
    settings = site / "sources/handbook.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\nrules:", "\nrules:\n  HB331: off"), encoding="utf-8")
    build(site, tmp_path / "built", "--strict")
    assert broken_links(tmp_path / "built") == []
    assert not [
        found
        for found in ("teams", "roles", "metrics", "data/metrics.json")
        if (tmp_path / "built" / found).exists()
    ]


def test_a_view_of_the_site_can_name_a_field_that_is_off(tmp_path: Path) -> None:
    files = {
        "sources/handbook.yaml": "kinds: {tool: off}\n",
        "sources/metrics.yaml": "metrics: [{id: a, name: A, summary: B., status: agreed, definition: C.}]\n",
        "macros/metric.jinja": "Tool: {{ entry.source_tool }}.\n",
    }
    handbook = load(find_site(write_site(tmp_path, files)), TODAY)
    assert [found for found in handbook.findings if found.code == "HB210"] == []
    assert "Tool: ." in pages_of(handbook)["metrics/a.md"].markdown


@pytest.mark.parametrize("off", [["experiment"], ALL])
def test_a_command_says_that_a_content_type_is_off(
    tmp_path: Path, command: Command, off: Sequence[str]
) -> None:
    kinds = ", ".join(f"{kind}: off" for kind in off)
    files = {"sources/handbook.yaml": f"kinds: {{{kinds}}}\n", "tools_inventory.yaml": "tools: []\n"}
    site = write_site(tmp_path, files)
    says = "The content type `experiment` is off. Remove `experiment: off` from sources/handbook"
    for words in ("new experiment a", "list experiment", "show experiment a", "experiment plan a"):
        done = command(site, *words.split())
        assert (done.returncode, done.stdout) == (2, ""), words
        assert says in done.stderr, words
    write_site(tmp_path, {**files, "sources/odd.yaml": "a: 1\n"})
    assert "sources/odd.yaml:1:1: HB206" in command(site, "validate").stdout
