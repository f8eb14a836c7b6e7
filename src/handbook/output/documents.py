"""Output formats for checked documents: their findings, and how complete each is."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.base.report import Report
from handbook.base.table import Column, Table
from handbook.base.words import visible
from handbook.lint.progress import Progress, SectionProgress, State
from handbook.output.as_json import as_json
from handbook.output.github import finding_table, that_fit
from handbook.output.host_html import html_rows
from handbook.output.json_object import report_object
from handbook.output.tables import markdown_table, markdown_text, text_table
from handbook.output.text import closing

_MOST_BYTES = 40_000
"""The most findings of a comment, in bytes. A comment on GitHub has at most 65,536 characters."""

_MARKS = {State.COMPLETE: "✅", State.LEFT_OUT: "⚪"}
_TO_DO = "❌"


def render_progress(documents: Sequence[Progress]) -> str:
    """Render how complete the documents are as tables for a terminal, without complete documents."""
    lines: list[str] = []
    for document in documents:
        if not document.is_complete:
            lines += [
                "",
                f"{visible(document.path)}: {_in_words(document)}",
                "",
                *text_table(_table(document)),
            ]
    return "".join(f"{line}\n" for line in lines)


def render_json(report: Report, documents: Sequence[Progress]) -> str:
    """Render one object: that of the report, and the documents whose template is known."""
    return as_json({**report_object(report), "documents": [_object(document) for document in documents]})


def render_markdown(report: Report, documents: Sequence[Progress]) -> str:
    """Render a comment for a review: how complete each document is, then what to fix."""
    lines = [f"**{closing(report)}**"]
    for document in documents:
        lines += ["", f"### {markdown_text(document.path)}", "", f"{markdown_text(_in_words(document))}", ""]
        lines += markdown_table(_table(document, has_marks=True))
    if report.findings:
        titles, *rows = html_rows(finding_table(report.findings))
        fitting = that_fit(rows, _MOST_BYTES)
        lines += ["", "### What to fix", "", f"<table>\n{titles}{''.join(fitting)}</table>"]
        left_out = len(rows) - len(fitting)
        lines += ["", f"{left_out:,} more left out."] if left_out else []
    return "\n".join(lines) + "\n"


def _in_words(document: Progress) -> str:
    sections = f"{document.complete} of {document.required} required sections complete"
    fields = f", {document.valid_fields} of {document.fields} required fields" if document.fields else ""
    return f"{document.title}, {sections}{fields}"


def _table(document: Progress, *, has_marks: bool = False) -> Table:
    rows = [
        (
            section.name,
            "yes" if section.is_required else "no",
            f"{_MARKS.get(section.state, _TO_DO)} {section.state}" if has_marks else str(section.state),
            section.line or "",
        )
        for section in document.sections
    ]
    return Table("Sections", tuple(map(Column, ("Section", "Required", "State", "Line"))), rows)


def _object(document: Progress) -> dict[str, object]:
    return {
        "path": document.path,
        "template": document.template,
        "complete": document.is_complete,
        "fields": {"required": document.fields, "valid": document.valid_fields},
        "sections": list(map(_section, document.sections)),
    }


def _section(section: SectionProgress) -> dict[str, object]:
    return {
        "name": section.name,
        "required": section.is_required,
        "state": section.state.value,
        "line": section.line or None,
    }
