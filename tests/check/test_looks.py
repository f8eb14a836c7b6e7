"""Colours, pictures and fonts in `mkdocs.yml` that pages can't show are found."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding, Severity

Check = Callable[[Mapping[str, str]], list[Finding]]
FILES = {"docs/index.md": "# A\n", "docs/assets/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}

CASES = {
    "extra: {brand: ocean}": '3:16 HB610 `ocean` is not a colour — Use a colour such as `"#0b6e4f"`',
    "extra:\n  brand: #0b6e4f": "4:9 HB610 Missing colour for `brand` — Use a colour such as",
    "extra: {accent: 12}": "3:17 HB610 `12` is not a colour — Use a colour such as",
    "theme: {palette: {primary: tael}}": "3:28 HB610 Unknown primary colour `tael` — Did you mean `teal`?",
    'theme:\n  palette:\n    - accent: "#f00"': "5:15 HB610 Unknown accent colour `#f00` — Use `accent:",
    "theme: {palette: {primary: [red]}}": "3:28 HB610 Unknown primary colour a list",
    "theme: {palette: teal}": "3:18 HB610 Unknown palette `teal` — Use a mapping, such as `{primary: teal}`",
    "theme: {palette: [{scheme: slate}, teal]}": "3:36 HB610 Unknown palette `teal`",
    "extra_css: [own.css]": "3:13 HB610 `var(--x)` for `--md-primary-fg-color` in this",
    "theme: {logo: assets/mrak.svg}": "3:15 HB610 Missing file `assets/mrak.svg` — Did you mean `assets/mark",
    "theme: {favicon: ../x.png}": "3:18 HB610 Missing file `../x.png` — Use the path of a picture",
    "theme: {logo: https://example.com/a.png}": "3:15 HB603 `example.com` is another host",
    "theme: {font: {text: Roboto}}": "3:15 HB603 `fonts.googleapis.com` is another host, and",
    "theme: {name: material}": "3:8 HB603 `fonts.googleapis.com` is another host, and",
    "theme: material": "3:8 HB603 `fonts.googleapis.com` is another host, and",
}
LANGUAGES = {
    "DE": "The theme has no language `DE` — Did you mean `de`?",
    "de-AT": "The theme has no language `de-AT` — Did you mean `de`?",
    "pt_br": "The theme has no language `pt_br` — Did you mean `pt-BR`?",
    "''": "Missing language of the theme — Use the code of a language, such as `de`, or remove it",
    "null": "Missing language of the theme — Use the code of a language",
    "[de]": "The theme has no language a list — Use the code",
    "3": "The theme has no language `3` — Use the code",
    "klingon": "The theme has no language `klingon` — ",
}
FINE = (
    "extra: {brand: '#0B6E4F', accent: '#fc0'}",
    "theme: {logo: assets/mark.svg, favicon: assets/mark.svg, font: false}",
    "theme: {palette: {scheme: slate, primary: deep orange, accent: custom}}",
    "theme: {font: {text: Roboto}}\nplugins: [search, handbook, privacy: {}]",
    "theme: {name: material, font: false, language: !ENV [LANG, de]}",
    "theme: {name: readthedocs, font: false, language: DE}",
    "theme: {name: material}\nINHERIT: base.yml",
    "theme: {name: readthedocs, palette: [], logo: ''}",
    "theme: {palette: {toggle: {name: Dark}}}\nextra: {homepage: .}",
)


@pytest.mark.parametrize("settings", CASES)
def test_what_pages_cannot_show_is_named_with_its_place(settings: str, check: Check) -> None:
    files = FILES | {
        "docs/own.css": "/* :root { --md-accent-fg-color: red } */\n:root {--md-primary-fg-color: var(--x)}"
    }
    found = check({**files, "mkdocs.yml": f"site_name: T\n\n{settings}\n"})
    told = [f"{each.span.line}:{each.span.column} {each.code} {each.message} — {each.hint}" for each in found]
    assert len(told) == 1
    assert told[0].startswith(CASES[settings])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_the_theme_lacks_is_an_error_with_the_nearest_one(
    language: str, check: Check
) -> None:
    theme = f"theme: {{name: material, font: false, language: {language}}}"
    (found,) = check({**FILES, "mkdocs.yml": f"site_name: T\n{theme}\n"})
    assert (found.code, found.severity, found.span.line) == ("HB611", Severity.ERROR, 2)
    assert f"{found.message} — {found.hint}".startswith(LANGUAGES[language])


def test_a_language_of_the_sites_own_is_one_of_the_theme(check: Check) -> None:
    theme = "theme: {name: material, font: false, language: de-AT, custom_dir: own}"
    labels = {"own/partials/languages/de-AT.html": "{% macro t(key) %}{% endmacro %}"}
    assert check({**FILES, **labels, "mkdocs.yml": f"site_name: T\n{theme}\n"}) == []


@pytest.mark.parametrize("settings", FINE)
def test_what_pages_can_show_is_fine(settings: str, check: Check) -> None:
    assert check({**FILES, "mkdocs.yml": f"site_name: T\n{settings}\n"}) == []


@pytest.mark.parametrize(
    "text",
    ["/*" * 30_000, ":root {" * 30_000, ":root {--md-primary-fg-color:" + " " * 30_000],
    ids=["comments", "blocks", "spaces"],
)
def test_a_style_sheet_without_an_end_is_read_at_once(text: str, check: Check) -> None:
    settings = "site_name: T\nextra_css: [own.css]\n"
    start = time.process_time()
    assert check({**FILES, "docs/own.css": text, "mkdocs.yml": settings}) == []
    assert time.process_time() - start < 10
