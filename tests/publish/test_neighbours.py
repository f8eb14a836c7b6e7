"""Other plugins in the same `mkdocs.yml`: each works, or a finding says what to do."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.read.files import CONFIG as CONFIG_FILE
from handbook.starter.plan import pillars_of
from tests.diff.repositories import commit
from tests.effort import FULL
from tests.sites import CONFIG, ROOT, TOOL, write_site
from tests.starter.companies import make, written

PLUGINS = (
    "awesome-nav",
    "redirects: {redirect_maps: {old.md: tools/linear.md}}",
    "git-revision-date-localized",
    "rss",
)
"""The plugins that work."""
_NAV = re.compile(r"^nav:\n(?:[ #].*\n)+", re.MULTILINE)
"""What awesome-nav replaces, which says so."""
PROGRAM = ROOT / ".venv/neighbours/bin/handbook"

installed = pytest.mark.skipif(not FULL, reason="`make test-all` installs other plugins")


def with_plugins(config: str, *plugins: str) -> str:
    return config.replace("  - handbook\n", "".join(f"  - {name}\n" for name in ("handbook", *plugins)))


def run(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Builds a site in the environment that has the plugins."""
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "NO_COLOR": "1",
    }
    command = [str(PROGRAM), "build", *options]
    return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)


@installed
@pytest.mark.slow
@pytest.mark.parametrize(
    ("nav", "plugins"), [(_NAV, PLUGINS), (None, PLUGINS[1:])], ids=["automatic", "listed"]
)
def test_a_new_handbook_builds_with_all_of_them_whatever_makes_its_navigation(
    tmp_path: Path, nav: re.Pattern[str] | None, plugins: Sequence[str]
) -> None:
    site = written(make("startup", tuple(pillars_of("startup")), "ours"), tmp_path).root
    config = with_plugins((site / CONFIG_FILE).read_text(encoding="utf-8"), *plugins, "glightbox")
    config = nav.sub("", config) if nav else config
    (site / CONFIG_FILE).write_text(f"{config}site_url: https://acme.example/\n", encoding="utf-8")
    with (site / "sources/handbook.yaml").open("a", encoding="utf-8") as settings:
        settings.write("security: {allow_inline_from: [glightbox]}\n")
    commit(site, {})
    done = run(site, "--strict")
    assert done.returncode == 0, done.stderr
    home = (site / "site/index.html").read_text(encoding="utf-8")
    assert 'href="changes/"' in home
    assert (site / "site/old/index.html").is_file()
    # Breadcrumbs begin at the section, whether the home page is in one or not.
    trail = (
        (site / "site/tools/linear/index.html").read_text(encoding="utf-8").partition('class="md-path ')[2]
    )
    assert 'href="../"' in trail.partition("</nav>")[0]


@installed
@pytest.mark.slow
@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_plugin_builds_next_to_ours_without_a_word(tmp_path: Path, plugin: str) -> None:
    config = f"{with_plugins(CONFIG, plugin)}site_url: https://acme.example/\n"
    site = write_site(tmp_path, {"mkdocs.yml": config, "docs/index.md": "# Home\n\n[T](tools/index.md)\n"})
    commit(site, {})
    done = run(site, "--strict")
    assert done.returncode == 0, done.stderr
    assert (site / "site/tools/linear/index.html").is_file()


@installed
@pytest.mark.slow
def test_the_script_of_a_plugin_is_named_with_the_setting_that_allows_it(tmp_path: Path) -> None:
    config = f"{with_plugins(CONFIG, 'glightbox')}site_url: https://acme.example/\n"
    site = write_site(tmp_path, {"mkdocs.yml": config})
    assert "Add `glightbox` to `security.allow_inline_from`" in run(site).stderr
    (site / "sources").mkdir()
    setting = "security: {allow_inline_from: [glightbox]}\n"
    (site / "sources/handbook.yaml").write_text(setting, encoding="utf-8")
    assert run(site, "--strict").stderr == ""


def test_a_plugin_that_drops_the_pages_of_entries_is_refused(
    check: Callable[[Mapping[str, str]], list[Finding]],
) -> None:
    config = with_plugins(CONFIG, "i18n: {languages: [{locale: en, default: true, name: English}]}")
    (finding,) = check({"mkdocs.yml": config, "tools_inventory.yaml": TOOL, "docs/index.md": "# Home\n"})
    assert (finding.code, finding.span.line) == ("HB615", 8)


def test_a_macro_that_reads_files_is_refused_with_another_way(
    check: Callable[[Mapping[str, str]], list[Finding]],
) -> None:
    config = with_plugins(CONFIG, "table-reader")
    page = "# Home\n\n{{ read_csv('a.csv') }}\n"
    (finding,) = check({"mkdocs.yml": config, "tools_inventory.yaml": TOOL, "docs/index.md": page})
    assert finding.message == "Pages can't read files with `read_csv`"
