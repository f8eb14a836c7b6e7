"""Icons, tiles of content types, marks of tools and signs of teams and roles."""

from __future__ import annotations

import re

import pytest

from handbook.read.icons import THEME, find_icon
from handbook.render.environment import ViewError
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.render.signs import initials, letters, sign, tile
from tests.render.conftest import MakeHandbook
from tests.shipped_kinds import KINDS

TOOL = "  - {{id: {id}, name: {name}, summary: A., category: roadmap, status: trial}}\n"
VIEW = {"macros/tool.jinja": "{{ icon('nosuch') }}\n"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Product manager", "PM"),
        ("Head of product", "HP"),
        ("Product marketing manager and more", "PMM"),
        ("UX lead", "UL"),
        ("Support", "Su"),
        ("Ä", "Ä"),
    ],
)
def test_a_role_has_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("LaunchDarkly", "LD"), ("Google Analytics", "GA"), ("Amplitude", "Am"), ("x", "x"), ("日本", "日本")],
)
def test_a_tool_has_two_letters(name: str, expected: str) -> None:
    assert letters(name) == expected


def test_a_tool_has_the_glyph_of_its_brand_or_letters_that_are_no_text(make_handbook: MakeHandbook) -> None:
    tools = "tools:\n" + TOOL.format(id="linear", name="Linear") + TOOL.format(id="own", name="'<Own> tool'")
    handbook = make_handbook({"tools_inventory.yaml": tools})
    known, own = (sign(handbook.site, entry) for entry in handbook.catalogue.entries("tool").values())
    assert "<svg" in known
    assert 'data-letters="OT"' in own
    assert re.sub(r"<[^>]*>", "", f"{known}{own}") == ""


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("vendor: Linear Orbit Inc.", "<svg"),
        ("vendor: Nordwind", 'data-letters="Li"'),
        (
            "vendor: Nordwind, links: [{title: Start, url: 'https://intranet.test/plans'}]",
            'data-letters="Li"',
        ),
        ("vendor: Salesforce, links: [{title: Help, url: 'https://linear.app/docs'}]", "<svg"),
    ],
)
def test_a_tool_that_is_called_like_a_brand_has_letters_if_its_vendor_is_another(
    make_handbook: MakeHandbook, more: str, shown: str
) -> None:
    tool = TOOL.format(id="linear", name="Linear").replace("status: trial", f"status: trial, {more}")
    handbook = make_handbook({"tools_inventory.yaml": f"tools:\n{tool}"})
    assert shown in sign(handbook.site, handbook.entry("tool", "linear"))


def test_every_content_type_has_an_icon_that_comes_with_the_engine(make_handbook: MakeHandbook) -> None:
    site = make_handbook({}).site
    for kind in KINDS.values():
        if kind.icon:
            assert find_icon(site, kind.icon) == THEME / f".icons/{kind.icon}.svg"
        assert f"hb-of-{kind.name.replace('_', '-')}" in tile(site, kind)


@pytest.mark.parametrize("name", ["../lucide/wrench", "/etc/passwd", "lucide/\0", "lucide/nosuch"])
def test_only_icons_in_their_folders_are_found(make_handbook: MakeHandbook, name: str) -> None:
    assert find_icon(make_handbook({}).site, name) is None


def test_a_view_with_an_unknown_icon_is_an_error_at_its_line(make_handbook: MakeHandbook) -> None:
    handbook = make_handbook({"tools_inventory.yaml": "tools:\n" + TOOL.format(id="a", name="A"), **VIEW})
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    entry = handbook.catalogue.entry("tool", "a")
    with pytest.raises(ViewError, match=r"macros/tool\.jinja:1:1: .*there is no icon `nosuch`"):
        renderer.entry(entry, entry.page)
