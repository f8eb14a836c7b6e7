"""What a handbook that extends another publishes."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from handbook.loaded.handbook import load, watched
from handbook.publish.watching import follow
from handbook.publish.zensical import stage
from tests.sites import CONFIG, TOOL, broken_links, build, write_site

CORE = {
    "docs/index.md": "# Core\n",
    "docs/how.md": "# How\n\n{{ tools_table() }}\n\n[Linear](tools/linear.md) ![Map](images/map.png)\n",
    "docs/images/map.png": "PNG",
    "docs/README.md": "# Not here\n",
}
GROUP = {
    "mkdocs.yml": f"{CONFIG}repo_url: https://github.com/acme/mono\nedit_uri: edit/main/pay/docs/\n"
    "validation: {nav: {omitted_files: warn}}\nnav:\n  - Home: index.md\n  - Tools: tools/\n",
    "docs/index.md": "# Pay\n\n[How we work](how.md)\n",
    "sources/handbook.yaml": "extends: [../core]\n",
    "tools_inventory.yaml": TOOL.replace("linear", "till").replace("Linear", "Till"),
}


@pytest.fixture
def pay(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    write_site(tmp_path / "core", CORE)
    return write_site(tmp_path / "pay", GROUP)


def test_a_strict_build_has_the_pages_of_both(pay: Path, tmp_path: Path) -> None:
    site = tmp_path / "built"
    build(pay, site, "--strict")
    page = unescape((site / "how/index.html").read_text(encoding="utf-8"))
    assert "Till" in page
    assert "acme/mono/edit/main/core/docs/how.md" in page
    assert "acme/mono/edit/main/pay/docs/how.md" not in page
    assert (site / "images/map.png").read_bytes() == b"PNG"
    assert "<h1>Pay</h1>" in (site / "index.html").read_text(encoding="utf-8").replace(' id="pay"', "")
    assert broken_links(site) == []


def test_what_is_staged_for_zensical_has_the_same(pay: Path, tmp_path: Path) -> None:
    stage(load(pay), tmp_path / "staged")
    docs = tmp_path / "staged/docs"
    assert "Till" in (docs / "how.md").read_text(encoding="utf-8")
    assert (docs / "images/map.png").read_bytes() == b"PNG"
    assert "Pay" in (docs / "index.md").read_text(encoding="utf-8")
    assert not (docs / "README.md").exists()


def test_a_preview_follows_the_layers(pay: Path) -> None:
    site = load(pay).site
    core = pay.parent / "core"
    assert {core / "docs", core / "mkdocs.yml", core / "tools_inventory.yaml"} <= set(watched(site))
    server = MagicMock()
    (pay / "sources/handbook.yaml").write_text("extends: []\n", encoding="utf-8")
    follow(server, load(pay).site)
    (pay / "sources/handbook.yaml").write_text("extends: [../core]\n", encoding="utf-8")
    server.builder()
    assert str(core / "docs") in {each.args[0] for each in server.watch.call_args_list}
