"""A site that still lists the search of the theme is built without it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config

from handbook.publish.theme_search import is_of_theme_search, switch_off_theme_search
from tests.sites import write_site


def test_nothing_of_the_plugin_is_left_but_other_plugins_stay(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"mkdocs.yml": "site_name: A\ntheme: material\nplugins: [search, tags]\n"})
    plugins = load_config(str(site / "mkdocs.yml")).plugins
    assert "material/search" in plugins
    switch_off_theme_search(plugins)
    assert list(plugins) == ["material/tags"]
    assert plugins.events["post_build"] == []


def test_its_scripts_are_not_published() -> None:
    assert is_of_theme_search("assets/javascripts/lunr/min/lunr.de.min.js")
    assert is_of_theme_search("assets/javascripts/workers/search.a7633da7.min.js")
    assert not is_of_theme_search("assets/javascripts/bundle.a5f9d56c.min.js")
