"""What several parts of a site engine ask for is read once, and again when it has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from handbook.loaded.handbook import load
from handbook.loaded.remembering import remembering
from handbook.publish import loading
from handbook.publish.loading import load_for_build
from handbook.publish.zensical import _settings as settings_for_zensical
from tests.conftest import MakeSite
from tests.sites import CONFIG, GOAL_SCHEMA, write_site

TOOL = "tools: [{id: linear, name: Linear, summary: Plans., category: project-management, status: trial}]\n"


def test_the_same_content_is_loaded_once_and_a_change_of_equal_size_is_seen(make_site: MakeSite) -> None:
    site = make_site({"tools_inventory.yaml": TOOL})
    first = load_for_build(site)
    assert load_for_build(site) is first
    (site.root / "tools_inventory.yaml").write_text(TOOL.replace("Plans.", "Steps."), encoding="utf-8")
    second = load_for_build(site)
    assert second is not first
    assert second.catalogue.entry("tool", "linear").data["summary"] == "Steps."


def test_a_build_uses_what_earlier_runs_have_read(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"tools_inventory.yaml": TOOL})
    with remembering(site.root):
        expected = load(site).catalogue.entry("tool", "linear").data
    monkeypatch.delattr("handbook.read.yaml.document._read")
    loading._load.cache_clear()  # noqa: SLF001
    assert load_for_build(site).catalogue.entry("tool", "linear").data == expected


def test_a_build_lets_go_of_what_only_rules_need_and_knows_it_when_asked(make_site: MakeSite) -> None:
    site = make_site({"tools_inventory.yaml": TOOL})
    context = load_for_build(site).context
    document = context.sources[0].document
    place, connections = document.value_span(("tools", 0, "name")), context.connections
    nodes = ref(document._places)  # noqa: SLF001 - nothing else shows that they need memory
    load_for_build(site)
    assert nodes() is None
    assert document.value_span(("tools", 0, "name")) == place
    assert document.text == TOOL
    assert context.connections == connections
    assert context.connections is not connections


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("macros/tool.jinja", "# Ours\n"),
        ("docs/index.md", "# Home\n"),
        ("sources/teams.yaml", "teams: []\n"),
        ("sources/teams.yml", "teams: []\n"),
        ("schemas/goal.schema.json", GOAL_SCHEMA),
        ("schemas/tool.patch.json", '{"required": {"owner": true}}'),
        ("mkdocs.yml", "site_name: Other\n"),
        ("more.yaml", "terms: []\n"),
    ],
)
def test_a_change_of_whatever_a_handbook_is_made_of_is_seen(
    make_site: MakeSite, path: str, content: str
) -> None:
    site = make_site({"tools_inventory.yaml": TOOL, path: "{}\n"})
    first = load_for_build(site)
    make_site({path: content})
    assert load_for_build(site) is not first


def test_a_link_that_comes_while_pages_are_served_is_seen(make_site: MakeSite) -> None:
    site = make_site({"docs/index.md": "# Home\n"})
    assert load_for_build(site).is_sound
    (site.root / "docs/leak.txt").symlink_to("/etc/hostname")
    assert not load_for_build(site).is_sound


def test_the_plugin_and_the_macros_share_what_is_loaded(tmp_path: Path) -> None:
    folders = "nav: [{Home: index.md}]\ntheme: {name: material, custom_dir: own, font: false}\n"
    config = CONFIG.replace("theme:\n  name: material\n  font: false\n", folders)
    site = write_site(
        tmp_path, {"mkdocs.yml": f"{config}site_url: https://example.org/a\n", "own/x.html": ""}
    )
    before = loading._load.cache_info().misses  # noqa: SLF001
    build(load_config(str(site / "mkdocs.yml"), site_dir=str(site / "site")))
    assert loading._load.cache_info().misses == before + 1  # noqa: SLF001


@pytest.mark.parametrize(
    ("given", "expected"), [("", "edit/main/docs/"), ("edit_uri: edit/trunk/docs/\n", "edit/trunk/docs/")]
)
def test_the_engine_edits_pages_on_the_branch_that_ours_are_on(
    tmp_path: Path, given: str, expected: str
) -> None:
    config = f"{CONFIG}repo_url: https://github.com/acme/handbook\n{given}"
    site = write_site(tmp_path, {"mkdocs.yml": config, "tools_inventory.yaml": TOOL})
    settings = load_config(str(site / "mkdocs.yml"))
    settings.plugins.on_startup(command="build", dirty=False)
    plugin: Any = settings.plugins["handbook"]
    assert plugin.on_config(settings).edit_uri == expected
    assert plugin.contents.renderer.repository.edit_uri == expected
    assert settings_for_zensical(plugin.contents)["edit_uri"] == expected
