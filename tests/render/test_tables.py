"""Tables: what views write, and what a table value looks like on a page."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from handbook.base.table import Column, Phrase, Styled, Table, Tags
from handbook.base.text import Plain
from handbook.read.files import find_site
from handbook.render import html_table
from handbook.render.environment import make_environment
from handbook.render.html_table import Group, draw, draw_row, show_value
from tests.sites import ROOT


def view(text: str, **values: object) -> str:
    return make_environment(find_site(ROOT)).from_string(text).render(**values)


def test_a_view_names_columns_and_gives_values() -> None:
    text = '{% call(row, it) table([1], "Tool", "Use (%)") %}{{ row(name, ("a", it), id="x") }}{% endcall %}'
    assert view(text, name=Plain("A <b> | c")) == (
        '<div class="hb-table">\n<table>\n'
        '<thead><tr><th scope="col">Tool</th> <th scope="col">Use\u00a0&#40;%&#41;</th></tr></thead>\n'
        '<tbody>\n<tr id="x"><td data-label="Tool">A &#60;b&#62; &#124; c</td> '
        '<td data-label="Use &#40;%&#41;">a, 1</td></tr>\n</tbody>\n</table>\n</div>\n'
    )


def test_a_column_without_a_title_is_omitted_with_its_cells() -> None:
    begin = '{% call(row, it) table([1], "A", "B" if shown, "C", total=(4, 5, 6)) %}'
    text = begin + "{{ row(it, 2, 3) }}{% endcall %}"
    assert re.findall("<td[^>]*>(.)</td>", view(text, shown=False)) == ["1", "3", "4", "6"]
    assert re.findall("<td[^>]*>(.)</td>", view(text, shown=True)) == ["1", "2", "3", "4", "5", "6"]


def test_a_column_without_a_value_in_any_row_is_left_out() -> None:
    begin = '{% call(row, it) table(items, "A", "B", "C", empty="No data", total=(1, 2, 3)) %}'
    text = begin + '{{ row(it, it if it > 1, "<div></div>") }}{% endcall %}'.replace('"<div></div>"', "frame")
    cells = re.findall(
        '<td data-label="(.)">(.*?)</td>', view(text, items=(1, 2), frame=Markup("<div></div>"))
    )
    assert cells == [("A", "1"), ("B", "No data"), ("A", "2"), ("B", "2"), ("A", "1"), ("B", "2")]


@pytest.mark.parametrize(("rows", "is_filtered"), [(1, False), (2, True)])
def test_a_table_can_be_filtered_from_a_number_of_rows(rows: int, *, is_filtered: bool) -> None:
    text = (
        '{% call(row, it) table(range(rows), "A", choices=("A",), filter_from=2) %}{{ row(it) }}{% endcall %}'
    )
    html = view(text, rows=rows)
    assert ('data-hb="table"' in html) == is_filtered
    assert '<th scope="col" data-choices>A</th>' in html


def test_a_long_table_is_divided_and_names_a_group_that_goes_on_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(html_table, "LONGEST", 3)
    monkeypatch.setattr(html_table, "PART", 2)
    columns = [Column("A")]

    def bodies(*sizes: int, look: str = "hb-table", cell: object = 1, is_ended: bool = False) -> list[str]:
        rows = [draw_row(columns, [cell], {"data-ended": is_ended})]
        drawn = draw(columns, [Group(rows * size, f"G{size}") for size in sizes], look)
        assert drawn.count("</tbody>") == drawn.count("<tbody")
        assert ('data-hb="table"' in drawn) == ("data-part" in drawn)
        return [
            f"{marks}{name} {body.count('<tr')}"
            for marks, name, body in re.findall(r"(?s)<tbody(.*?)>.*?>(G\d)<(.*?)</tbody>", drawn)
        ]

    assert bodies(2, 1) == ["G2 2", "G1 1"]
    assert bodies(1, 4) == [
        ' data-part="1"G1 1',
        "G4 1",
        ' data-part="2" data-againG4 2',
        ' data-part="3" data-againG4 1',
    ]
    assert bodies(2, 2) == [' data-part="1"G2 2', ' data-part="2"G2 2']
    assert bodies(1, is_ended=True) == [" data-endedG1 1"]
    # Without a frame, or with tables in cells, it stays whole.
    assert bodies(4, look="") == ["G4 4"]
    assert bodies(4, cell=Markup("<table></table>")) == ["G4 4"]


def test_a_sentence_can_stand_for_a_table_without_items() -> None:
    text = '{% call(row, it) table(items, "A", nothing="No (new) ones.") %}{{ row(it) }}{% endcall %}'
    assert view(text, items=None) == '<p class="hb-none">No &#40;new&#41; ones.</p>\n'
    assert "<table>" in view(text, items=(1,))


def test_a_row_with_a_cell_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="a row of this table needs 2 cells, not 1"):
        view('{% call(row, it) table([1], "A", "B") %}{{ row(it) }}{% endcall %}')


@pytest.mark.parametrize(
    ("style", "html", "text"),
    [
        ("word", "Issue tracking", "issue tracking"),
        ("label", '<span class="hb-chip hb-chip--issue-tracking">Issue tracking</span>', "issue tracking"),
        ("amount", '<span class="hb-amount">issue-tracking</span>', "issue-tracking"),
        ("strong", "<strong>issue-tracking</strong>", "issue-tracking"),
    ],
)
def test_a_style_shows_on_pages(style: str, html: str, text: str) -> None:
    styled = Styled("issue-tracking", style)
    table = Table("Use", [Column("For", "for")], [[styled]])
    assert str(styled) == text
    assert f'<td data-label="For">{html}</td>' in show_value(table, lambda cell: show_value(cell, str))


def test_the_parts_of_a_phrase_keep_their_spaces_and_tags_stand_apart() -> None:
    phrase = Phrase.joined(["A", Styled("b", "strong")], " and ")
    assert show_value(phrase, lambda part: show_value(part, str)) == "A and <strong>b</strong>"
    tags = '<span class="hb-tag">Issue tracking</span> <span class="hb-tag">Wiki</span>'
    assert show_value(Tags.of(["issue-tracking", "wiki"]), str) == tags
