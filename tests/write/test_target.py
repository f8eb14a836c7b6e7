"""Which folders a build may replace: what it refuses stays as it is, to the last byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.read.files import Site, find_site
from handbook.write.errors import NotWrittenError
from handbook.write.target import MARK, check_target, mark
from tests.sites import write_site
from tests.trees import tree

REFUSED = {
    ".": "it contains the handbook's sources",
    "": "it contains the handbook's sources",
    "..": "it contains the handbook's sources",
    "../": "it contains the handbook's sources",
    "../..": "it contains the handbook's sources",
    "/": "it contains the handbook's sources",
    "{root}": "it contains the handbook's sources",
    "{root}/new/..": "it contains the handbook's sources",
    "~": "it contains other files than a build",
    "text": "it contains the handbook's sources",
    "text/": "it contains the handbook's sources",
    "TEXT": "it contains the handbook's sources",
    "text/new": "it is inside the handbook's sources",
    "Text/new": "it is inside the handbook's sources",
    "notes/../text/built": "it is inside the handbook's sources",
    "docs": "it contains the handbook's sources",
    "docs/new": "it is inside the handbook's sources",
    "sources": "it contains the handbook's sources",
    "sources/empty": "it is inside the handbook's sources",
    "schemas": "it contains the handbook's sources",
    "macros": "it contains the handbook's sources",
    "overrides": "it contains the handbook's sources",
    "Macros/site": "it is inside the handbook's sources",
    ".git": "it contains git's own files",
    ".git/new": "it contains git's own files",
    "../other/.git/new": "it contains git's own files",
    "../other": "it contains other files than a build",
    "marked-repository": ".git is not from a build",
    "notes": "it contains other files than a build",
    "notes/": "it contains other files than a build",
    "./notes": "it contains other files than a build",
    "new/../notes": "it contains other files than a build",
    "../handbook/notes": "it contains other files than a build",
    "hidden": "it contains other files than a build",
    "linked-mark": "it contains other files than a build",
    "file.txt": "it is a file",
    "link": "is a link",
    "link/": "is a link",
    "link/new": "is a link",
    "link/../new": "is a link",
    "dangling": "is a link",
    "loop": "is a link",
    "../link": "is a link",
    "marked-link": "link is not from a build",
    "marked-link-below": "link is not from a build",
    "n" * 300: "file name too long",
}
"""What each folder of `estate` is refused for."""


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in a repository, with much around it that no build may touch."""
    root = tmp_path / "shelf/handbook"
    config = "site_name: Test\ndocs_dir: text\n"
    write_site(root, {"mkdocs.yml": config, "text/index.md": "# Home\n", "docs/old.md": "Old.\n"})
    for name in (
        ".git/HEAD",
        "notes/mine.txt",
        "file.txt",
        "../../victim/precious.txt",
        "../other/.git/HEAD",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("precious", encoding="utf-8")
    for name in ("sources/empty", "text/built", "hidden/.config", "../other/docs", "linked-mark"):
        (root / name).mkdir(parents=True)
    for name in (
        "text/built",
        "marked-link",
        "marked-link-below/a/b",
        "marked-link-below",
        "marked-repository",
    ):
        mark(root / name)
    (root / "marked-repository/.git").mkdir()
    for name in ("link", "marked-link/link", "marked-link-below/a/b/link", "../link"):
        (root / name).symlink_to(tmp_path / "victim", target_is_directory=True)
    (root / "linked-mark" / MARK).symlink_to(root / "file.txt")
    (root / "dangling").symlink_to(tmp_path / "nowhere")
    (root / "loop").symlink_to("loop")
    monkeypatch.setenv("HOME", str(tmp_path / "victim"))
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(("name", "why"), REFUSED.items(), ids=lambda text: text[:30])
def test_a_folder_that_no_build_made_is_refused_in_one_line_and_stays(
    estate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, why: str
) -> None:
    before = tree(tmp_path)
    # A shell would have expanded it.
    path = name.format(root=estate).replace("~", os.environ["HOME"])
    assert main(["build", "--site-dir", path]) == 2
    said = capsys.readouterr()
    assert why in said.err
    assert said.err.startswith("handbook: error: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert tree(tmp_path) == before


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="needs a file system that is mounted")
def test_a_mount_point_is_refused(estate: Path) -> None:
    with pytest.raises(NotWrittenError, match=r"a file system is mounted there. Use a folder in it"):
        check_target(find_site(estate), Path("/proc"))


@pytest.mark.parametrize("name", ["/proc/new", "/proc/new/deeper", "file.txt/new"])
@pytest.mark.skipif(not Path("/proc").exists(), reason="needs a folder in which not even root may write")
@pytest.mark.usefixtures("estate")
def test_a_folder_that_cannot_be_made_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = tree(tmp_path)
    assert main(["build", "--site-dir", name]) == 2
    assert capsys.readouterr().err.startswith(f"handbook: error: Could not write {name}: ")
    assert tree(tmp_path) == before


@pytest.fixture
def site(estate: Path) -> Site:
    return find_site(estate)


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("site", "shelf/handbook/site"),
        ("site/", "shelf/handbook/site"),
        ("new/deeper", "shelf/handbook/new/deeper"),
        ("new/../site", "shelf/handbook/site"),
        ("documents", "shelf/handbook/documents"),
        ("../beside", "shelf/beside"),
        ("../../beside", "beside"),
        ("{tmp}/absolute", "absolute"),
        ("../link/new", "victim/new"),
        ("../link/../victim/new", "victim/new"),
    ],
)
def test_a_new_folder_may_be_built_and_a_link_outside_the_repository_is_the_users_own(
    site: Site, tmp_path: Path, name: str, leads_to: str
) -> None:
    assert check_target(site, Path(name.format(tmp=tmp_path))) == tmp_path / leads_to


def test_a_folder_that_is_empty_or_was_built_may_be_replaced(site: Site) -> None:
    (site.root / "site").mkdir()
    assert check_target(site, Path("site")) == site.root / "site"
    mark(site.root / "site")
    (site.root / "site/tools").mkdir()
    (site.root / "site/tools/index.html").write_text("built", encoding="utf-8")
    assert check_target(site, Path("site")) == site.root / "site"


def test_where_the_command_was_started_does_not_matter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.root / "text")
    with pytest.raises(NotWrittenError, match="it contains the handbook's sources"):
        check_target(site, Path())
    assert check_target(site, Path("../site")) == site.root / "site"


def test_another_name_for_the_sources_is_the_same_folder(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands for a name that only the file system knows to be the same, as in NFC and NFD on macOS."""
    alias, same = site.root / "tëxt", site.root / "text"
    alias.mkdir()
    samefile = Path.samefile
    monkeypatch.setattr(
        Path,
        "samefile",
        lambda path, other: samefile(same if path == alias else path, other),
    )
    with pytest.raises(NotWrittenError, match="it is inside the handbook's sources"):
        check_target(site, alias / "new")
