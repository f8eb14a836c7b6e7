"""Compare the findings before and after a change: what has become worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from handbook.base.findings import Finding
from handbook.loaded.handbook import Handbook
from handbook.read.context import Context

_YAML = "HB0"
_DUPLICATE = "HB005"


def worse_findings(
    before: Handbook, after: Handbook, touched: Mapping[str, set[int]], moved: Mapping[str, str]
) -> list[Finding]:
    """Return the findings that were not there before.

    A file that could not be read hides its findings, and those about its entries in other files. They are not
    new, unless they are about the changed lines.

    Args:
        before: The handbook before the fixes.
        after: The same with the fixes.
        touched: The changed lines of each file.
        moved: The new paths of moved files.
    """
    of_before = [each._replace(path=moved.get(each.path, each.path)) for each in before.findings]
    known = Counter(map(_kind, of_before))
    hidden = {each.path for each in of_before if each.code.startswith(_YAML)} & touched.keys()
    has_revealed = _has_revealed(before.context, after.context)
    new = []
    for finding in after.findings:
        if known[_kind(finding)]:
            known[_kind(finding)] -= 1
            continue
        # A field that the fix has freed can be a second one; the finding is then at the other.
        is_revealed = (has_revealed or finding.path in hidden) and finding.code != _DUPLICATE
        if not is_revealed or finding.span.line in touched.get(finding.path, ()):
            new.append(finding)
    return new


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.code, finding.message


def _has_revealed(before: Context, after: Context) -> bool:
    """Return whether more can be read than before."""
    return (
        len(after.entries) > len(before.entries)
        or bool(before.broken_kinds - after.broken_kinds)
        or len(before.schema_problems) > len(after.schema_problems)
        or len(before.unread) > len(after.unread)
    )
