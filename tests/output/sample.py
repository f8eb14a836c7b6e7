"""One list of findings for every format, with characters that some format takes for its own."""

from __future__ import annotations

from handbook.base.findings import Finding, Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.report import make_report
from handbook.base.span import Span
from handbook.loaded.rulebook import RULEBOOK

FINDINGS = (
    Finding(
        "docs/50% off, & <more>.md",
        Span(3, 1, 5, 4),
        "HB312",
        Severity.WARNING,
        "`TODO ]]>` is left in the text",
        "finish it, or ask @team in #7",
    ),
    Finding(
        "sources/übersicht/名前 1.yaml",
        Span(2, 9, 2, 11),
        "HB201",
        Severity.ERROR,
        "Unknown role `名前 <b>|`",
        'Did you mean "*name*"?',
        "/owner",
        "process",
        "launch",
    ),
    Finding(
        "tools_inventory.yaml",
        Span(7, 11, 7, 17),
        "HB104",
        Severity.ERROR,
        "`100%, \\a: [x](y) {0} & 'b' </td>` is not an allowed value",
        "use `active` or `trial`",
        "/tools/0/status",
        "tool",
        "linear",
        Fix((Edit("tools_inventory.yaml", Span(7, 11, 7, 17), "trial"),), is_safe=False),
    ),
    Finding(
        "tools_inventory.yaml",
        Span(12, 1, 12, 2),
        "HB003",
        Severity.ERROR,
        "a control character \x0c\udce9\uffff, as it never should be",
    ),
    Finding(
        "tools_inventory.yaml",
        Span(13, 1, 13, 2),
        "HB003",
        Severity.ERROR,
        "a control character \x0c\udce9\uffff, as it never should be",
    ),
)

LINES = {
    ("docs/50% off, & <more>.md", 3): "TODO ]]> `a` | b",
    ("sources/übersicht/名前 1.yaml", 2): "owner:\t名前 <b>|",
    ("tools_inventory.yaml", 7): "  status: 100%, \\a: [x](y)",
    ("tools_inventory.yaml", 12): "\x0c\x1b[31m",
    ("tools_inventory.yaml", 13): "\x0c\x1b[31m",
}

SAMPLE = make_report(FINDINGS, LINES, RULEBOOK.values(), files=4, entries=1200)
