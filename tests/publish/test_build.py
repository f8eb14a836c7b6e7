"""Building with MkDocs, as `handbook build` and as `mkdocs build`."""

from __future__ import annotations

import html
import os
import random
import re
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from handbook.base.errors import HandbookError
from handbook.check.rules.hb618_setting_name import ENGINE
from handbook.loaded.handbook import load
from handbook.publish import build as engines
from handbook.publish.errors import BuildError
from handbook.publish.mkdocs_values import made_file
from handbook.read.files import find_site
from handbook.write.target import MARK
from tests.conftest import MakeOnce
from tests.effort import FULL, runs
from tests.sites import CONFIG, GOAL_SCHEMA, ROOT, TOOL, WITH_HELP, broken_links, build, run, write_site
from tests.trees import tree
from tests.write.stopping import leave_between_two_renames

JIRA = "  - {id: jira, name: Jira, summary: Plans., category: project-management, status: trial}\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def article(page: Path) -> str:
    """The part of a built page that its author wrote."""
    return re.search(r"<article.*?</article>", page.read_text(encoding="utf-8"), re.DOTALL)[0]  # type: ignore[index]


def test_other_plugins_find_a_made_page_where_its_entry_is_and_any_other_in_the_configuration(
    tmp_path: Path,
) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOL})
    config = load_config(str(site / "mkdocs.yml"))
    config.plugins._current_plugin = "handbook"  # noqa: SLF001 - MkDocs sets it before it calls a plugin
    sources = [site / "tools_inventory.yaml", site / "gone.yaml", None]
    files = [made_file(config, "tools/linear.md", lambda: "# Linear\n", source) for source in sources]
    paths = [file.abs_src_path for file in files]
    assert paths == [str(site / name) for name in ("tools_inventory.yaml", "mkdocs.yml", "mkdocs.yml")]


def test_the_settings_that_validation_knows_are_those_of_the_engine() -> None:
    assert {"INHERIT", *MkDocsConfig().keys()} == ENGINE


@pytest.mark.skipif(not FULL, reason="builds the shipped handbook again; a small one is built so below")
def test_plain_mkdocs_builds_the_same_handbook_byte_for_byte(shipped_build: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    done = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(again))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert contents(shipped_build) == contents(again)
    template = again / "templates/prd/prd.markdown"
    assert template.read_text(encoding="utf-8").startswith("---\ntemplate: prd\n")


def test_every_internal_link_of_the_shipped_handbook_leads_somewhere(shipped_build: Path) -> None:
    assert broken_links(shipped_build) == []


def test_a_page_tells_who_keeps_it_and_opens_its_source_for_editing(shipped_build: Path) -> None:
    page = html.unescape((shipped_build / "processes/prd-review/index.html").read_text(encoding="utf-8"))
    assert "/edit/main/sources/processes/prd-review.yaml#L" in page
    assert "Owner: " in page
    assert " · Next review " in page
    written = (shipped_build / "index.html").read_text(encoding="utf-8")
    assert "/edit/main/docs/index.md" in written


def test_every_page_says_whose_it_is_whether_it_is_current_and_how_to_change_it(shipped_build: Path) -> None:
    pages = {
        path: html.unescape(path.read_text(encoding="utf-8")) for path in shipped_build.rglob("index.html")
    }
    # What has been removed has no owner, and the help is the engine's.
    others = ("This page was removed on", "This page comes with version")
    read = {
        path: text
        for path, text in pages.items()
        if "<article" in text and not any(sentence in text for sentence in others)
    }
    for asked in (
        r"Owner: <a ",
        r"Last reviewed \d|Review overdue since|Data as of \d",
        r">(?:Propose a change|Edit this page|Open the repository)</a>(?: <a [^>]*>Add [^<]*</a>)? <a ",
        r"</a> <a [^>]*>Report a problem</a>",
        r'<footer.*<a href="[^"]*">How this handbook works</a>',
        r"<footer.*Internal edition · shown as of 23 November 2026",
    ):
        assert [path for path, text in read.items() if not re.search(asked, text, re.DOTALL)] == []
    linked = r"Report a problem</a> <a [^>]*>Something missing\?</a> <a [^>]*>How this handbook works</a>"
    assert [path for path, text in read.items() if not re.search(linked, text)] == []
    foot = pages[shipped_build / "tools/linear/index.html"].partition("<footer")[2]
    assert re.search(r'data-hb="propose" data-hb-kind="tool" data-hb-id="linear">Propose a change</a>', foot)
    missing = html.unescape((shipped_build / "404.html").read_text(encoding="utf-8"))
    assert re.search(r'issues/new\?title=[^"]*">Report a problem</a>', missing)
    assert "How this handbook works" in missing


