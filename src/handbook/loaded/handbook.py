"""A handbook that was read, validated and linked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from handbook.base.collector import collector_paused
from handbook.base.errors import HandbookError
from handbook.base.findings import Finding
from handbook.base.language import Language
from handbook.base.report import MOST_LINES, Report, make_report
from handbook.base.rule import Rule
from handbook.base.words import one_line, one_of, shown, suggestion
from handbook.check.runner import check, hides_entries
from handbook.check.sound_files import with_sound_files
from handbook.loaded.arguments import require
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.audiences import AUDIENCES
from handbook.read.context import Context
from handbook.read.files import CONFIG, FOLDERS, NoSiteError, Site, find_site
from handbook.read.jobs import language_for
from handbook.read.layers import with_layers
from handbook.read.packs import installed
from handbook.read.pages import Page
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.sources import read_context

if TYPE_CHECKING:
    from handbook.kinds.any.basis import Basis
    from handbook.link.catalogue import Catalogue, Entry, Use
    from handbook.read.schemas.kinds import Kind

_A_KIND = "Use the name of a kind, such as `tool`"


class Handbook:
    """A loaded site with its sources, findings and entries.

    Attributes:
        context: The sources that were read.
        report: The findings.
        audience: The audience to show it to. Validation always covers everything.
    """

    def __init__(self, context: Context, report: Report, audience: str) -> None:
        self.context = context
        self.report = report
        self.audience = audience

    @property
    def findings(self) -> Sequence[Finding]:
        """Return the findings, in the order of the files."""
        return self.report.findings

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Return the kinds by name."""
        return self.catalogue.kinds

    def entries(self, kind: str) -> Mapping[str, Entry]:
        """Return the entries of a kind that the audience can see, by ID.

        Raises:
            HandbookError: There is no kind of that name.
        """
        require(kind, Hashable, "kind", _A_KIND)
        return self.catalogue.entries(kind)

    def entry(self, kind: str, entry_id: str) -> Entry:
        """Return an entry.

        Raises:
            HandbookError: There is no such kind or entry, or the audience cannot see the entry.
        """
        require(kind, Hashable, "kind", _A_KIND)
        require(entry_id, Hashable, "entry_id", "Use the ID of an entry")
        return self.catalogue.entry(kind, entry_id)

    def uses(self, entry: Entry) -> Sequence[Use]:
        """Return the places that refer to an entry.

        Raises:
            HandbookError: It is no entry.
        """
        from handbook.link.catalogue import Entry  # noqa: PLC0415 - keeps validation fast to start

        require(entry, Entry, "entry", "Use an entry, as from `handbook.entry(kind, id)`")
        return self.catalogue.uses(entry)

    def figure(self, name: str, *arguments: Any, **options: Any) -> Any:
        """Return a figure, calculated from the entries that the audience can see.

        Args:
            name: The name of the figure, such as `tool_audit`.
            arguments: The entry that a figure of one entry is about.
            options: The other arguments of the figure.

        Raises:
            HandbookError: There is no figure of that name, it doesn't take the arguments, or it needs a field
                that the schemas don't have or the audience can't see.
        """
        from handbook.kinds.figures import FIGURES  # noqa: PLC0415 - keeps validation fast to start

        if name not in FIGURES:
            raise HandbookError(f"Unknown figure `{name}`", suggestion(str(name), FIGURES))
        FIGURES[name].check(arguments, options)
        return FIGURES[name].calculate(self.basis, *arguments, **options)

    @property
    def site(self) -> Site:
        """Return the site's folder."""
        return self.context.site

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Return the hand-written pages that the audience can see, by their path below the docs folder."""
        hidden = self.catalogue.gate.hidden_texts
        return MappingProxyType({page.path: page for page in self.context.pages if page.path not in hidden})

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the entries that can be shown, linked on first use: validation does not need them."""
        from handbook.link.linking import link  # noqa: PLC0415 - keeps validation fast to start

        return link(self.context, self.audience)

    def put_away(self) -> None:
        """Keep only what views need. Findings have their places; the rest is found again when asked for."""
        if self.is_sound:
            _ = self.catalogue  # needs the references
        self.context.put_away()

    @cached_property
    def language(self) -> Language:
        """Return the language of its readers, with the company's words for terms."""
        return language_for(self.context, self.audience)

    @property
    def basis(self) -> Basis:
        """Return the data that figures are calculated from."""
        from handbook.kinds.any.basis import Basis  # noqa: PLC0415 - as above

        return Basis(self.catalogue.counted, self.context.settings, self.context.today)

    @property
    def is_sound(self) -> bool:
        """Return whether the handbook can be built."""
        return self.report.summary.errors == 0


