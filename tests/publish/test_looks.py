"""The pages take on the colours of a company, and every text stays readable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handbook.base.colour import Colour, read_colour, shade_of
from handbook.loaded.handbook import load
from handbook.publish.assets import STYLE, read_assets
from handbook.publish.contents import make_contents
from handbook.publish.looks import ACCENT, BRAND, own_colours
from handbook.read.looks import DARK, LIGHT, Looks, Palette, read_looks
from tests.conftest import MakeSite
from tests.sites import ROOT, WITHOUT_HELP

STYLES = ROOT / "src/handbook/publish/browser/styles"


def colour(code: str) -> Colour:
    found = read_colour(code)
    assert found
    return found


def style_of(brand: str | None, accent: str | None = None) -> str:
    """Return the style for a site with colours of its own in the light scheme."""
    palette = Palette(*(colour(code) if code else None for code in (brand, accent)))
    return own_colours(Looks({LIGHT: palette, DARK: Palette()}, ()))


def test_the_accent_colour_is_told_apart_from_the_brand_colour() -> None:
    assert f"--hb-accent: {BRAND};" in style_of("#c2410c")
    assert "--hb-accent" not in style_of("#0b6e4f")
    assert "--hb-accent" not in style_of("#808080")
    assert "--hb-accent: #123456;" in style_of("#c2410c", "#123456")


def test_the_style_sheet_starts_from_the_colours_that_the_accent_is_compared_with() -> None:
    tokens = (STYLES / "tokens.css").read_text("utf-8")
    assert f"--hb-brand: {BRAND};" in tokens
    assert f"--hb-accent: {ACCENT};" in tokens


def test_lightness_is_that_of_the_standard() -> None:
    """A known value of the article about OKLCH."""
    assert shade_of(colour("#ff0000")) == pytest.approx((0.628, 0.2577, 29.23), abs=0.01)


SHEET = ":root {\n  --md-primary-fg-color: #EE0F0F; /* the brand */\n  --md-accent-fg-color: #123;\n}\n"
SITES: list[tuple[dict[str, Any], tuple[str | None, str | None], tuple[str | None, str | None]]] = [
    ({}, (None, None), (None, None)),
    ({"theme": {"palette": {"primary": "custom"}}}, (None, None), (None, None)),
    ({"theme": {"palette": {"primary": "deep orange"}}}, ("#ff6e42", None), (None, None)),
    (
        {
            "theme": {
                "palette": [{"primary": "teal"}, {"scheme": "slate", "primary": "cyan", "accent": "lime"}]
            }
        },
        ("#009485", None),
        ("#00bdd6", "#b0eb00"),
    ),
    ({"extra": {"brand": "#0b6e4f"}}, ("#0b6e4f", None), ("#0b6e4f", None)),
    (
        {"extra": {"brand": "#0b6e4f"}, "theme": {"palette": {"primary": "red", "accent": "red"}}},
        ("#0b6e4f", "#ff1a47"),
        ("#0b6e4f", None),
    ),
    (
        {"extra_css": ["own.css", "https://example.com/x.css", "../x.css", "no.css"]},
        ("#ee0f0f", "#112233"),
    )
    * 1
    + (("#ee0f0f", "#112233"),),
    (
        {"extra_css": ["own.css"], "theme": {"palette": {"primary": "custom", "accent": "red"}}},
        ("#ee0f0f", "#ff1a47"),
        ("#ee0f0f", "#112233"),
    ),
]


@pytest.mark.parametrize(("settings", "light", "dark"), SITES)
def test_the_colours_of_a_site_come_from_its_settings(
    settings: dict[str, Any],
    light: tuple[str | None, str | None],
    dark: tuple[str | None, str | None],
    tmp_path: Path,
) -> None:
    (tmp_path / "own.css").write_text(SHEET, encoding="utf-8")
    looks = read_looks(settings, {"own.css": tmp_path / "own.css"})
    assert looks.faults == []
    found = [tuple(each and each.code for each in looks.palettes[scheme]) for scheme in (LIGHT, DARK)]
    assert found == [light, dark]


def test_the_style_sheet_of_a_site_without_colours_of_its_own_is_the_shipped_one() -> None:
    shipped = read_assets(read_looks({}, {}))[STYLE].decode()
    own = read_assets(read_looks({"extra": {"brand": "#0b6e4f"}}, {}))[STYLE].decode()
    assert own.startswith(shipped)
    assert own.count("--hb-brand: #0b6e4f;") == 2
    assert style_of(None) == ""


def test_the_style_sheets_of_a_site_come_after_the_one_of_the_handbook(make_site: MakeSite) -> None:
    """So that they can change its variables."""
    site = make_site({"docs/index.md": "# A\n", "mkdocs.yml": f"site_name: T\n{WITHOUT_HELP}"})
    contents = make_contents(load(site), {"extra_css": ["own.css"], "extra_javascript": ["own.js"]})
    assert contents.lists["extra_css"] == [STYLE, "own.css"]
    assert contents.lists["extra_javascript"][0] == "own.js"


def test_only_the_tokens_are_colours() -> None:
    """All other styles use them, so that they follow the colours of a site."""
    styles = STYLES.glob("*.css")
    literal = {path.name for path in styles if re.search(r":[^;{]*#[0-9a-f]{3,8}\b", path.read_text("utf-8"))}
    assert literal == {"tokens.css"}


def test_every_token_that_a_style_uses_exists() -> None:
    style = "\n".join(path.read_text("utf-8") for path in STYLES.glob("*.css"))
    used = set(re.findall(r"var\((--hb-[\w-]+)\)", style))
    assert used - set(re.findall(r"(--hb-[\w-]+)\s*:", style)) == set()


def test_no_style_makes_a_browser_look_at_all_of_a_page_after_each_change() -> None:
    """It has to where `:has()` decides about elements without a name, however deep inside they are."""
    style = "\n".join(path.read_text("utf-8") for path in STYLES.glob("*.css"))
    selectors = re.findall(r"^\s*([^{}@/*\n][^{}]*:has\([^{}]*)\{", style, re.MULTILINE)
    assert len(selectors) > 20
    assert [
        each for each in selectors if re.search(r":has\(.*\)\S*[ >+~]+(\*|::?[a-z-]+)\s*(,|$)", each)
    ] == []
