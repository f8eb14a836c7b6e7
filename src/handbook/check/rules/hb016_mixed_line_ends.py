"""YAML: lines of one file that end in different ways."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.files import Source

_LINE_END = regex(r"\r\n|\n|\r")
_RIGHT = ("\n", "\r\n")
_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


@rule(
    "HB016",
    "mixed-line-ends",
    severity=Severity.WARNING,
    reason=(
        "Windows ends lines with CRLF, other systems with LF. In a file with both, a change of one line can "
        "show every line as changed, so no one can review it. Text pasted into a web editor is a common "
        "cause."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("name: Linear\n", "name: Linear«\r»\n")},
    good={"tools_inventory.yaml": TOOL.replace("\n", "\r\n")},
)
def _check(context: Context) -> Iterator[Problem]:
    for source in context.sources:
        if "\r" in source.document.text:
            yield from _mixed(source)


def _mixed(source: Source) -> Iterator[Problem]:
    document = source.document
    ends = list(_LINE_END.finditer(document.text))
    found = [end[0] for end in ends]
    # CR alone is never right: Git and code hosts see no line end in it.
    most = max(_RIGHT, key=found.count)
    others = [end for end in ends if end[0] != most]
    if not others:
        return
    start, end = others[0].start(), others[-1].end()
    text = _LINE_END.sub(most, document.text[start:end])
    name = _NAMES[others[0][0]]
    yield Problem(
        source.path,
        document.span(start, start + 1),
        f"Line ends with {name}, most others in this file with {_NAMES[most]}"
        if most in found
        else f"Lines end with {name}, so Git and code hosts see a single line",
        "Use the same line end everywhere; `handbook validate --fix` does it",
        correction=Fix((Edit(source.path, document.whole_span(start, end), text),)),
    )
