"""`handbook build --versions`: the folder that a host serves."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from handbook.cli import main
from handbook.release import publishing, side_by_side
from handbook.write.target import mark
from tests.release.conftest import Shop
from tests.sites import without_address_warning


def engine(_handbook: Any, target: Path, *, strict: bool, changes: str | None = None) -> None:
    """A site engine that takes no time, and writes what it is told."""
    mark(target)
    (target / "assets/handbook").mkdir(parents=True)
    (target / "assets/handbook/forward.js").write_text("go", encoding="utf-8")
    (target / "index.html").write_text(f"{strict} {changes}", encoding="utf-8")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (publishing, side_by_side):
        monkeypatch.setattr(module, "build_with_mkdocs", engine)


def call(root: Path, *words: str) -> tuple[int, str]:
    """The exit code of a command, and what it says went wrong."""
    err = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()), redirect_stderr(err):
        patch.chdir(root)
        return main([*words]), without_address_warning(err.getvalue())


def build(root: Path, *words: str) -> tuple[int, str]:
    return call(root, "build", "--versions", *words)


def files(root: Path) -> dict[str, str]:
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in site.rglob("*.*")
        if path.is_file()
    }


def test_before_the_first_version_it_is_the_site_itself(shop: Shop) -> None:
    assert build(shop.root, "--strict") == (0, "")
    assert files(shop.root)["index.html"] == "True None"
    assert "versions.json" not in files(shop.root)


def test_versions_are_next_to_what_is_not_released_and_so_is_all_else_on_their_branch(shop: Shop) -> None:
    assert call(shop.root, "release", "2026.1") == (0, "")
    shop.git("checkout", "--quiet", "gh-pages")
    (shop.root / "CNAME").write_bytes(b"handbook.example.org\r\n")
    (shop.root / "main").mkdir()
    (shop.root / "main/old.html").write_text("of another program\n", encoding="utf-8")
    shop.git("add", "CNAME", "main/old.html")
    shop.git("commit", "--quiet", "--message", "Ours")
    shop.git("checkout", "--quiet", "main")
    shop.commit({"tools_inventory.yaml": "tools: []\n"})
    before = shop.refs()
    assert build(shop.root) == (0, "")
    found = files(shop.root)
    assert found["2026.1/index.html"] == found["latest/index.html"]
    assert "Linear</strong>: tool removed" in found["main/index.html"]
    assert 'href="latest/"' in found["index.html"]
    assert (shop.root / "site/CNAME").read_bytes() == b"handbook.example.org\r\n"
    assert "main/old.html" not in found
    versions = [(each["version"], each["title"]) for each in json.loads(found["versions.json"])]
    assert versions == [("main", "Unreleased"), ("2026.1", "2026.1")]
    assert (shop.refs(), shop.git("status", "--porcelain")) == (before, "")
    assert build(shop.root) == (0, ""), "a second time"


def test_a_clone_that_might_lack_the_versions_is_refused_and_the_site_stays(
    shop: Shop, tmp_path: Path
) -> None:
    shop.commit({})
    shallow = tmp_path / "shallow"
    shop.git("clone", "--quiet", "--depth=1", f"file://{shop.root}", str(shallow))
    code, said = build(shallow)
    assert (code, said.count("\n")) == (2, 1)
    assert "set `fetch-depth: 0` in CI" in said
    assert not (shallow / "site").exists()


def test_a_link_on_the_branch_is_refused_not_followed(shop: Shop) -> None:
    assert call(shop.root, "release", "2026.1") == (0, "")
    shop.git("checkout", "--quiet", "gh-pages")
    (shop.root / "secret").symlink_to("/etc/passwd")
    shop.git("add", "secret")
    shop.git("commit", "--quiet", "--message", "A link")
    shop.git("checkout", "--quiet", "main")
    code, said = build(shop.root)
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("handbook: error: secret on gh-pages is a link")
    assert not (shop.root / "site").exists()


def test_only_mkdocs_builds_versions(shop: Shop) -> None:
    code, said = build(shop.root, "--engine", "zensical")
    assert (code, said.split(".")[0]) == (2, "handbook: error: Versions are built with MkDocs")
