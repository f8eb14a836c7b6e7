"""Read Word files (`.docx`) as HTML, with mammoth.

A Word file is a ZIP archive of XML. The converter gets a copy with only those parts that are XML, plain and
small enough. So no file can fill the memory, open other files or run anything: pictures, macros and embedded
documents are not in the copy.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from handbook.read.yaml.faults import Fault, FaultKind

MOST_BYTES = 30_000_000
"""The most XML that is read. A document of 100 pages has 2 or 3 MB."""

MOST_TAGS = 200_000
"""The most tags that are read, because each needs hundreds of times its own size in memory. A document of 100
pages has half as many."""

MOST_FIELDS = 500
"""The most links and other fields that are read: the converter looks at all open ones for each text."""

_MARKS_OF_A_FIELD = 3

_PART = re.compile(r"(?i).*\.(?:xml|rels)")
_FORBIDDEN = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding=["'](?!utf-?8["'])|<!(?:DOCTYPE|ENTITY)|\0""",
    re.IGNORECASE,
)
"""What Word never writes: other encodings and entities, which could hide or multiply text."""

_ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)
"""What reading a damaged or protected archive can raise."""

_STYLES = "p[style-name='Title'] => h1:fresh"
_OTHER_ARCHIVES = (
    ("xl/", "Excel workbook", "Save the document as Word (.docx) or Markdown"),
    ("ppt/", "PowerPoint presentation", "Save the document as Word (.docx) or Markdown"),
    ("mimetype", "OpenDocument file", "Save it as Word (.docx)"),
    ("Index/", "Pages document", "Export it as Word (.docx)"),
)


class WordError(Exception):
    """Raised for a file that cannot be read, with the fault."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.fault = Fault(FaultKind.UNREADABLE, message, hint)


def word_to_html(data: bytes) -> str:
    """Return the text of a Word file as HTML, with the changes it tracks as accepted.

    Raises:
        WordError: The archive is not a Word file, is damaged or too large, or mammoth is not installed.
    """
    copy = _checked_copy(data)
    try:
        import mammoth  # noqa: PLC0415 - optional, and few documents need it
    except ImportError as error:
        message = "Word files can't be read without the package mammoth"
        raise WordError(message, "Run `pip install mammoth`, or save the document as Markdown") from error
    try:
        result = mammoth.convert_to_html(
            copy, style_map=_STYLES, include_embedded_style_map=False, convert_image=_picture
        )
    except Exception as error:  # the file can be wrong in every way that a converter does not expect
        raise _damaged() from error
    return str(result.value)


def _picture(image: Any) -> list[Any]:
    """Return what stands for a picture, which is never opened."""
    from mammoth import html  # noqa: PLC0415 - as above

    return [html.element("img", {"src": "image", "alt": str(image.alt_text or "")})]


def _checked_copy(data: bytes) -> io.BytesIO:
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as checked:
            _require_word(archive.namelist())
            parts = [part for part in archive.infolist() if _PART.fullmatch(part.filename)]
            # No more is ever unpacked than a part says it has.
            size = sum(part.file_size for part in parts)
            if size > MOST_BYTES:
                raise _too_large(f"{size:,} bytes of text, maximum {MOST_BYTES:,}")
            tags = fields = 0
            for part in parts:
                content = archive.read(part)
                tags += content.count(b"<")
                fields += content.count(b"fldChar")
                if tags > MOST_TAGS or fields > _MARKS_OF_A_FIELD * MOST_FIELDS:
                    raise _too_large(f"more than {MOST_TAGS:,} tags or {MOST_FIELDS:,} fields")
                if _FORBIDDEN.search(content):
                    raise _damaged()
                checked.writestr(part.filename, content)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise _damaged() from error
    copy.seek(0)
    return copy


def _require_word(names: list[str]) -> None:
    """Raise an error for an archive of something else."""
    if any(name.startswith("word/") for name in names):
        return
    for start, what, hint in _OTHER_ARCHIVES:
        if any(name.startswith(start) for name in names):
            raise WordError(f"{what} instead of a document", hint)
    raise WordError("ZIP archive instead of a document", "Unpack it, and pass the document in it")


def _damaged() -> WordError:
    return WordError("Word file is damaged", "Open it in Word and save it again, or save it as Markdown")


def _too_large(how: str) -> WordError:
    return WordError(f"Word file too large: {how}", "Check that it is the right file, or split it")
