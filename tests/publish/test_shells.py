"""Pages that share what is around their text are the same as without that, to the byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from handbook.publish import pages, shells
from handbook.starter.plan import pillars_of
from tests.effort import FULL
from tests.sites import CONFIG, HOSTILE, TOOL, copy_shipped_site, write_site
from tests.starter.companies import make, written

_ROLE = """  - id: {0}
    name: {0}
    summary: Does {0}.
"""
_MARK = "\ue000content\ue001"
_SECTIONS = """    owner: {owner}
    review: {{last: {day}, next: 2026-12-01}}
    use_when: [Work starts.]
    not_for: [Play.]
    access: {{how: Ask.}}
    capabilities: [search]
    notes: |
      Text {mark} and \\1 <b>&amp;</b>.
"""
_CONFIG = CONFIG.replace("  - search\n", "")


def _tool(name: str, owner: str = "") -> str:
    """A tool with an odd name and, with an owner, with contents."""
    tool = TOOL.partition("\n")[2].replace("linear", name).replace("Linear", f"'T \"{name}\" & <co>'")
    return tool + (_SECTIONS.format(owner=owner, day=f"2026-01-0{name[-1]}", mark=_MARK) if owner else "")


_SITE = {
    "mkdocs.yml": f"{CONFIG}repo_url: https://github.com/a/b\nedit_uri: edit/main/docs/\n",
    "sources/roles.yaml": "".join(["roles:\n", *map(_ROLE.format, ("lead", "one", "two", "three"))]),
    "sources/handbook.yaml": "owner: lead\n",
    "tools_inventory.yaml": "".join(
        [
            HOSTILE["tools_inventory.yaml"],
            *map(_tool, ("a1", "a2", "assets")),
            *(_tool(f"t{number}", "lead" if number < 4 else "one") for number in range(1, 7)),
        ]
    ),
}
"""Tools with and without contents, owner and review; roles, of which one is its own owner."""


def _watch(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Compare every page with a shell with what the template renders, and return their paths."""
    monkeypatch.setattr(pages, "NAVIGATION_LIMIT", 0)
    filled: list[str] = []
    fill, render = shells.Shell.fill, shells.MainTemplate.render

    def watched(main: shells.MainTemplate, context: Mapping[str, Any]) -> str:
        before = len(filled)
        shown = render(main, context)
        if len(filled) > before:
            assert shown == main.template.render(context), filled[-1]
        return shown

    def counted(shell: shells.Shell, page: shells.FittingPage) -> str:
        filled.append(f"{page.folder}/{page.address}")
        return fill(shell, page)

    monkeypatch.setattr(shells.Shell, "fill", counted)
    monkeypatch.setattr(shells.MainTemplate, "render", watched)
    return filled


def _build(site: Path, target: Path, **settings: Any) -> None:
    build(load_config(str(site / "mkdocs.yml"), site_dir=str(target), **settings))


@pytest.mark.parametrize(
    ("settings", "number"),
    [
        ({}, 8),
        ({"use_directory_urls": False, "site_url": "https://a.example/"}, 9),
        ({"copyright": _MARK}, 1),
    ],
    ids=["folders", "files", "mark"],
)
def test_pages_with_odd_content_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], number: int
) -> None:
    filled = _watch(monkeypatch)
    _build(write_site(tmp_path, _SITE), tmp_path / "site", **settings)
    assert len(filled) == number, filled
    # On each page, the address is also that of the theme's files.
    assert "tools/assets/" not in filled


@pytest.mark.skipif(not FULL, reason="`make test-all` compares whole handbooks")
@pytest.mark.slow
@pytest.mark.parametrize("is_shipped", [True, False])
def test_all_pages_of_a_handbook_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_shipped: bool
) -> None:
    folder = tmp_path / "handbook"
    if is_shipped:
        copy_shipped_site(folder)
    else:
        written(make("growth", tuple(pillars_of("growth")), "ours"), folder)
    filled = _watch(monkeypatch)
    _build(folder, tmp_path / "site")
    assert len(filled) > 50


@pytest.mark.parametrize(
    "files",
    [
        {"mkdocs.yml": _CONFIG.replace("material\n", "material\n  custom_dir: own\n"), "own/main.html": ""},
        {"mkdocs.yml": f"{_CONFIG}hooks: [hook.py]\n", "hook.py": "def on_page_context(context, **_): ...\n"},
        {"mkdocs.yml": _CONFIG.replace("material\n", "mkdocs\n").replace("  font: false\n", "")},
    ],
    ids=["template", "plugin", "theme"],
)
def test_nothing_is_shared_with_templates_and_plugins_of_others(
    tmp_path: Path, files: dict[str, str]
) -> None:
    config = load_config(str(write_site(tmp_path, files) / "mkdocs.yml"))
    env = config.theme.get_env()
    assert shells.with_shells(env, config, ["tools/linear.md"]) is env
