"""Tables of spreadsheets and of unusual text files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from handbook.imports.reading import read_table
from handbook.imports.table import UnreadableTableError

_NAMESPACE = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_NAMESPACE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_NAMESPACE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_NAMESPACE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_NAMESPACE}/officeDocument/2006/relationships">'
        '<sheets><sheet name="Tools" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
}


_HIDDEN = '<sheets><sheet name="Old" sheetId="2" state="hidden" r:id="rId1"/>'
"""A sheet before the other, with the same cells."""


def spreadsheet(rows: Sequence[Sequence[str | int | float]], *merged: str, has_hidden: bool = False) -> bytes:
    """A spreadsheet with the sheet `Tools`, some merged cells such as `A1:B1`, and maybe a hidden sheet."""

    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    sheet = (
        f'<worksheet xmlns="{_NAMESPACE}/spreadsheetml/2006/main"><sheetData>{lines}</sheetData>'
        f"<mergeCells>{ranges}</mergeCells></worksheet>"
    )
    parts = {**_PARTS, "xl/worksheets/sheet1.xml": sheet}
    if has_hidden:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", _HIDDEN)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file.getvalue()


def test_a_spreadsheet_has_its_titles_below_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "tools.xlsx"
    path.write_bytes(
        spreadsheet([["Our tools"], ["Tool", "Seats", "Price"], ["Miro", 5, 12.5], ["Jira", 40, 8]])
    )
    table = read_table(path)
    assert list(table.columns) == ["Tool", "Seats", "Price"]
    assert [dict(row.cells) for row in table.rows] == [
        {"Tool": "Miro", "Seats": 5, "Price": 12.5},
        {"Tool": "Jira", "Seats": 40, "Price": 8},
    ]
    assert [row.place for row in table.rows] == ["tools.xlsx:3", "tools.xlsx:4"]


def test_merged_cells_count_for_all_of_their_rows_and_what_is_not_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "tools.xlsx"
    rows = [["Our tools", "", "Money", ""], ["Tool", "Group", "Price", "Seats"]]
    rows += [["Miro", "Design", "1", "2"], ["Figma", "", "3", "4"]]
    path.write_bytes(spreadsheet(rows, "A1:B1", "C1:D1", "B3:B4", has_hidden=True))
    table = read_table(path)
    assert [row.cells["Group"] for row in table.rows] == ["Design", "Design"]
    assert list(table.notes) == [
        "tools.xlsx:1: The titles above those of the columns are left out: `Our tools`, `Money`",
        "tools.xlsx: Only the sheet `Tools` was read, and nothing of `Old`",
    ]
    assert list(read_table(path, sheet="Old").notes) == list(table.notes[:1])


def test_a_title_of_two_columns_is_no_title_of_a_group(tmp_path: Path) -> None:
    path = tmp_path / "tools.xlsx"
    path.write_bytes(spreadsheet([["Tool", "Contact", ""], ["Miro", "Jo", "jo@acme.example"]], "B1:C1"))
    (problem,) = read_table(path).problems
    assert problem.endswith("columns: `jo@acme.example`. Write a title above each column")


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "tools.xlsx"
    path.write_bytes(spreadsheet([["Tool", "Seats"], ["Miro", 5]]))
    assert len(read_table(path, sheet="Tools").rows) == 1
    with pytest.raises(UnreadableTableError, match="No sheet `Costs`"):
        read_table(path, sheet="Costs")


@pytest.mark.parametrize(
    ("data", "columns", "rows"),
    [
        ('\ufeffA;B\r\n1;"x\r\ny"\r\n'.encode(), ["A", "B"], [("t.csv:2", {"A": "1", "B": "x\ny"})]),
        ("A\tB\n1\t2\n".encode("utf-16"), ["A", "B"], [("t.csv:2", {"A": "1", "B": "2"})]),
        (b"A|B\n\xe4|2\n", ["A", "B"], [("t.csv:2", {"A": "ä", "B": "2"})]),
        (b"Export of today\n\nA,A,\n1,2,3\n,,\n", ["A", "A (2)", "Column 3"], None),
        (b"A,B\n\n\n1,2\n", ["A", "B"], [("t.csv:4", {"A": "1", "B": "2"})]),
        (b"Name\nMiro, the board\n", ["Name"], None),
    ],
)
def test_text_is_read_in_its_encoding_and_with_its_separator(
    tmp_path: Path, data: bytes, columns: list[str], rows: list[tuple[str, dict[str, str]]] | None
) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    table = read_table(tmp_path / "t.csv")
    assert [*table.columns] == columns or table.problems
    if rows is not None:
        assert [(row.place, dict(row.cells)) for row in table.rows] == rows


def test_a_row_with_too_many_cells_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("A,B\n1,2\n3,4,5\n", encoding="utf-8")
    (problem,) = read_table(tmp_path / "t.csv").problems
    assert problem.startswith("t.csv:3: More cells than the table has columns: `5`")


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', "[1, 2]"])
def test_json_without_records_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableTableError, match=r"^t\.json: "):
        read_table(tmp_path / "t.json")


def test_yaml_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 200))]
    (tmp_path / "t.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UnreadableTableError, match="aliases"):
        read_table(tmp_path / "t.yaml")


def test_a_file_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    for number in (500, 501):
        titles = ",".join(f"c{each}" for each in range(number))
        (tmp_path / f"{number}.csv").write_text(f"{titles}\n{titles}\n", encoding="utf-8")
    assert len(read_table(tmp_path / "500.csv").columns) == 500
    with pytest.raises(UnreadableTableError, match="More than 500 columns"):
        read_table(tmp_path / "501.csv")


def test_half_a_character_in_json_becomes_a_mark(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('[{"name": "A \\ud800 \\ud83d\\ude00"}]', encoding="utf-8")
    assert [row.cells for row in read_table(tmp_path / "t.json").rows] == [{"name": "A \ufffd \U0001f600"}]
