"""The baseline: findings that were known when a handbook took over existing pages.

A committed file lists them. They are not reported, new ones are, and the file may only shrink. A finding is
recognised by its file, its code and its message without numbers, so other lines can come and go above it.
Findings that would hide entries, run code or stop a build can't be known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.findings import Finding
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.base.words import count, shown
from handbook.read.files import Site
from handbook.read.pages import PAGE_SUFFIX
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.yaml.document import Document, read_document

BASELINE = ".handbook-baseline.json"

_VERSION = 1
_CONTENT = ("HB3", "HB9")
_OUTDATED = "HB360"
_OF_FILES = frozenset({"HB016", "HB017", "HB208", "HB220", "HB612", "HB613", "HB614", "HB616"})
"""Links, the navigation and the layout of files: whatever is wrong with them, everything is shown."""
_OF_PAGES = frozenset({"HB102", "HB103", "HB104", "HB105", "HB106", "HB107", "HB201"})
"""Wrong fields in the front matter of pages, which are shown all the same."""
_NUMBER = regex(r"(`[^`]*`)|\d[\d,.]*")

Known = tuple[str, str, str]
"""The file, the code and the message of a finding."""


class Sifted(NamedTuple):
    """Findings compared with a baseline.

    Attributes:
        new: The findings that are not in it.
        known: The number of those that are.
        outdated: What is wrong with the baseline itself.
    """

    new: Sequence[Finding]
    known: int
    outdated: Sequence[Problem]


class _Item(NamedTuple):
    place: int
    known: Known
    number: int


def can_be_known(finding: Finding) -> bool:
    """Return whether a baseline can list a finding."""
    if finding.code.startswith(_CONTENT):
        return finding.code != _OUTDATED
    return finding.code in _OF_FILES or (finding.code in _OF_PAGES and finding.path.endswith(PAGE_SUFFIX))


def identify(finding: Finding) -> Known:
    """Return what stays the same of a finding while other lines of its file change."""
    message = _NUMBER.sub(lambda found: found[1] or "#", finding.message)
    return finding.path, finding.code, message


def sift(site: Site, findings: Sequence[Finding]) -> Sifted:
    """Return the findings that the baseline of a site doesn't list; without a baseline, all of them."""
    try:
        data = read_plain_file(site.root / BASELINE)
    except UnusableError as error:
        if not (site.root / BASELINE).exists():
            return Sifted(findings, 0, ())
        return Sifted(findings, 0, [_unreadable(Span(), error.fault.message)])
    value, document = _parsed(data)
    items = list(_items(value))
    if document and document.faults:
        fault = document.faults[0]
        return Sifted(findings, 0, [_unreadable(document.fault_span(fault), fault.message)])
    if not isinstance(value, dict) or value.get("version") != _VERSION or len(items) != len(_listed(value)):
        return Sifted(findings, 0, [_unreadable(Span(), "it is no list of findings of version 1")])
    left: Counter[Known] = Counter()
    for item in items:
        left[item.known] += item.number
    listed = left.total()
    new = []
    for finding in findings:
        if can_be_known(finding) and left[identify(finding)] > 0:
            left[identify(finding)] -= 1
        else:
            new.append(finding)
    return Sifted(new, listed - left.total(), list(_outdated(items, left, document or read_document(data))))


def known_in(data: bytes | None) -> Counter[Known]:
    """Return the number of each finding in a baseline; none if it can't be read."""
    found: Counter[Known] = Counter()
    for item in _items(_parsed(data)[0]) if data else ():
        found[item.known] += item.number
    return found


def write(known: Mapping[Known, int]) -> bytes:
    """Return the text of a baseline, with a line for each finding, so that changes to it can be merged."""
    import json  # noqa: PLC0415 - most handbooks have no baseline

    lines = [
        json.dumps({"path": path, "code": code, "message": message, "count": number}, ensure_ascii=False)
        for (path, code, message), number in sorted(known.items())
        if number > 0
    ]
    listed = ",\n".join(f"    {line}" for line in lines)
    return f'{{\n  "version": {_VERSION},\n  "findings": [\n{listed}\n  ]\n}}\n'.encode()


def _parsed(data: bytes) -> tuple[Any, Document | None]:
    """Return the value of a baseline. As YAML, it can have a comma after the last item."""
    import json  # noqa: PLC0415 - as above

    try:
        return json.loads(data), None
    except (ValueError, RecursionError):
        document = read_document(data)
        return document.value, document


def _listed(value: Any) -> Sequence[Any]:
    found = value.get("findings") if isinstance(value, dict) else None
    return found if isinstance(found, list) else ()


def _items(value: Any) -> Iterator[_Item]:
    for index, item in enumerate(_listed(value)):
        if isinstance(item, dict):
            known = (item.get("path"), item.get("code"), item.get("message"))
            number = item.get("count")
            if all(isinstance(part, str) for part in known) and isinstance(number, int) and number > 0:
                yield _Item(index, known, number)  # type: ignore[arg-type]  # each part is a text


def _outdated(items: Iterable[_Item], left: Counter[Known], document: Document) -> Iterator[Problem]:
    for place, known, number in items:
        gone = min(number, left[known])
        if gone <= 0:
            continue
        left[known] -= gone
        path, code, message = known
        what = f"{code} in {shown(path)}: {message}"
        if gone == number:
            said, hint = f"This finding is gone: {what}", "Remove the line"
        else:
            said = f"{count(gone, 'finding')} of these {number:,} are gone: {what}"
            hint = f"Set `count` to {number - gone}"
        hint = f"{hint}, or run `handbook validate --write-baseline`"
        yield Problem(BASELINE, document.value_span(("findings", place)), said, hint)


def _unreadable(span: Span, why: str) -> Problem:
    hint = "Remove the file, and run `handbook validate --write-baseline`"
    return Problem(BASELINE, span, f"The baseline can't be read: {why[:1].lower()}{why[1:]}", hint)
