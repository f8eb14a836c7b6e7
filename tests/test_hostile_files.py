"""Only plain files of the site are read and published; all else is said, in bounded time."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from xml.etree.ElementTree import fromstring

import pytest

from handbook.cli import main
from handbook.loaded.handbook import load
from handbook.output import FORMATS, renderer
from handbook.publish.zensical import stage
from handbook.read.files import NoSiteError, Site, find_site
from handbook.read.plain_file import MOST_OF_A_FILE, MOST_OF_A_TEXT, UnusableError, read_plain_file
from tests.conftest import TODAY
from tests.sites import TOOL, WITHOUT_HELP, run, write_site

SECRET = "hbsecret"  # noqa: S105 - a word to look for
SECONDS = 300

Break = Callable[[Path], object]
"""Puts something into a site that is no plain file of it."""


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """Whoever waits for a pipe or reads a device that never ends is stopped."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"it takes more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a folder for each sort of file, and a secret beside it."""
    theme = "theme: {name: material, font: false, custom_dir: overrides}\n"
    overrides = f"site_name: T\n{theme}{WITHOUT_HELP}"
    files = {"mkdocs.yml": overrides, "overrides/main.html": "", "sources/processes/a.txt": ""}
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.yaml").write_text(f"tools: [{SECRET}]\n", encoding="utf-8")
    return write_site(tmp_path / "site-of-test", files | {"macros/a.txt": "", "schemas/a.txt": ""})


def link(path: str, target: str) -> Break:
    return lambda root: (root / path).symlink_to(target)


def pipe(path: str) -> Break:
    return lambda root: os.mkfifo(root / path)


def large(path: str, size: int) -> Break:
    """A file of a size without any blocks on the disk."""

    def make(root: Path) -> None:
        (root / path).touch()
        os.truncate(root / path, size)

    return make


def bound(path: str) -> Break:
    """A socket."""

    def make(root: Path) -> None:
        before = Path.cwd()
        os.chdir((root / path).parent)  # its whole path may be too long for a socket
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(Path(path).name)
        os.chdir(before)

    return make


def instead(path: str, then: Break) -> Break:
    """Something in the place of a file or a folder."""

    def make(root: Path) -> None:
        (root / path).rename(root.parent / "moved")
        then(root)

    return make


PLACES = (
    *(
        "sources/processes/f.yaml",
        "sources/roles.yaml",
        "sources/handbook.yaml",
        "docs/page.md",
        "docs/a/leak.txt",
    ),
    *(
        "docs/picture.png",
        "macros/tool.jinja",
        "macros/.hidden.jinja",
        "overrides/partials.html",
        "docs/.hidden",
    ),
)
CASES: dict[str, tuple[str, Break]] = {}
for place in PLACES:
    CASES[f"a link out at {place}"] = place, link(place, "/proc/self/environ")
    CASES[f"a link to a device at {place}"] = place, link(place, "/dev/zero")
    CASES[f"a pipe at {place}"] = place, pipe(place)
CASES |= {
    "a link to a file of the site": ("docs/again.md", link("docs/again.md", "index.md")),
    "a link to nothing": ("docs/gone.md", link("docs/gone.md", "gone-too.md")),
    "a link to itself": ("docs/loop.md", link("docs/loop.md", "loop.md")),
    "a link to the folder above": ("docs/up", link("docs/up", "..")),
    "a link to everything": ("docs/all", link("docs/all", "/")),
    "a link to everything in a hidden folder": ("docs/.all", link("docs/.all", "/")),
    "a folder of sources elsewhere": ("sources/tools", link("sources/tools", "../../outside")),
    "all sources elsewhere": ("sources", instead("sources", link("sources", "../outside"))),
    "all pages elsewhere": ("docs", instead("docs", link("docs", "../moved"))),
    "all views elsewhere": ("macros", instead("macros", link("macros", "../moved"))),
    "all schemas elsewhere": ("schemas", instead("schemas", link("schemas", "../moved"))),
    "the theme elsewhere": ("overrides", instead("overrides", link("overrides", "../moved"))),
    "the tools elsewhere": (
        "tools_inventory.yaml",
        instead("tools_inventory.yaml", link("tools_inventory.yaml", "../outside/secret.yaml")),
    ),
    "a socket": ("docs/s.md", bound("docs/s.md")),
    "a page that is too large": ("docs/l.md", large("docs/l.md", MOST_OF_A_TEXT + 1)),
    "a picture that is too large": ("docs/l.png", large("docs/l.png", MOST_OF_A_FILE + 1)),
    "a source that is too large": ("sources/processes/l.yaml", large("sources/processes/l.yaml", 10**11)),
}


def prepare(root: Path, name: str) -> Site:
    """The site with a case put into it."""
    place, make = CASES[name]
    (root / place).parent.mkdir(exist_ok=True)
    make(root)
    return find_site(root)


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_plain_file_is_said_and_not_read(name: str, root: Path) -> None:
    report = load(prepare(root, name), TODAY).report
    assert [(finding.path, finding.code) for finding in report.findings] == [(CASES[name][0], "HB001")]
    assert set(report.lines.values()) <= {""}
    assert report.findings[0].hint


def test_only_where_links_are_allowed_is_one_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, name = root / "mkdocs.yml", root / "link.yml"
    name.symlink_to(file)
    assert read_plain_file(name, follow=True) == file.read_bytes()
    # It was a file when it was looked at.
    monkeypatch.setattr(Path, "lstat", Path.stat)
    with pytest.raises(UnusableError):
        read_plain_file(name)


@pytest.mark.parametrize(
    "name", ["a link to a device at schemas/b.schema.json", "a pipe at schemas/b.schema.json"]
)
def test_a_schema_that_is_no_plain_file_is_a_wrong_schema(name: str, root: Path) -> None:
    path = "schemas/b.schema.json"
    (link(path, "/dev/zero") if "link" in name else pipe(path))(root)
    report = load(find_site(root), TODAY).report
    assert [(finding.path, finding.code) for finding in report.findings] == [(path, "HB109")]


@pytest.mark.parametrize(
    "make", [link("mkdocs.yml", "/dev/zero"), pipe("mkdocs.yml"), large("mkdocs.yml", 10**11)]
)
def test_a_configuration_that_is_no_plain_file_is_one_line(
    make: Break, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mkdocs.yml").unlink()
    make(root)
    monkeypatch.chdir(root)
    assert main(["validate"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith(f"handbook: error: {root}/mkdocs.yml: ")
    with pytest.raises(NoSiteError):
        find_site(root)


def test_a_lock_that_an_editor_leaves_is_not_looked_at(root: Path) -> None:
    (root / "docs/.#index.md").symlink_to("someone@host.4711:1")
    assert load(find_site(root), TODAY).report.findings == ()


def test_a_folder_that_ends_like_a_page_is_a_folder(root: Path) -> None:
    (root / "docs/notes.md").mkdir()
    (root / "docs/notes.md/page.md").write_text("# Page\n", encoding="utf-8")
    handbook = load(find_site(root), TODAY)
    assert handbook.is_sound
    assert list(handbook.pages) == ["index.md", "notes.md/page.md"]


NAMES = {
    "a page": b"docs/caf\xe9.md",
    "a picture": b"docs/caf\xe9.png",
    "a folder": b"docs/caf\xe9",
    "a source": b"sources/processes/\xff\xfe.yaml",
    "a name over two lines": b"docs/a\nb.md",
    "a name that turns its end round": "docs/a\u202egnp.md".encode(),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", sorted({*FORMATS} - {"github-suggestions"}))  # only what has a fix
def test_a_name_that_is_no_text_is_said_in_every_format(name: str, form: str, root: Path) -> None:
    path = os.fsencode(root) + b"/" + NAMES[name]
    if name == "a folder":
        Path(os.fsdecode(path)).mkdir()
        path += b"/page.md"
    Path(os.fsdecode(path)).write_text("# Page\n", encoding="utf-8")
    report = load(find_site(root), TODAY).report
    assert [finding.code for finding in report.findings] == ["HB014"]
    said = renderer(form)(report)
    assert said.encode()
    assert "HB014" in said
    if form in {"json", "gitlab", "sarif"}:
        json.loads(said)
    if form == "junit":
        fromstring(said)  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("text", "place"), [(b"# Caf\xe9\n", (1, 6)), (b"---\ntitle: A\n---\r\n\xff", (4, 1))]
)
@pytest.mark.parametrize("command", ["validate", "list"])
def test_a_page_that_is_not_utf_8_is_said_with_its_line(
    text: bytes, place: tuple[int, int], command: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "docs/page.md").write_bytes(text)
    monkeypatch.chdir(root)
    assert main([command, *(["tool"] if command == "list" else [])]) == (2 if command == "list" else 1)
    handbook = load(find_site(root), TODAY)
    found = [(finding.path, finding.code, *finding.span[:2]) for finding in handbook.report.findings]
    assert found == [("docs/page.md", "HB002", *place)]
    assert "page.md" not in handbook.pages


def test_a_document_may_be_a_link_and_no_pipe(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    (root.parent / "outside/d.md").write_text("# Draft\n", encoding="utf-8")
    (root / "d.md").symlink_to("../outside/d.md")
    os.mkfifo(root / "p.md")
    assert main(["lint", "d.md", "p.md"]) == 1
    said = capsys.readouterr().out
    assert "d.md:1:1: HB505" in said
    assert "p.md:1:1: HB501 error: Not a file but a pipe" in said


def test_an_entry_is_not_written_through_a_link(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = root.parent / "outside/tools.yaml"
    target.write_text(TOOL, encoding="utf-8")
    (root / "tools_inventory.yaml").unlink()
    (root / "tools_inventory.yaml").symlink_to(target)
    monkeypatch.chdir(root)
    assert main(["new", "tool", "miro"]) == 2
    assert "Links to other files or folders are not followed" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == TOOL


def test_zensical_is_staged_without_what_a_link_leads_to(root: Path, tmp_path: Path) -> None:
    """Even if a link comes after the check."""
    handbook = load(find_site(root), TODAY)
    (root / "docs/leak.txt").symlink_to("../../outside/secret.yaml")
    (root / "docs/leaks").symlink_to("../../outside")
    (root / "leaks").symlink_to("../outside")
    os.mkfifo(root / "pipe")
    stage(handbook, tmp_path / "staged")
    assert not [
        path
        for path in (tmp_path / "staged").rglob("*")
        if path.is_file() and SECRET in path.read_text("utf-8", "replace")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("command", [("mkdocs", "build", "-q"), ("build",)])
def test_no_build_publishes_what_a_link_leads_to(command: tuple[str, ...], root: Path) -> None:
    write_site(root, {})
    (root / "docs/leak.txt").symlink_to("../../outside/secret.yaml")
    done = run(root, *command)
    assert done.returncode == 1
    assert (
        "docs/leak.txt:1:1: HB001 error: Links to other files or folders are not followed"
        in done.stdout + done.stderr
    )
    assert SECRET not in done.stdout + done.stderr
    assert not (root / "site/leak.txt").exists()


@pytest.mark.parametrize("docs", ["/", "..", ".", "''"])
def test_a_docs_folder_that_contains_its_own_site_is_refused_and_not_walked_through(
    tmp_path: Path, docs: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"docs_dir: {docs}\n", encoding="utf-8")
    with pytest.raises(NoSiteError, match="`docs_dir` contains the site's own folder"):
        find_site(tmp_path)
