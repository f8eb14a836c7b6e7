"""A loaded handbook: read, checked and linked, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.check.checker import find_all
from handbook.check.context import Context
from handbook.check.sources import read_context
from handbook.findings import Finding, Report, Severity, Summary
from handbook.read.composing import collector_paused
from handbook.read.files import CONFIG, Site
from handbook.read.kinds import shipped
from handbook.read.pages import Page
from handbook.read.plain_file import UnusableError, read_plain_file

if TYPE_CHECKING:
    from handbook.figures.basis import Basis
    from handbook.link.catalogue import Catalogue

FOLDERS = ("schemas", "macros", "sources")
"""The folders at the top of a site that a handbook is made of, besides its pages."""


class Handbook:
    """Everything known of a site.

    Attributes:
        context: What was read of it.
        report: What is wrong with it.
        audience: Who is to see it. It is checked as a whole all the same.
    """

    def __init__(self, context: Context, report: Report, audience: str) -> None:
        self.context = context
        self.report = report
        self.audience = audience

    @property
    def site(self) -> Site:
        """The folder."""
        return self.context.site

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The hand-written pages that the audience may see, by their path below the docs folder."""
        hidden = self.catalogue.gate.hidden_texts
        return MappingProxyType({page.path: page for page in self.context.pages if page.path not in hidden})

    @cached_property
    def catalogue(self) -> Catalogue:
        """The entries that can be shown, linked when somebody asks: a check does not."""
        from handbook.link.catalogue import link  # noqa: PLC0415 - starting a check does not wait for it

        return link(self.context, self.audience)

    @property
    def basis(self) -> Basis:
        """What figures are worked out from."""
        from handbook.figures.basis import Basis  # noqa: PLC0415 - as above

        return Basis(self.catalogue, self.context.settings, self.context.today)

    @property
    def is_sound(self) -> bool:
        """Whether nothing stands in the way of a build."""
        return self.report.summary.errors == 0


def load(site: Site, today: date | None = None, audience: str | None = None) -> Handbook:
    """Reads, checks and links a site.

    Args:
        site: The folder.
        today: The day that rules about dates take for today; by default the day it is.
        audience: Who is to see it; by default the one that the settings name.
    """
    with collector_paused():
        context = read_context(site, today or date.today())  # noqa: DTZ011 - a day of the reader's own calendar
    return Handbook(context, _report(context, find_all(context)), audience or context.settings.audience)


def with_findings(handbook: Handbook, more: Sequence[Finding]) -> Handbook:
    """A handbook in which more has been found than its own rules find."""
    found = sorted([*handbook.report.findings, *more], key=Finding.sort_key)
    return Handbook(handbook.context, _report(handbook.context, found), handbook.audience)


def _report(context: Context, findings: Sequence[Finding]) -> Report:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    summary = Summary(len(context.sources), len(context.entries), errors, len(findings) - errors)
    return Report(tuple(findings), _lines(context.site, findings), summary)


def _lines(site: Site, findings: Sequence[Finding]) -> dict[tuple[str, int], str]:
    """The lines that findings show, read while the files still are what was checked."""
    texts: dict[str, list[str]] = {}
    for finding in findings:
        if finding.path not in texts:
            text = _text_of(site, finding.path)
            lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
            texts[finding.path] = lines
    return {
        (finding.path, finding.span.line): texts[finding.path][finding.span.line - 1]
        for finding in findings
        if finding.span.line <= len(texts[finding.path])
    }


def _text_of(site: Site, path: str) -> str:
    """What stands in a file; nothing when it is none that is read."""
    try:
        return read_plain_file(site.root / path).decode("utf-8", "replace")
    except UnusableError:
        return ""


def watched(site: Site) -> list[Path]:
    """Every file and folder whose change changes the handbook, in a stable order."""
    folders = [
        shipped("schemas"),
        shipped("macros"),
        *(site.root / name for name in FOLDERS),
    ]
    files = [path for path in sorted(site.root.glob("*.yaml")) if path.is_file()]
    return [*files, site.root / CONFIG, *dict.fromkeys(folder for folder in folders if folder.is_dir())]