def load(
    path: Site | PathLike[str] | str, today: date | None = None, audience: str | None = None
) -> Handbook:
    """Read, validate and link a handbook.

    Args:
        path: The folder of the handbook, or a path in it.
        today: The date to use as today in rules and figures. By default, `as_of` of the settings, or today.
        audience: Who it is for: `public`, `internal` or `restricted`. By default, as in its settings.

    Raises:
        HandbookError: There is no handbook at the path, no such audience, or `today` is no date.
    """
    require(path, (Site, PathLike, str), "path", "Use the folder of a handbook, or a path in it")
    if audience not in (None, *AUDIENCES):
        raise HandbookError(f"Unknown audience `{audience}`", f"Use {one_of(AUDIENCES)}")
    if not isinstance(today, date | None):
        raise HandbookError(f"Wrong date {shown(today)} as `today`", "Use a `datetime.date`")
    if isinstance(today, datetime):
        today = today.date()
    site = path if isinstance(path, Site) else _site_of(Path(path))
    return _load(site, today, audience, SITE_RULES)


def load_entries(site: Site, audience: str | None = None) -> Handbook:
    """Read and link a handbook, and report only what can hide entries."""
    return _load(site, None, audience, [rule for rule in SITE_RULES if hides_entries(rule.code)])


def _load(site: Site, today: date | None, audience: str | None, rules: Sequence[Rule[Context]]) -> Handbook:
    with collector_paused():
        context = with_sound_files(read_context(site, today), SITE_RULES)
        findings, known = check(context, rules)
    report = _report(context, findings, rules, known)
    return Handbook(context, report, audience or context.settings.audience)


def _site_of(path: Path) -> Site:
    try:
        fault = "" if path.exists() else "No such file or folder"
    except OSError as error:
        fault = error.strerror or "Unusable path"
    if fault:
        raise NoSiteError(f"{one_line(str(path))}: {fault}", "Use the folder of a handbook, or a path in it")
    return find_site(path)


def with_findings(handbook: Handbook, more: Sequence[Finding], rules: Sequence[Rule[Any]]) -> Handbook:
    """Return a handbook with additional findings, and with their rules."""
    before = handbook.report
    findings = sorted([*before.findings, *more], key=Finding.sort_key)
    report = _report(handbook.context, findings, [*before.rules, *rules], before.summary.known)
    return Handbook(handbook.context, report, handbook.audience)


def _report(context: Context, findings: Sequence[Finding], rules: Iterable[Rule[Any]], known: int) -> Report:
    lines = _lines(context.site, findings)
    files, entries = len(context.sources), len(context.entries)
    return make_report(tuple(findings), lines, rules, files=files, entries=entries, known=known)


def _lines(site: Site, findings: Sequence[Finding]) -> dict[tuple[str, int], str]:
    """Return the lines that the findings show or correct, read before the files can change."""
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    places = dict.fromkeys((finding.path, finding.span.line) for finding in findings)
    places |= dict.fromkeys(
        (edit.path, line)
        for edit in edits
        if edit.span.end_line - edit.span.line < MOST_LINES
        for line in range(edit.span.line, edit.span.end_line + 1)
    )
    texts: dict[str, list[str]] = {}
    for path, _ in places:
        if path not in texts:
            text = _text_of(site, path)
            lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
            texts[path] = lines
    return {(path, line): texts[path][line - 1] for path, line in places if line <= len(texts[path])}


def _text_of(site: Site, path: str) -> str:
    """Return the text of a file; an empty text if it cannot be read."""
    try:
        return read_plain_file(site.root / path).decode("utf-8", "replace")
    except UnusableError:
        return ""


def watched(site: Site) -> list[Path]:
    """Return every file and folder whose change affects the handbook, in a stable order."""
    folders = [*installed("schemas"), *installed("macros")]
    files: list[Path] = []
    for each in with_layers(site).upwards:
        files += [path for path in sorted(each.root.glob("*.yaml")) if path.is_file()]
        files.append(each.root / CONFIG)
        folders += [each.root / name for name in FOLDERS]
        if each.prefix:  # The engine itself watches the pages of the site.
            folders.append(each.docs)
    return [*files, *dict.fromkeys(folder for folder in folders if folder.is_dir())]
