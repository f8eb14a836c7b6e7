"""The rules about YAML itself. The reader has found the faults; each rule reports one type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from handbook.base.findings import Finding, Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE, with_process, with_tool
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.yaml.faults import Fault, FaultKind


def _faults_of(kind: FaultKind) -> Callable[[Context], Iterator[Problem]]:
    """Return a check that reports the faults of one type in every file."""

    def check(context: Context) -> Iterator[Problem]:
        readable = (*context.documents, context.config)
        for source in (*context.tree.unusable, *context.unreadable_files, *readable):
            document = source.document
            for fault in document.faults:
                if fault.kind is kind:
                    problem = Problem(source.path, document.fault_span(fault), fault.message, fault.hint)
                    yield problem._replace(correction=partial(_fix, source, fault))

    return check


def _fix(source: Source, fault: Fault) -> Fix | None:
    """Return the fix of a fault, if it is known."""
    document = source.document
    edits = [Edit(source.path, document.whole_span(start, end), text) for start, end, text in fault.changes]
    return Fix(tuple(edits), is_safe=fault.is_safe) if edits else None


def _follows(causes: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Return a test for names such as `1:` where the schema wants no mapping, but a list."""
    places = {(cause.path, cause.span[:2]) for cause in causes if not cause.code.startswith("HB0")}
    return lambda finding: (finding.path, finding.span[:2]) in places


RULES = (
    Rule(
        "HB001",
        "unreadable",
        Severity.ERROR,
        "An unreadable file hides its content from readers. A common cause is a folder whose name ends in "
        "`.yaml`. Links are not followed: a link could publish any file from the computer that builds the "
        "site, and many systems and editors don't support them. Pipes, devices and very large files are not "
        "opened at all.",
        {"sources/tools/linear.yaml/kept": "A folder, not a file.\n"},
        {"sources/tools/linear/kept": "A folder, not a file.\n"},
        _faults_of(FaultKind.UNREADABLE),
    ),
    Rule(
        "HB002",
        "encoding",
        Severity.ERROR,
        "Text in another encoding shows wrong characters to readers. All files must be UTF-8, with or "
        "without a byte order mark.",
        with_tool("    vendor: Caf«\udce9»\n"),
        with_tool("    vendor: Café\n"),
        _faults_of(FaultKind.ENCODING),
    ),
    Rule(
        "HB003",
        "forbidden-character",
        Severity.ERROR,
        "Invisible control characters usually come from pasted text. No one can see them, but they break "
        "searches and links.",
        with_tool("    vendor: Linear«\x07» Orbit\n"),
        with_tool("    vendor: Linear Orbit\n"),
        _faults_of(FaultKind.CHARACTER),
    ),
    Rule(
        "HB004",
        "syntax",
        Severity.ERROR,
        "A file with invalid YAML can't be read, so none of its entries reach a reader.",
        with_tool("    vendor: Linear«:» Orbit\n"),
        with_tool('    vendor: "Linear: Orbit"\n'),
        _faults_of(FaultKind.SYNTAX),
    ),
    Rule(
        "HB005",
        "duplicate-key",
        Severity.ERROR,
        "Only one of two fields with the same name can be shown, and no one can tell which one is correct.",
        with_tool("    «status»: sunset\n"),
        with_tool(),
        _faults_of(FaultKind.DUPLICATE_KEY),
    ),
    Rule(
        "HB006",
        "unknown-tag",
        Severity.ERROR,
        "A tag changes what a value means. Only the core tags of YAML 1.2 are supported. Any other tag is a "
        "mistake or an attack.",
        with_tool("    vendor: «!secret Linear Orbit»\n"),
        with_tool('    vendor: "!secret Linear Orbit"\n'),
        _faults_of(FaultKind.TAG),
    ),
    Rule(
        "HB007",
        "several-documents",
        Severity.ERROR,
        "A file contains one document. Anything below a second `---` would be left out without a warning.",
        with_tool("«---»\ntools: []\n"),
        with_tool(),
        _faults_of(FaultKind.DOCUMENTS),
    ),
    Rule(
        "HB008",
        "merge-key",
        Severity.ERROR,
        "Merge keys belong to YAML 1.1. A YAML 1.2 parser reads `<<` as a field and doesn't merge anything.",
        with_tool("    «<<»: {vendor: Linear Orbit}\n"),
        with_tool("    vendor: Linear Orbit\n"),
        _faults_of(FaultKind.MERGE_KEY),
    ),
    Rule(
        "HB009",
        "alias",
        Severity.ERROR,
        "Aliases that repeat each other can make a small file use up the memory of the computer that reads "
        "it.",
        with_tool("    tags: «&tags [*tags]»\n"),
        with_tool("    tags: [planning]\n"),
        _faults_of(FaultKind.ALIAS),
    ),
    Rule(
        "HB010",
        "nesting",
        Severity.ERROR,
        "Nesting this deep is a typing error or an attack. No entry needs it.",
        {"tools_inventory.yaml": "tools: " + "[" * 99 + "«[»" + "]" * 100 + "\n"},
        {"tools_inventory.yaml": "tools: []\n"},
        _faults_of(FaultKind.DEPTH),
    ),
    Rule(
        "HB011",
        "key",
        Severity.ERROR,
        "A field name must be text. A number, `true` or a list is read as another type.",
        with_tool("    «2026»: planned\n"),
        with_tool(),
        _faults_of(FaultKind.KEY),
        follows=_follows,
    ),
    Rule(
        "HB012",
        "empty-file",
        Severity.ERROR,
        "An empty file is usually unfinished. If it is meant to be empty, it only confuses the next person.",
        {"sources/processes/launch.yaml": "«#» to be written\n"},
        {},
        _faults_of(FaultKind.EMPTY),
    ),
    Rule(
        "HB013",
        "number",
        Severity.ERROR,
        "A number this long is an identifier or a typing error. Read as a number, it would be rounded or "
        "take minutes to process.",
        with_tool(f"    seats: {{licensed: «{'9' * 1001}», active: 1, counted_on: 2026-11-01}}\n"),
        with_tool("    seats: {licensed: 9, active: 1, counted_on: 2026-11-01}\n"),
        _faults_of(FaultKind.NUMBER),
    ),
    Rule(
        "HB014",
        "file-name",
        Severity.ERROR,
        "A file name that isn't UTF-8, or that contains invisible characters, differs between systems. Links "
        "to the file break, and no one can type its address.",
        {"sources/processes/launch\udce9.yaml": PROCESS, "sources/roles.yaml": ROLE},
        with_process(),
        _faults_of(FaultKind.NAME),
    ),
    Rule(
        "HB015",
        "odd-space",
        Severity.ERROR,
        "A non-breaking space looks like a space, but YAML reads it as a letter: an indent is no indent, and "
        "an ID with such a space, or with a character that no one sees, is another ID. It comes from text "
        "that was pasted from a website or a document. Inside a text it is allowed.",
        with_tool("    vendor: «\u00a0»Linear Orbit\n"),
        with_tool("    vendor: Linear Orbit\n"),
        _faults_of(FaultKind.SPACE),
    ),
)
"""Every rule about YAML, by code."""
