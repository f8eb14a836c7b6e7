"""The pages take on the colours of a company, and every text stays readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.base.colour import Colour, colour_of, contrast, mix, read_colour, shade_of
from handbook.loaded.handbook import load
from handbook.publish.assets import STYLE, read_assets
from handbook.publish.contents import make_contents
from handbook.publish.looks import derive, own_colours, read_scheme
from handbook.read.looks import DARK, LIGHT, Looks, Palette, read_looks
from tests.conftest import MakeSite
from tests.sites import ROOT

THEME = (ROOT / "src/handbook/publish/browser/styles/theme.css").read_text("utf-8")
BRANDS = {
    "light yellow": "#fff59d",
    "near black": "#0d0d0d",
    "near white": "#fafafa",
    "mid grey": "#808080",
    "red": "#ff0000",
    "green": "#00ff00",
    "blue": "#0000ff",
    "orange": "#ff6f00",
    "violet": "#7b1fa2",
    "forest": "#0b6e4f",
}
TEXT, GRAPHIC = 4.5, 3.0
"""What WCAG 2.2 AA asks for (1.4.3, 1.4.11)."""


def colour(code: str) -> Colour:
    found = read_colour(code)
    assert found
    return found


def pairs(shown: dict[str, Colour]) -> Iterator[tuple[str, Colour, Colour, float]]:
    """Yield what a page shows on what, with the contrast that it needs."""
    brand, on_brand, ink = shown["--hb-brand"], shown["--hb-on-brand"], shown["--md-default-fg-color"]
    accent, muted = shown["--md-accent-fg-color"], shown["--md-default-fg-color--light"]
    for name in ("--hb-paper", "--hb-raised", "--md-code-bg-color"):
        paper = shown[name]
        for background in (paper, mix(brand, paper, 0.09), mix(ink, paper, 0.04)):
            yield "text", ink, background, TEXT
            yield "small text", muted, background, TEXT
            yield "link", brand, background, TEXT
            yield "link under the pointer", accent, background, TEXT
            yield "mark of a chart, line of the header, focus", brand, background, GRAPHIC
            yield "target of a chart", accent, background, GRAPHIC
        for state in ("--hb-good", "--hb-wait", "--hb-stop", "--hb-calm"):
            yield f"chip {state}", shown[state], mix(shown[state], paper, 0.11), TEXT
        yield "decision in a flow", accent, mix(accent, paper, 0.12), GRAPHIC
    yield "button", on_brand, brand, TEXT
    yield "button under the pointer", on_brand, mix(brand, ink, 0.86), TEXT


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("brand", [None, *BRANDS])
@pytest.mark.parametrize("accent", [None, "light yellow", "near black"])
def test_contrast_is_kept_with_every_brand_colour(brand: str | None, accent: str | None, scheme: str) -> None:
    palette = Palette(*(colour(BRANDS[name]) if name else None for name in (brand, accent)))
    variables = read_scheme(scheme, THEME)
    derived = {name: colour(code[:7]) for name, code in derive(palette, variables).items()}
    assert bool(derived) == (brand is not None or accent is not None)
    low = [
        (name, one.code, other.code, needed)
        for name, one, other, needed in pairs({**variables.variables, **derived})
        if contrast(one, other) < needed
    ]
    assert low == []


def test_a_brand_colour_that_can_be_read_stays_as_it_is_and_another_keeps_its_hue() -> None:
    light, dark = read_scheme(LIGHT, THEME), read_scheme(DARK, THEME)
    assert derive(Palette(colour("#0b6e4f")), light)["--hb-brand"] == "#0b6e4f"
    assert derive(Palette(colour("#fff59d")), dark)["--hb-brand"] == "#fff59d"
    for code in ("#ffc105", "#2094f3", "#ef5552"):
        made = colour(derive(Palette(colour(code)), light)["--hb-brand"])
        assert made != colour(code)
        assert shade_of(made).hue == pytest.approx(shade_of(colour(code)).hue, abs=3)


def test_the_accent_colour_is_told_apart_from_the_brand_colour() -> None:
    light = read_scheme(LIGHT, THEME)
    assert derive(Palette(colour("#c2410c")), light)["--md-accent-fg-color"] == "#0b5c69"
    assert "--md-accent-fg-color" not in derive(Palette(colour("#0b6e4f")), light)
    assert "--md-accent-fg-color" not in derive(Palette(colour("#808080")), light)


@pytest.mark.parametrize("code", [*BRANDS.values(), "#000", "#fff", "#0b5c69", "#7fd0de"])
def test_a_colour_is_the_same_after_a_look_at_its_lightness(code: str) -> None:
    assert colour_of(shade_of(colour(code))) == colour(code)


def test_contrast_and_lightness_are_those_of_the_standards() -> None:
    """Known values: of WCAG 2.2, and of the article about OKLCH."""
    assert contrast(colour("#000"), colour("#fff")) == pytest.approx(21)
    assert contrast(colour("#777777"), colour("#fff")) == pytest.approx(4.478, abs=0.001)
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
    assert own.count("--hb-brand: #0b6e4f;") == 1
    assert own_colours(Looks({LIGHT: Palette(), DARK: Palette()}, ()), THEME) == ""


def test_the_style_sheets_of_a_site_come_after_the_one_of_the_handbook(make_site: MakeSite) -> None:
    """So that they can change its variables."""
    site = make_site({"docs/index.md": "# A\n", "mkdocs.yml": "site_name: T\n"})
    contents = make_contents(load(site), {"extra_css": ["own.css"], "extra_javascript": ["own.js"]})
    assert contents.lists["extra_css"] == [STYLE, "own.css"]
    assert contents.lists["extra_javascript"][0] == "own.js"


def test_only_the_variables_of_the_theme_are_colours() -> None:
    """All other styles use them, so that they follow the colours of a site."""
    styles = (ROOT / "src/handbook/publish/browser/styles").glob("*.css")
    literal = {path.name for path in styles if re.search(r":[^;{]*#[0-9a-f]{3,8}\b", path.read_text("utf-8"))}
    assert literal == {"theme.css"}
