"""What the sources do not show is found when pages are finished: what views write and what plugins add."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from handbook.publish.delivery import digest
from handbook.write.target import MARK
from tests.sites import CONFIG, write_site

HOOK = """
def on_page_content(html, **_):
    return html + "<script>content()</script>"

def on_post_page(output, **_):
    more = "<script>end()</script><script src='//cdn.example.com/a.js'></script>"
    return output.replace("</body>", more + "</body>")
"""
VIEW = "{{ entry.name }}\n\n<p onclick='alert(1)'>a</p>\n"


def build_site(folder: Path) -> Path:
    """Builds a site in this process, as MkDocs does."""
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site")))
    return folder / "site"


def test_what_a_hook_adds_is_reported_and_allowed_by_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = f"{CONFIG}hooks:\n  - extra.py\n"
    site = write_site(tmp_path, {"mkdocs.yml": config, "extra.py": HOOK, "docs/deep/a.md": "# A\n"})
    with caplog.at_level(logging.WARNING, "mkdocs"):
        page = (build_site(site) / "deep/a/index.html").read_text(encoding="utf-8")
    told = [record.getMessage() for record in caplog.records if "HB603" in record.getMessage()]
    assert len(told) == 3
    assert all(
        re.match(r"mkdocs\.yml:12:1: HB603 warning: The plugin `extra\.py` .* pages, such as", each)
        for each in told
    )
    assert sum("`extra.py` to `security.allow_inline_from`" in each for each in told) == 2
    assert sum("`cdn.example.com` to `security.allow_hosts`" in each for each in told) == 1
    assert digest("content()") not in page
    assert digest("end()") not in page

    caplog.clear()
    settings = "security: {allow_hosts: [cdn.example.com], allow_inline_from: [extra.py]}\n"
    write_site(tmp_path, {"mkdocs.yml": config, "sources/handbook.yaml": settings})
    page = (build_site(site) / "deep/a/index.html").read_text(encoding="utf-8")
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0]
    assert digest("content()") in policy
    assert digest("end()") in policy
    assert "script-src 'self' https://cdn.example.com " in policy
    assert not any("HB603" in record.getMessage() for record in caplog.records)


def test_what_a_view_writes_is_looked_at_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = write_site(tmp_path, {"mkdocs.yml": CONFIG, "macros/tool.jinja": VIEW})
    with pytest.raises(Abort), caplog.at_level(logging.ERROR, "mkdocs"):
        build_site(site)
    assert "tools_inventory.yaml:1:1: HB601 error: `onclick` runs a script" in caplog.text
    assert [path.name for path in (site / "site").iterdir()] == [MARK]


def test_a_page_without_a_head_is_not_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = CONFIG.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n")
    page = "---\ntemplate: bare.html\n---\n\n# A\n"
    files = {"mkdocs.yml": config, "overrides/bare.html": "{{ page.content }}", "docs/a.md": page}
    site = write_site(tmp_path, files)
    with pytest.raises(Abort):
        build_site(site)
    assert "docs/a.md:1:1: HB603 error: The page does not start with `<head>`" in caplog.text
    assert not (site / "site/a/index.html").exists()


def test_a_template_that_fails_ends_the_build_with_one_line(tmp_path: Path) -> None:
    config = CONFIG.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n")
    page = "---\ntemplate: own.html\n---\n\n# A\n"
    files = {"mkdocs.yml": config, "overrides/own.html": "{% include 'nosuch.html' %}", "docs/a.md": page}
    with pytest.raises(Abort, match=r"^The theme can't render a page: Missing template `nosuch\.html`$"):
        build_site(write_site(tmp_path, files))
