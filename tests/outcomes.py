"""What holds for any input whatever: a value or findings, each with a place inside its file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from handbook.base.findings import Finding
from handbook.base.span import Span
from handbook.loaded.handbook import load
from handbook.output.text import render
from handbook.read.files import find_site
from handbook.read.yaml.document import Document, read_document

TODAY = date(2026, 11, 23)


def read_safely(data: bytes) -> Document:
    """Reads bytes as YAML and asserts what holds for any: an answer, and places inside the text."""
    document = read_document(data)
    assert document.value is not None or document.faults
    lines = lines_of(document.text)
    for fault in document.faults:
        assert_one_line(fault.message, fault.hint)
        assert_inside(document.fault_span(fault), lines)
    for pointer in _pointers(document.value):
        assert_inside(document.value_span(pointer), lines)
        assert_inside(document.key_span(pointer), lines)
        assert_inside(document.start_span(pointer), lines)
    return document


def check_safely(folder: Path) -> list[Finding]:
    """Loads a site and asserts what holds for any: findings that can be shown, at places inside the files."""
    handbook = load(find_site(folder), TODAY)
    report = handbook.report
    assert render(report)
    lines: dict[str, list[str]] = {}
    for finding in report.findings:
        path = folder / finding.path
        if finding.path not in lines:
            text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
            lines[finding.path] = lines_of(text.removeprefix("\ufeff"))
        assert_inside(finding.span, lines[finding.path])
        assert_one_line(finding.message, finding.hint)
    assert len(set(report.findings)) == len(report.findings)
    return list(report.findings)


def lines_of(text: str) -> list[str]:
    """The lines of a text; a line feed, a carriage return and the two together end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def assert_inside(span: Span, lines: list[str]) -> None:
    """A span lies on one line, and only one of a single character may stand behind its last."""
    assert 1 <= span.line <= len(lines), span
    assert span.line == span.end_line, span
    length = len(lines[span.line - 1])
    assert 1 <= span.column <= length + 1, (span, lines[span.line - 1])
    assert span.column < span.end_column <= max(length, span.column) + 1, (span, lines[span.line - 1])


def assert_one_line(message: str, hint: str) -> None:
    """A message says something, and nothing in it or in the hint is obeyed by a terminal."""
    assert message
    assert not any(unicodedata.category(character) == "Cc" for character in message + hint), (message, hint)


def _pointers(value: Any, pointer: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every value, from the outermost inwards."""
    yield pointer
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _pointers(part, (*pointer, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _pointers(part, (*pointer, index))
