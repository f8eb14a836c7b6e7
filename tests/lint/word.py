"""Word files for tests, as Word writes them but without what no test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2", "berschrift2": "heading 2"}


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    marks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{marks}<w:r>{weight}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Iterable[Iterable[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word_file(body: str, others: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body, and with other parts in addition or instead."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in _STYLES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packages = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{head}<Types xmlns="{packages}/content-types"/>',
        "_rels/.rels": f'{head}<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/styles.xml": f'{head}<w:styles xmlns:w="{_MAIN}">{styles}</w:styles>',
        "word/document.xml": f'{head}<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>',
        **(others or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
