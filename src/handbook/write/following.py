"""Let references and links follow an entry, as the fixes of findings say: on pages, in texts, in settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from handbook.base.findings import Finding
from handbook.base.fixes import Edit
from handbook.read.files import Site
from handbook.write.edits import do_overlap, with_edits
from handbook.write.files import Changes

MOST_ROUNDS = 5
"""The most times to look for what follows from a correction."""

_FOLLOWING = frozenset({"HB201", "HB207", "HB208", "HB358", "HB612"})
"""The rules about names of entries and pages."""


def corrections(
    site: Site, findings: Iterable[Finding], names: Collection[str], likely: Collection[str] = ()
) -> Changes:
    """Return the changes that correct the references and links in findings, as far as they follow.

    A reference that misses its target for another reason is a mistake. It is for a person to correct.

    Args:
        site: The site in which they were found.
        findings: The findings.
        names: The new IDs, which references and links follow.
        likely: The rules whose likely fixes are right, whatever they name.
    """
    edits: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        fix, is_likely = finding.fix, finding.code in likely
        if fix is None or fix.moves or not (is_likely or (fix.is_safe and finding.code in _FOLLOWING)):
            continue
        if not is_likely and not all(any(name in edit.text for name in names) for edit in fix.edits):
            continue
        of_site = all(site.layer_of(edit.path) is None for edit in fix.edits)
        others = ((edit, each) for edit in fix.edits for each in edits[edit.path])
        if of_site and not any(do_overlap(edit.span, each.span) for edit, each in others):
            for edit in fix.edits:
                edits[edit.path].append(edit)
    found = {}
    for path, of_file in edits.items():
        before = (site.root / path).read_bytes()
        found[path] = (before, with_edits(before, of_file))
    return {path: change for path, change in found.items() if change[0] != change[1]}
