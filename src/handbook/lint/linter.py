"""Validate filled-in documents against their templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from handbook.base.findings import Finding
from handbook.base.named_tuples import NamedTuple
from handbook.base.report import Report, make_report
from handbook.link.catalogue import Catalogue
from handbook.lint.draft import Draft
from handbook.lint.formats import read_draft
from handbook.lint.progress import Progress, progress_of
from handbook.lint.rules import RULES


class Outcome(NamedTuple):
    """The result for some documents.

    Attributes:
        report: Their findings.
        documents: How complete each is whose template is known.
    """

    report: Report
    documents: Sequence[Progress]


def lint(catalogue: Catalogue, documents: Mapping[str, Path], template: str = "") -> Outcome:
    """Validate documents.

    Args:
        catalogue: The entries of the handbook.
        documents: The files by their paths in findings.
        template: The ID of the template of all documents. By default, each document names its own.

    Raises:
        UnknownEntryError: There is no template of that ID.
    """
    drafts = [
        Draft(display_path, reading.file, catalogue, template, reading.is_copy)
        for display_path, reading in ((name, read_draft(path)) for name, path in documents.items())
    ]
    findings = sorted({finding for draft in drafts for finding in _findings(draft)}, key=Finding.sort_key)
    files = {draft.path: draft.file for draft in drafts}
    lines = {
        (finding.path, finding.span.line): files[finding.path].line(finding.span.line) for finding in findings
    }
    of_each = (progress_of(draft, [one for one in findings if one.path == draft.path]) for draft in drafts)
    report = make_report(findings, lines, RULES, files=len(drafts))
    return Outcome(report, [progress for progress in of_each if progress])


def _findings(draft: Draft) -> Iterable[Finding]:
    return (finding for rule in RULES for finding in rule.apply(draft))
