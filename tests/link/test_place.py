"""Links lead where they should, however the site is addressed."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.diff.git_process import run_git
from handbook.link.place import Place
from handbook.read.files import Site
from handbook.render.repository import Repository
from tests.sites import ROOT


@pytest.mark.parametrize(
    ("page", "target", "folders", "files"),
    [
        ("index.md", "tools/linear.md", "tools/linear/", "tools/linear.html"),
        ("tools/linear.md", "tools/jira.md", "../jira/", "jira.html"),
        ("tools/index.md", "tools/jira.md", "jira/", "jira.html"),
        ("tools/linear.md", "index.md", "../../", "../index.html"),
        ("tools/linear.md", "tools/index.md", "../", "index.html"),
        ("tools/linear.md", "a b/ü.md", "../../a%20b/%C3%BC/", "../a%20b/%C3%BC.html"),
        ("tools/linear.md", "files/plan.pdf", "../../files/plan.pdf", "../files/plan.pdf"),
    ],
)
def test_a_page_is_found_from_any_other(page: str, target: str, folders: str, files: str) -> None:
    assert Place(page, directory_urls=True).url(target) == folders
    assert Place(page, directory_urls=False).url(target) == files


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.com/a", "https://example.com/a"),
        ("HTTP://example.com", "HTTP://example.com"),
        ("mailto:ops@example.com", "mailto:ops@example.com"),
        ("templates/prd.md#goal", "../../templates/prd/#goal"),
        ("templates/prd.md?print=1", "../../templates/prd/?print=1"),
        ("./templates/../tools/jira.md", "../jira/"),
        ("#steps", "#steps"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.com", None),
        ("https:example.com", None),
        ("with space.md", None),
    ],
)
def test_only_harmless_addresses_are_followed(target: str, address: str | None) -> None:
    assert Place("tools/linear.md").resolve(target) == address


@pytest.mark.parametrize(
    ("repository", "edit_uri", "expected"),
    [
        (
            "https://github.com/acme/handbook",
            "edit/main/docs/",
            "https://github.com/acme/handbook/edit/main/sources/teams.yaml#L7",
        ),
        (
            "https://gitlab.com/acme/ops/handbook/",
            "-/edit/main/docs/",
            "https://gitlab.com/acme/ops/handbook/-/edit/main/sources/teams.yaml#L7",
        ),
        (
            "https://github.com/acme/mono",
            "edit/main/handbook/docs/",
            "https://github.com/acme/mono/edit/main/handbook/sources/teams.yaml#L7",
        ),
        (
            "https://git.acme.example",
            "https://git.acme.example/x/edit/main/docs/",
            "https://git.acme.example/x/edit/main/sources/teams.yaml#L7",
        ),
    ],
)
def test_edit_this_page_opens_the_source_at_its_line(repository: str, edit_uri: str, expected: str) -> None:
    site = Site(ROOT, ROOT / "docs")
    assert Repository(site, repository, edit_uri).edit_url("sources/teams.yaml", 7) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/acme/mono", "https://github.com/acme/mono/edit/BRANCH/book/docs/index.md"),
        ("https://gitlab.com/acme/mono", "https://gitlab.com/acme/mono/-/edit/BRANCH/book/docs/index.md"),
        ("https://git.acme.example/mono", None),
    ],
)
def test_without_a_setting_pages_are_edited_on_the_default_branch(
    tmp_path: Path, url: str, expected: str | None
) -> None:
    site = Site(tmp_path / "book", tmp_path / "book/docs")
    site.docs.mkdir(parents=True)

    def link(branch: str) -> bool:
        found = Repository.of(site, {"repo_url": url}).edit_url("docs/index.md")
        return found == (expected and expected.replace("BRANCH", branch))

    run_git(tmp_path, ("init", "-q", "-b", "trunk"), b"", {})
    assert link("main")
    origin = "refs/remotes/origin"
    run_git(tmp_path, ("symbolic-ref", f"{origin}/HEAD", f"{origin}/team/trunk"), b"", {})
    assert link("team/trunk")
    assert Repository.of(site, {"repo_url": url, "edit_uri": ""}).edit_url("docs/index.md") is None


def test_without_a_repository_there_is_nothing_to_edit() -> None:
    site = Site(ROOT, ROOT / "docs")
    assert Repository(site, None, "edit/main/docs/").edit_url("sources/teams.yaml", 7) is None
    assert Repository(site, "https://github.com/acme/handbook", None).edit_url("sources/teams.yaml") is None
