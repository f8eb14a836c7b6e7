"""Tables with more rows than a page can have are on several pages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from handbook.publish.long_tables import first_page, split_tables
from handbook.render import html_table
from tests.sites import CONFIG, TOOL, write_site


def table(*parts: int) -> str:
    """A long table with a number of rows in each part, each named by the part."""
    bodies = "\n".join(
        f'<tbody data-part="{part}">\n<tr class="hb-group"><th>G</th></tr>\n'
        + f"<tr>{part}</tr>\n" * rows
        + "</tbody>"
        for part, rows in enumerate(parts, 1)
    )
    return f'<div class="hb-table" data-hb="table">\n<table>\n<thead>H</thead>\n{bodies}\n</table>\n</div>'


def page(text: str) -> str:
    contents = '<a href="#end" class="md-nav__link">End</a>'
    article = f'<article class="x">\n<h1 id="a">A</h1>\n{text}\n<p id="end">Z</p></article>'
    return f"<html>{contents}{article}<i>foot</i></html>"


def test_each_part_of_each_long_table_has_a_page_with_the_title_and_links_to_all() -> None:
    short = "<table>\n<thead>S</thead>\n<tbody>\n<tr>s</tr>\n</tbody>\n</table>"
    pages = split_tables(page(f"{short}{table(2, 1)}\n{table(1000, 1, 1)}"), "index.html")
    assert list(pages) == [
        "index.html",
        "index.table-1-2.html",
        "index.table-2-2.html",
        "index.table-2-3.html",
    ]
    first, second, *_others, last = pages.values()
    assert re.findall("<tr>(.)</tr>", first) == ["s", "1", "1", *"1" * 1000]
    assert first.count("Rows 1 to ") == 2
    assert "Rows 1 to 1,000 of 1,002" in first
    assert '<a href="./" aria-current="page">1</a> <a href="index.table-1-2.html">2</a></nav>' in first
    assert first.endswith('\n</div>\n<p id="end">Z</p></article><i>foot</i></html>')
    assert second == (
        '<html><a href="./#end" class="md-nav__link">End</a><article class="x">\n<h1 id="a">A</h1>\n'
        '<div class="hb-table" data-hb="table">\n<table>\n<thead>H</thead>\n'
        '<tbody data-part="2">\n<tr class="hb-group"><th>G</th></tr>\n<tr>2</tr>\n</tbody>\n</table>\n'
        '<nav class="hb-table__parts" aria-label="Pages of the table"><span>Rows 3 to 3 of 3</span> '
        '<a href="./">1</a> <a href="index.table-1-2.html" aria-current="page">2</a></nav>\n</div>\n'
        "</article><i>foot</i></html>"
    )
    assert "Rows 1,002 to 1,002 of 1,002" in last


def test_the_pages_of_a_page_with_any_name_are_found_and_are_no_others() -> None:
    pages = split_tables(page(table(1, 1)), r'R&D #1 "\g" 50%.html')
    links = [re.findall('<a href="([^"#]*)', each) for each in pages.values()]
    assert [*map(unquote, links[1])] == [next(iter(pages)), *pages]
    assert links[0][-2:] == links[1][-2:]
    assert {*map(first_page, pages)} == {r'R&D #1 "\g" 50%.html'}
    assert first_page("release.1.2.html") == "release.1.2.html"


@pytest.mark.parametrize(
    "whole",
    [
        page("<table><tbody><tr>1</tr></tbody></table>"),
        f"<html>{table(2, 1)}</html>",
        page('<tbody data-part="1">'),
    ],
)
def test_a_page_without_a_long_table_or_without_an_article_stays_whole(whole: str) -> None:
    assert split_tables(whole, "a.html") == {"a.html": whole}


def test_a_build_writes_the_pages_next_to_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_table, "LONGEST", 2)
    monkeypatch.setattr(html_table, "PART", 2)
    first, tool = TOOL.split("\n", 1)
    tools = [tool.replace("linear", f"t{number}").replace("Linear", f"T{number}") for number in range(3)]
    site = write_site(tmp_path, {"mkdocs.yml": CONFIG, "tools_inventory.yaml": "\n".join([first, *tools])})
    build(load_config(str(site / "mkdocs.yml"), site_dir=str(site / "site")))
    rest = (site / "site/tools/index.table-1-2.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="([^"]+)/">T\d</a>', rest) == ["t2"]
    assert 'http-equiv="Content-Security-Policy"' in rest
