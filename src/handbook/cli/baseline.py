"""`handbook validate --write-baseline`: list the known findings, so that only new ones are reported."""

from __future__ import annotations

from collections import Counter

from handbook.base.words import count
from handbook.check.baseline import BASELINE, can_be_known, identify, known_in, write
from handbook.check.runner import check
from handbook.cli.streams import print_note
from handbook.loaded.handbook import Handbook
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.files import CONFIG
from handbook.read.settings import SETTINGS_FILE
from handbook.write.files import put

_TRUST = ("HB601", "HB602")


def write_baseline(handbook: Handbook) -> None:
    """Write the baseline of a handbook. If there is one, only remove what is gone.

    Raises:
        NotWrittenError: The file can't be written.
    """
    root = handbook.site.root
    found = check(handbook.context, SITE_RULES, with_known=True).findings
    known = Counter(identify(finding) for finding in found if can_be_known(finding))
    path = root / BASELINE
    before = path.read_bytes() if path.is_file() else b""
    listed = known & known_in(before) if before else known
    put(root, BASELINE, write(listed), before)
    print_note(f"{BASELINE} lists {count(listed.total(), 'known finding')}.")
    more = (known - listed).total()
    if more:
        print_note(
            f"{count(more, 'finding')} came later: a baseline only shrinks. To start again, remove the file."
        )
    codes = {finding.code for finding in found}
    if "HB207" in codes:
        print_note(
            "If braces on pages mean something else, set `render_by_default: false` for the plugin `macros` "
            f"in {CONFIG}, and `render_macros: true` in the front matter of pages with macros."
        )
    acting = sorted({finding.path for finding in found if finding.code in _TRUST})
    if acting:
        paths = "\n".join(f"  - {each}" for each in acting)
        print_note(
            "A baseline can't list what could run in a reader's browser. Remove it, or add the files to "
            f"{SETTINGS_FILE} if the owners of the handbook trust them:\n\ntrusted_files:\n{paths}\n"
        )