@pytest.mark.parametrize("command", [["build"], ["mkdocs", "build"]], ids=" ".join)
def test_findings_stop_the_build_before_anything_is_written(tmp_path: Path, command: list[str]) -> None:
    site = write_site(tmp_path, {"site/kept.html": "what was published before", f"site/{MARK}": ""})
    (site / "tools_inventory.yaml").write_text(TOOL.replace("trial", "Trial"), encoding="utf-8")
    done = run(site, *command)
    assert done.returncode == 1
    assert (
        "tools_inventory.yaml:6:13: HB104 error: Invalid value `Trial` for `status`"
        in done.stdout + done.stderr
    )
    assert "Traceback" not in done.stderr
    assert contents(site / "site") == {MARK: b"", "kept.html": b"what was published before"}


def test_a_macro_with_an_unknown_id_names_the_page_the_line_and_the_nearest_id(tmp_path: Path) -> None:
    page = '---\ntitle: Home\n---\n\n# Home\n\nWe plan in {{ tool("liner") }}.\n'
    done = run(write_site(tmp_path, {"docs/index.md": page}), "build")
    assert done.returncode == 1
    assert "docs/index.md:7:21: HB207 error: Unknown tool `liner`" in done.stdout
    assert "hint: Did you mean `linear`?" in done.stdout


@pytest.mark.parametrize("command", [["build"], ["mkdocs", "build"]], ids=" ".join)
def test_a_macro_whose_id_is_computed_fails_the_same_way(tmp_path: Path, command: list[str]) -> None:
    loop = '{% for id in ["linear", "liner"] %}\n{{ ref("tool", id) }}\n{% endfor %}\n'
    page = f"---\ntitle: Home\n---\n\n# Home\n\n{loop}"
    done = run(write_site(tmp_path, {"docs/index.md": page}), *command)
    assert done.returncode == 1
    assert "docs/index.md:8:1: HB207 error: Unknown tool `liner`" in done.stdout + done.stderr
    assert "Did you mean `linear`?" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_variable_that_does_not_exist_fails_the_build(tmp_path: Path) -> None:
    done = run(write_site(tmp_path, {"docs/index.md": "# Home\n\n{{ nothing_of_that_name }}\n"}), "build")
    assert done.returncode == 1


def test_pages_outside_the_navigation_still_have_breadcrumbs(tmp_path: Path) -> None:
    row = "  - {{id: t{n}, name: Tool {n}, summary: One of many., category: roadmap, status: trial}}\n"
    tools = "tools:\n" + "".join(row.format(n=n) for n in range(51))
    config = CONFIG + "nav:\n  - Home: index.md\n  - Tools: tools/\n"
    site = write_site(tmp_path, {"tools_inventory.yaml": tools, "mkdocs.yml": config})
    build(site, site / "site", "--strict")
    page = (site / "site/tools/t7/index.html").read_text(encoding="utf-8")
    trail = re.search(r'<nav class="md-path .*?</nav>', page, re.DOTALL)
    assert trail
    assert re.findall(r'href="([^"]*)"', trail[0]) == ["../"]
    assert "t8/" not in re.sub(r"<article.*</article>", "", page, flags=re.DOTALL)


def test_a_site_without_folder_addresses_and_in_another_folder_links_just_as_well(tmp_path: Path) -> None:
    config = f"""{WITH_HELP}docs_dir: pages
use_directory_urls: false
nav: [index.md, tools/]
validation:
  nav: {{omitted_files: warn}}
  links: {{anchors: warn, not_found: warn}}
"""
    files = {"mkdocs.yml": config, "pages/index.md": '# Home\n\n{{ ref("tool", "linear") }}\n'}
    # The help names these, too.
    site = write_site(tmp_path, {**files, "sources/handbook.yaml": "kinds: {template: off, process: off}\n"})
    build(site, site / "site", "--strict")
    assert 'href="tools/linear.html"' in article(site / "site/index.html")
    assert broken_links(site / "site") == []
    home = (site / "site/index.html").read_text(encoding="utf-8")
    assert '<a href="contribute/index.html">How this handbook works</a>' in home


@pytest.mark.parametrize("strict", [True, False])
def test_the_engine_is_as_strict_as_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, strict: bool
) -> None:
    def refuse(command: list[str], *_: object) -> subprocess.CompletedProcess[str]:
        assert ("--strict" in command) == strict
        return subprocess.CompletedProcess(command, 1, "Refused.", "")

    monkeypatch.setattr(engines, "run_engine", refuse)
    handbook = load(find_site(write_site(tmp_path, {})))
    with pytest.raises(BuildError):
        engines.build_with_mkdocs(handbook, tmp_path / "site", strict=strict)


