"""Word files: their text is checked, and whatever else they hold does nothing."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from handbook.lint.formats import read_bytes, read_draft
from handbook.lint.rules.examples import FILES
from handbook.lint.word_file import MOST_BYTES, MOST_TAGS
from tests.lint.conftest import Lint
from tests.lint.word import paragraph, table, word_file

PROPERTIES = [["Template", "Brief"], ["Squad", "Reporting"], ["Owner team", "Product management"]]
TEXT = paragraph("Support answers twelve questions a week about lost filters.")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = f"""<w:p xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main"
 xmlns:pic="{DRAWING}/picture" xmlns:r="{OFFICE}/relationships"><w:r><w:drawing><wp:inline>
<wp:docPr descr="A chart"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="p1"/>
</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
WITH_ENTITY = f"""<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraph("b")}</w:body></w:document>
""".replace(">b<", ">&a;<")


def fault(data: bytes) -> str:
    """The one thing that is said about an unreadable file."""
    (found,) = read_bytes(data).file.faults
    assert found.hint
    return found.message


def test_a_word_file_is_checked_like_any_other_document(lint_beside: Lint) -> None:
    data = word_file(
        paragraph("Saved filters", "Title")
        + table([*PROPERTIES, ["Decide by", "2 December 2026"]])
        + paragraph("1. Problem", "berschrift2")
        + TEXT
        + paragraph("Goals", "Heading2")
        + paragraph("Six questions [needs data].")
        + table([["Metric", "Target | stop"], ["Questions", ""]])
    )
    brief = FILES["sources/templates/brief.yaml"].replace("Short brief", "Brief")
    files = {**FILES, "sources/templates/brief.yaml": brief, "doc.md": data}
    found = [(one.code, one.message, one.fix) for one in lint_beside(files)]
    assert found == [
        ("HB511", "Unknown section `Goals`", None),
        ("HB518", "Leftover placeholder `[needs data]`", None),
    ]


def test_headings_that_are_only_bold_are_found_with_the_style_they_need(lint_beside: Lint) -> None:
    bold = [paragraph(name, bold=True) + TEXT for name in ("Problem", "Goal")]
    (first, second) = lint_beside({**FILES, "doc.md": word_file("".join(bold))}, "brief")
    assert (first.code, first.message, first.hint) == (
        "HB503",
        "Missing properties",
        "Add lines such as `Squad: …` below the title, or a table",
    )
    assert (second.code, second.hint) == ("HB519", "Use the style Heading 2 for the line")


def test_nothing_in_a_word_file_is_opened_or_run(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    link = f'<Relationship Id="p1" Type="{OFFICE}/relationships/image" Target="{secret.as_uri()}"/>'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relations}">{link}</Relationships>',
        "word/vbaProject.bin": b"macro",
        "word/media/nothing.xml": b" " * 2_000_000,
        "../../escape.xml": "<x/>",
    }
    reading = read_bytes(word_file(PICTURE + TEXT, parts))
    assert reading.file.faults == ()
    assert "![A chart](image)" in reading.file.text
    assert "secret" not in reading.file.text


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {"word/media/huge.xml": b"<" * (MOST_TAGS + 1)},
            "Word file too large: more than 200,000 tags or 500 fields",
        ),
        ({"word/document.xml": WITH_ENTITY}, "Word file is damaged"),
        ({"word/styles.xml": '<?xml version="1.0" encoding="utf-16"?><x/>'}, "Word file is damaged"),
        ({"word/document.xml": "<w:document><w:body>".encode("utf-16")}, "Word file is damaged"),
    ],
)
def test_a_hostile_word_file_ends_in_one_line(parts: dict[str, str | bytes], said: str) -> None:
    assert fault(word_file(TEXT, parts)) == said


def test_a_zip_bomb_is_not_unpacked() -> None:
    data = word_file(TEXT, {"word/media/bomb.xml": b" " * (MOST_BYTES + 1)})
    assert len(data) < MOST_BYTES / 100
    assert fault(data).startswith("Word file too large: 30,0")


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": "<w:document><w:body>"},
        {"word/document.xml": "<x>" * 20_000 + "</x>" * 20_000},
        {"_rels/.rels": "no xml"},
    ],
)
def test_a_broken_word_file_ends_in_one_line(parts: dict[str, str | bytes]) -> None:
    assert fault(word_file(TEXT, parts)) == "Word file is damaged"


def test_half_a_word_file_is_damaged() -> None:
    data = word_file(TEXT)
    assert fault(data[: len(data) // 2]) == "Word file is damaged"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("xl/workbook.xml", "Excel workbook instead of a document"),
        ("ppt/presentation.xml", "PowerPoint presentation instead of a document"),
        ("mimetype", "OpenDocument file instead of a document"),
        ("Saved filters 0123.md", "ZIP archive instead of a document"),
    ],
)
def test_another_archive_is_named(name: str, said: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    assert fault(file.getvalue()) == said


def test_an_old_or_protected_word_file_is_named() -> None:
    assert fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == "Old or protected Office file instead of a document"


def test_without_mammoth_the_finding_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    (found,) = read_bytes(word_file(TEXT)).file.faults
    assert found.message == "Word files can't be read without the package mammoth"
    assert found.hint == "Run `pip install mammoth`, or save the document as Markdown"


def test_pictures_inside_a_markdown_export_do_not_make_it_too_long(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    picture = b"data:image/png;base64," + b"A" * 5_500_000
    path.write_bytes(b"# Plan\n\n![][image1]\n\n[image1]: <" + picture + b">\n")
    reading = read_draft(path)
    assert reading.file.faults == ()
    assert "[image1]: <data:image/png;base64,>" in reading.file.text
