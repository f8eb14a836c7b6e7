"""Other plugins in the same `mkdocs.yml`: each works, or a finding says what to do."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from tests.diff.repositories import commit
from tests.effort import FULL
from tests.sites import CONFIG, TOOL, run, write_site

PLUGINS = {
    "mkdocs_awesome_nav": "awesome-nav",
    "mkdocs_redirects": "redirects: {redirect_maps: {old.md: tools/linear.md}}",
    "mkdocs_git_revision_date_localized_plugin": "git-revision-date-localized",
    "mkdocs_rss_plugin": "rss",
}
"""The plugins that work, by their package."""


def with_plugin(plugin: str) -> str:
    return CONFIG.replace("  - handbook\n", f"  - handbook\n  - {plugin}\n")


def missing_plugin(package: str) -> bool:
    return not FULL or importlib.util.find_spec(package) is None


@pytest.mark.slow
@pytest.mark.parametrize("package", PLUGINS)
def test_a_plugin_builds_next_to_ours_without_a_word(tmp_path: Path, package: str) -> None:
    if missing_plugin(package):
        pytest.skip("`make test-all` builds with other plugins, where they are installed")
    config = f"{with_plugin(PLUGINS[package])}site_url: https://acme.example/\n"
    site = write_site(tmp_path, {"mkdocs.yml": config, "docs/index.md": "# Home\n\n[T](tools/index.md)\n"})
    commit(site, {})
    done = run(site, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert (site / "site/tools/linear/index.html").is_file()


@pytest.mark.slow
def test_the_script_of_a_plugin_is_named_with_the_setting_that_allows_it(tmp_path: Path) -> None:
    if missing_plugin("mkdocs_glightbox"):
        pytest.skip("`make test-all` builds with other plugins, where they are installed")
    site = write_site(tmp_path, {"mkdocs.yml": with_plugin("glightbox")})
    assert "Add `glightbox` to `security.allow_inline_from`" in run(site, "build").stderr
    (site / "sources").mkdir()
    setting = "security: {allow_inline_from: [glightbox]}\n"
    (site / "sources/handbook.yaml").write_text(setting, encoding="utf-8")
    assert run(site, "build", "--strict").stderr == ""


def test_a_plugin_that_drops_the_pages_of_entries_is_refused(
    check: Callable[[Mapping[str, str]], list[Finding]],
) -> None:
    config = with_plugin("i18n: {languages: [{locale: en, default: true, name: English}]}")
    (finding,) = check({"mkdocs.yml": config, "tools_inventory.yaml": TOOL, "docs/index.md": "# Home\n"})
    assert (finding.code, finding.span.line) == ("HB615", 8)


def test_a_macro_that_reads_files_is_refused_with_another_way(
    check: Callable[[Mapping[str, str]], list[Finding]],
) -> None:
    config = with_plugin("table-reader")
    page = "# Home\n\n{{ read_csv('a.csv') }}\n"
    (finding,) = check({"mkdocs.yml": config, "tools_inventory.yaml": TOOL, "docs/index.md": page})
    assert finding.message == "Pages can't read files with `read_csv`"
