"""Correct what `handbook validate` finds, or show the corrections."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from handbook.base.findings import Finding
from handbook.base.words import count, visible
from handbook.cli.errors import UsageError
from handbook.cli.streams import print_text, write_error
from handbook.loaded.fixing import Fixes, find_fixes
from handbook.loaded.handbook import Handbook
from handbook.write.files import put_all
from handbook.write.patch import patch_of_site


def apply_fixes(
    handbook: Handbook, is_requested: Callable[[Finding], bool], options: argparse.Namespace
) -> bool:
    """Make the corrections, or print them as a patch. Return whether files have changed.

    Args:
        handbook: The handbook.
        is_requested: Returns whether to correct a finding.
        options: The options of the command.

    Raises:
        UsageError: The options contradict each other.
        NotWrittenError: A file cannot be written, so none has changed.
    """
    if not (options.fix or options.diff):
        raise UsageError("`--unsafe-fixes` needs `--fix` or `--diff`.")
    if options.diff and options.format != "text":
        raise UsageError("`--diff` prints a patch, so it can't be used with `--format`.")
    fixes = find_fixes(handbook, is_requested, with_unsafe=options.unsafe_fixes)
    lines = "".join(f"{line}\n" for line in _lines(handbook, is_requested, fixes, options))
    if options.diff:
        print_text(patch_of_site(handbook.site, fixes.changes))
        write_error(lines)
        return False
    put_all(handbook.site.root, fixes.changes)
    # Other formats are for programs.
    if options.format == "text":
        print_text(lines)
    else:
        write_error(lines)
    return bool(fixes.changes)


def _lines(
    handbook: Handbook,
    is_requested: Callable[[Finding], bool],
    fixes: Fixes,
    options: argparse.Namespace,
) -> Iterator[str]:
    """Yield a line for each correction, and what else could be corrected."""
    is_dry: bool = options.diff
    for finding in fixes.fixed:
        place = f"{visible(finding.path)}:{finding.span.line}:{finding.span.column}"
        yield f"{place}: {finding.code} {'can be fixed' if is_dry else 'fixed'}: {finding.message}"
    files = f"in {count(len(fixes.changes), 'file')}"
    number = count(len(fixes.fixed), "problem")
    if fixes.fixed:
        yield f"{'Can fix' if is_dry else 'Fixed'} {number} {files}."
    elif handbook.findings and not (fixes.rejected or fixes.untried):
        yield "Nothing to fix."
    if fixes.rejected:
        yield f"Left out {count(fixes.rejected, 'correction')} that would lead to other problems."
    if fixes.untried:
        number = count(fixes.untried, "correction")
        yield f"Left out {number} after too many such trials. Correct some by hand, then run this again."
    if options.unsafe_fixes:
        return
    likely = sum(
        finding.fix is not None and not finding.fix.is_safe and is_requested(finding)
        for finding in handbook.findings
    )
    if likely:
        yield f"{count(likely, 'likely correction')} more with `--unsafe-fixes`."