def test_a_failed_build_leaves_the_site_as_it_was_and_nothing_beside_it(tmp_path: Path) -> None:
    site = write_site(tmp_path, {})
    assert run(site, "build").returncode == 0
    before = contents(site / "site")
    (site / "docs/index.md").write_text("# Home\n\n[nowhere](missing.md)\n", encoding="utf-8")
    assert run(site, "build", "--strict").returncode == 1
    assert contents(site / "site") == before
    assert sorted(path.name for path in site.iterdir()) == [
        "docs",
        "mkdocs.yml",
        "site",
        "tools_inventory.yaml",
    ]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"site/mine.txt": "precious"}, "it contains other files than a build"),
        ({"../victim/mine.txt": "precious"}, "is a link. Use a folder"),
    ],
)
def test_a_site_that_no_build_made_stays_when_mkdocs_is_run(
    tmp_path: Path, files: dict[str, str], why: str
) -> None:
    site = write_site(tmp_path / "handbook", files)
    if not (site / "site").exists():
        (site / "site").symlink_to("../victim", target_is_directory=True)
    before = tree(tmp_path)
    done = run(site, "mkdocs", "build")
    assert done.returncode == 1
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(tmp_path) == before


def test_mkdocs_and_handbook_build_into_the_same_folder_again_and_again(tmp_path: Path) -> None:
    site = write_site(tmp_path, {})
    built: list[dict[str, bytes]] = []
    for command in (["mkdocs", "build"], ["build"], ["mkdocs", "build"]):
        if built:
            leave_between_two_renames(site)
        assert run(site, *command).returncode == 0
        built.append(contents(site / "site"))
        assert not list(site.glob(".*.handbook-build"))
    assert MARK in built[0]
    assert built[0] == built[1] == built[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="sets a limit that only POSIX has")
def test_a_build_that_may_not_write_says_so_in_one_line_and_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"site/index.html": "old", f"site/{MARK}": ""})
    before = tree(site)
    words = ["sh", "-c", f"ulimit -f 20; exec {shlex.quote(sys.executable)} -m handbook build"]
    done = subprocess.run(words, cwd=site, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch("handbook: error: The website can't be written: .*: file too large\\.\n", done.stderr)
    assert tree(site) == before


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills groups of processes")
@pytest.mark.parametrize("seed", range(runs(sample=1, full=20)))
def test_a_build_that_is_killed_at_any_time_leaves_a_whole_site(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    site = write_site(tmp_path, {"site/index.html": "old", f"site/{MARK}": ""})
    command = [sys.executable, "-m", "handbook", "build"]
    with subprocess.Popen(command, cwd=site, start_new_session=True, stderr=subprocess.PIPE) as build:
        with suppress(subprocess.TimeoutExpired):
            build.wait(chance.uniform(0, 3))
        if build.returncode is None:  # A fast machine can have finished.
            if chance.random() < 0.5:
                build.kill()  # The engine that it started goes on for a while.
            else:
                os.killpg(build.pid, chance.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
        build.communicate()
    there = contents(site / "site")
    assert run(site, "build").returncode == 0
    assert there in ({MARK: b"", "index.html": b"old"}, contents(site / "site"))
    assert not list(site.glob(".site*"))


@pytest.fixture(scope="module")
def own(make_once: MakeOnce) -> Path:
    """A site with a page, a kind, a view and an entry of a company's own."""
    goals = "goals:\n  - {id: retention, name: Keep them, why: They *pay*., measured_in: jira}\n"
    files = {
        "tools_inventory.yaml": TOOL + JIRA,
        "docs/tools/linear.md": '# Linear at our company\n\nOurs.\n\n{{ tool("linear") }}\n',
        "schemas/goal.schema.json": GOAL_SCHEMA,
        "sources/goals.yaml": goals,
        "macros/goal.jinja": "## Why\n\n{{ entry.why }}\n\nMeasured in {{ entry.measured_in }}.\n",
    }
    return (
        make_once("own", lambda folder: build(write_site(folder, files), folder / "site", "--strict"))
        / "site"
    )


def test_a_hand_written_page_wins_and_can_embed_the_entry(own: Path) -> None:
    text = article(own / "tools/linear/index.html")
    assert "Linear at our company" in text
    assert "hb-chip--trial" in text


def test_a_company_adds_a_kind_with_a_schema_a_view_and_yaml(own: Path) -> None:
    page = article(own / "goals/retention/index.html")
    assert "<em>pay</em>" in page
    assert 'href="../../tools/jira/"' in page
    assert "Keep them" in article(own / "tools/jira/index.html")


@pytest.mark.parametrize("engine", sorted(engines.ENGINES))
def test_a_build_that_can_open_too_few_files_does_not_begin(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "handbook", {"docs/index.md": "# Home\n"})
    monkeypatch.setattr("handbook.publish.build.file_handles", lambda: 12)
    with pytest.raises(HandbookError, match="Only 12 files can be open"):
        engines.ENGINES[engine](load(site), site / "site", strict=False)
    assert not (site / "site").exists()
